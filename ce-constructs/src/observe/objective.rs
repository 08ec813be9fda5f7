//! How well a service must do.

use ce_cfn::applicationsignals::service_level_objective as l1;
use ce_cfn::{applicationsignals, ids};
use ce_synth::{Duration, IntoValue, Scope, Value};

use super::metric::{Source, dimension_list};
use super::{Metric, rules};

/// How well a service must do over a time, and how much of what it may fail is left: an objective of Application
/// Signals; `Copy`.
///
/// ```
/// # use ce_synth::Scope;
/// use ce_constructs::network::load_balancer::ApplicationLoadBalancer;
/// use ce_constructs::observe::ServiceObjective;
/// fn promise(stack: Scope<'_>, front: &ApplicationLoadBalancer<'_>) {
///     ServiceObjective::requests("shop-availability", front.server_errors(), front.requests(), 99.9).build(stack, "Availability");
///     ServiceObjective::below("shop-latency", front.response_time(), 0.5, 99.0).build(stack, "Latency");
/// }
/// ```
///
/// By default it looks at the last 30 days, and how fast the budget burns is measured over an hour and six hours. It
/// tells nobody: make an alarm of [`burn_rate`](ServiceObjective::burn_rate).
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html>
#[derive(Clone, Copy)]
pub struct ServiceObjective<'a> {
    objective: applicationsignals::ServiceLevelObjectiveRef<'a>,
}

/// The windows over which burning is measured, in minutes: a fast fire and a slow one.
///
/// Source: <https://sre.google/workbook/alerting-on-slos/>
const WINDOWS: [u16; 2] = [60, 360];

impl<'a> ServiceObjective<'a> {
    /// So many percent of requests are good, by counts of bad ones and of all.
    pub fn requests(name: impl Into<String>, bad: Metric, all: Metric, percent: f64) -> ServiceObjectiveBuilder {
        ServiceObjectiveBuilder::new(name.into(), Measured::Requests { bad, all }, percent)
    }

    /// In so many percent of a metric's periods it is below a threshold.
    pub fn below(name: impl Into<String>, metric: Metric, threshold: f64, percent: f64) -> ServiceObjectiveBuilder {
        ServiceObjectiveBuilder::new(name.into(), Measured::Below { metric, threshold }, percent)
    }

    /// How fast the budget burns over a window of the builder's: at 1 it lasts exactly as long as the objective looks back.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html>
    pub fn burn_rate(self, minutes: u16) -> Metric {
        let name = self.objective.read(applicationsignals::ServiceLevelObjective::NAME);
        Metric::new("AWS/ApplicationSignals", "BurnRate")
            .dimension("SloName", name.unwrap_or_else(|| self.objective.reference()))
            .dimension("BurnRateWindowMinutes", minutes.to_string())
    }

    /// Its ARN.
    pub fn arn(self) -> Value<ids::ApplicationSignalsServiceLevelObjectiveArn> {
        self.objective.arn()
    }

    /// The generated resource.
    pub fn objective(self) -> applicationsignals::ServiceLevelObjectiveRef<'a> {
        self.objective
    }
}

#[derive(Clone, Debug)]
enum Measured {
    Requests { bad: Metric, all: Metric },
    Below { metric: Metric, threshold: f64 },
}

/// Settings of a [`ServiceObjective`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ServiceObjectiveBuilder {
    name: String,
    measured: Measured,
    percent: f64,
    over: Duration,
    warn_at: f64,
    windows: Vec<u16>,
    description: Option<Value<String>>,
}

impl ServiceObjectiveBuilder {
    fn new(name: String, measured: Measured, percent: f64) -> Self {
        let over = Duration::days(30);
        Self { name, measured, percent, over, warn_at: 30.0, windows: WINDOWS.to_vec(), description: None }
    }

    /// How far it looks back, in whole days, 1 to 365. Default: 30 days.
    pub fn over(mut self, time: Duration) -> Self {
        self.over = time;
        self
    }

    /// From how many percent of the budget left on it shows as at risk. Default: 30.
    pub fn warn_at(mut self, percent_left: f64) -> Self {
        self.warn_at = percent_left;
        self
    }

    /// The windows over which burning is measured, in minutes, up to ten. Default: 60 and 360.
    pub fn burn_windows(mut self, minutes: impl IntoIterator<Item = u16>) -> Self {
        self.windows = minutes.into_iter().collect();
        self
    }

    /// What is promised, to whom. Default: no description.
    pub fn described(mut self, text: impl IntoValue<String>) -> Self {
        self.description = Some(text.into_value());
        self
    }

    /// Adds the objective.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> ServiceObjective<'a> {
        let scope = scope.child(id);
        let days = rules::objective_setting::checked_days(scope, self.over);
        rules::objective_setting::check(scope, self.percent, self.warn_at, self.windows.len());
        let interval = l1::RollingInterval::new().duration(days).duration_unit(l1::DurationUnit::DAY);
        let goal = l1::Goal::new()
            .attainment_goal(self.percent)
            .warning_threshold(self.warn_at)
            .interval(l1::Interval::new().rolling_interval(interval));
        let windows = self.windows.iter();
        let windows: Vec<_> =
            windows.map(|minutes| l1::BurnRateConfiguration::new().look_back_window_minutes(*minutes)).collect();
        let objective = applicationsignals::ServiceLevelObjective::new()
            .name(self.name)
            .description(self.description)
            .goal(goal)
            .burn_rate_configurations((!windows.is_empty()).then_some(windows));
        ServiceObjective { objective: scope.add("Resource", self.measured.written(objective)) }
    }
}

impl Measured {
    fn written(
        &self,
        objective: applicationsignals::ServiceLevelObjective,
    ) -> applicationsignals::ServiceLevelObjective {
        match self {
            Self::Requests { bad, all } => {
                let bad = l1::MonitoredRequestCountMetric::new().bad_count_metric(queries(bad, "bad"));
                let metric = l1::RequestBasedSliMetric::new()
                    .monitored_request_count_metric(bad)
                    .total_request_count_metric(queries(all, "total"));
                objective.request_based_sli(l1::RequestBasedSli::new().request_based_sli_metric(metric))
            }
            Self::Below { metric, threshold } => {
                let watched = l1::SliMetric::new().metric_data_queries(queries(metric, "watched"));
                let sli = l1::Sli::new().sli_metric(watched).metric_threshold(*threshold);
                objective.sli(sli.comparison_operator(l1::ComparisonOperator::LESS_THAN))
            }
        }
    }
}

/// The queries of a metric, in this service's shape; the last one gives the data.
fn queries(metric: &Metric, id: &str) -> Vec<l1::MetricDataQuery> {
    let queries = metric.queries(id);
    let last = queries.len() - 1;
    queries.into_iter().enumerate().map(|(place, (id, metric))| query(id, &metric, place == last)).collect()
}

fn query(id: String, metric: &Metric, returned: bool) -> l1::MetricDataQuery {
    let query = l1::MetricDataQuery::new().id(id).return_data(returned);
    match &metric.source {
        Source::Math { expression, .. } => query.expression(expression),
        Source::Measured { namespace, name, dimensions, statistic } => {
            let named = l1::Metric::new().namespace(namespace).metric_name(name).dimensions(dimension_list(dimensions));
            let period = i64::from(metric.period.as_seconds());
            query.metric_stat(l1::MetricStat::new().metric(named).period(period).stat(statistic.name()))
        }
    }
}
