//! How far copies are behind.

use ce_synth::{Duration, Region, Scope, Value};

use super::rules;
use crate::data::{AuroraCluster, RedisCluster};
use crate::observe::{Alarm, Metric, Statistic, Topic};
use crate::storage::BucketName;

/// An alarm looks at no more than ten metrics, one of which is the formula.
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html>
const TOGETHER: usize = 9;

/// Alarms about copies that fall behind: one that warns, one at the recovery point objective.
///
/// ```
/// use ce_constructs::data::AuroraCluster;
/// use ce_constructs::observe::Topic;
/// use ce_constructs::resilience::ReplicationLag;
/// use ce_synth::{Duration, Scope};
///
/// fn watch(standby: Scope<'_>, orders: &AuroraCluster<'_>, oncall: &Topic<'_>) {
///     ReplicationLag::builder()
///         .aurora("Orders", orders)
///         .critical_at(Duration::minutes(15))
///         .notify(oncall)
///         .build(standby, "Lag");
/// }
/// ```
///
/// By default it warns at a minute and alarms at 15, after five minutes of either; who is told has to be said. Lag is
/// published in the region of the copy, so the alarms are there too: they still speak when the primary is gone.
#[derive(Clone)]
pub struct ReplicationLag<'a> {
    warnings: Vec<Alarm<'a>>,
    criticals: Vec<Alarm<'a>>,
}

impl ReplicationLag<'_> {
    /// Alarms about the copies that are named next.
    pub fn builder<'t>() -> ReplicationLagBuilder<'t> {
        ReplicationLagBuilder {
            watched: Vec::new(),
            warning: Duration::minutes(1),
            critical: Duration::minutes(15),
            periods: 5,
            warned: Vec::new(),
            told: Vec::new(),
        }
    }
}

impl<'a> ReplicationLag<'a> {
    /// The alarms that warn.
    pub fn warnings(&self) -> &[Alarm<'a>] {
        &self.warnings
    }

    /// The alarms at the recovery point objective.
    pub fn criticals(&self) -> &[Alarm<'a>] {
        &self.criticals
    }
}

#[derive(Clone, Debug)]
struct Watched {
    id: String,
    metric: Metric,
    /// How many of the metric's units a second is.
    units: f64,
    region: Option<Region>,
}

/// Settings of a [`ReplicationLag`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ReplicationLagBuilder<'t> {
    watched: Vec<Watched>,
    warning: Duration,
    critical: Duration,
    periods: u16,
    warned: Vec<Topic<'t>>,
    told: Vec<Topic<'t>>,
}

impl<'t> ReplicationLagBuilder<'t> {
    /// Watches a secondary cluster of a global database: what a failover would lose. Default: none.
    pub fn aurora(mut self, id: &str, secondary: &AuroraCluster<'_>) -> Self {
        let region = Some(secondary.cluster().scope().region());
        self.watched.push(Watched { id: id.to_owned(), metric: secondary.global_rpo_lag(), units: 1000.0, region });
        self
    }

    /// Watches a secondary cache of a global datastore, by the node that is furthest behind. Default: none.
    pub fn redis(mut self, id: &str, secondary: &RedisCluster<'_>) -> Self {
        let region = Some(secondary.cache().scope().region());
        let nodes = secondary.nodes();
        for (place, nodes) in nodes.chunks(TOGETHER).enumerate() {
            let id = if place == 0 { id.to_owned() } else { format!("{id}{}", place + 1) };
            self.watched.push(Watched { id, metric: furthest(secondary, nodes), units: 1.0, region });
        }
        self
    }

    /// Watches a replication rule of a bucket, by the names of both and the rule's id; `rule-1` is the first. Default:
    /// none.
    pub fn bucket(mut self, id: &str, source: &BucketName, copy: &BucketName, rule: &str) -> Self {
        let metric = Metric::new("AWS/S3", "ReplicationLatency")
            .dimension("SourceBucket", source.as_str())
            .dimension("DestinationBucket", copy.as_str())
            .dimension("RuleId", rule)
            .statistic(Statistic::Maximum);
        self.watched.push(Watched { id: id.to_owned(), metric, units: 1.0, region: None });
        self
    }

    /// From which lag on it warns. Default: one minute.
    pub fn warning_at(mut self, lag: Duration) -> Self {
        self.warning = lag;
        self
    }

    /// From which lag on it alarms: the recovery point objective. Default: 15 minutes.
    pub fn critical_at(mut self, lag: Duration) -> Self {
        self.critical = lag;
        self
    }

    /// For how many minutes in a row. Default: 5.
    pub fn for_minutes(mut self, minutes: u16) -> Self {
        self.periods = minutes;
        self
    }

    /// Whom the warnings tell. Default: nobody.
    pub fn warn(mut self, topic: &Topic<'t>) -> Self {
        self.warned.push(*topic);
        self
    }

    /// Whom the alarms at the objective tell. Default: nobody.
    pub fn notify(mut self, topic: &Topic<'t>) -> Self {
        self.told.push(*topic);
        self
    }

    /// Adds two alarms for each copy.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> ReplicationLag<'a> {
        let scope = scope.child(id);
        rules::lag_threshold::check(scope, self.warning, self.critical);
        let mut lag = ReplicationLag { warnings: Vec::new(), criticals: Vec::new() };
        for watched in &self.watched {
            if let Some(region) = watched.region {
                rules::lag_region::check(scope, &watched.id, region);
            }
            lag.warnings.push(self.alarm(scope, watched, "Warning", self.warning, &self.warned));
            lag.criticals.push(self.alarm(scope, watched, "Critical", self.critical, &self.told));
        }
        lag
    }

    #[track_caller]
    fn alarm<'a>(
        &self,
        scope: Scope<'a>,
        watched: &Watched,
        level: &str,
        line: Duration,
        topics: &[Topic<'_>],
    ) -> Alarm<'a> {
        let text = format!("the copy `{}` is more than {line} behind the primary region", watched.id);
        let alarm = watched.metric.clone().above(f64::from(line.as_seconds()) * watched.units);
        let alarm = alarm.for_periods(self.periods).described(text).alarm(scope, &format!("{}{level}", watched.id));
        topics.iter().fold(alarm, |alarm, topic| alarm.notify(topic))
    }
}

fn furthest(cache: &RedisCluster<'_>, nodes: &[Value<String>]) -> Metric {
    if let [only] = nodes {
        return cache.global_lag(only);
    }
    let names: Vec<_> = (1..=nodes.len()).map(|number| format!("node{number}")).collect();
    let inputs = names.iter().zip(nodes).map(|(name, node)| (name.as_str(), cache.global_lag(node)));
    Metric::math(format!("MAX([{}])", names.join(", ")), inputs)
}
