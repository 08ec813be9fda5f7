//! Alarms: what happens when a metric crosses a line.

use ce_cfn::{cloudwatch, ids};
use ce_synth::{IntoValue, Scope, Value};

use super::alarm_actions::add_action;
use super::metric::{Source, dimension_list};
use super::{AlarmAction, AlarmTier, Escalation, Metric, RunbookLink, Topic, rules};

/// What a metric is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Comparison {
    Above(f64),
    AtLeast(f64),
    Below(f64),
    AtMost(f64),
    AboveBand(f64),
    OutsideBand(f64),
}

/// What an alarm makes of a period without samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingData {
    /// The state becomes `INSUFFICIENT_DATA` when all are missing.
    #[default]
    Missing,
    /// The line is not crossed: right where silence is good, as with errors.
    NotBreaching,
    /// The line is crossed: right where silence is bad, as with a heartbeat.
    Breaching,
    /// The state stays what it was.
    Ignore,
}

impl MissingData {
    const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotBreaching => "notBreaching",
            Self::Breaching => "breaching",
            Self::Ignore => "ignore",
        }
    }
}

/// An alarm in the making: got from a metric, as in `metric.above(80.0)`.
#[derive(Clone, Debug)]
#[must_use = "an alarm does nothing until `alarm` adds it to a scope"]
pub struct AlarmBuilder {
    metric: Metric,
    comparison: Comparison,
    periods: u16,
    datapoints: Option<u16>,
    missing: MissingData,
    name: Option<Value<String>>,
    description: Option<Value<String>>,
    runbook: Option<RunbookLink>,
}

impl AlarmBuilder {
    pub(crate) fn new(metric: Metric, comparison: Comparison) -> Self {
        Self {
            metric,
            comparison,
            periods: 1,
            datapoints: None,
            missing: MissingData::default(),
            name: None,
            description: None,
            runbook: None,
        }
    }

    /// Over how many periods the metric is watched. Default: one.
    pub fn for_periods(mut self, periods: u16) -> Self {
        self.periods = periods;
        self
    }

    /// How many of those periods must cross the line. Default: all.
    pub fn when_any(mut self, datapoints: u16) -> Self {
        self.datapoints = Some(datapoints);
        self
    }

    /// What a period without samples means. Default: [`MissingData::Missing`].
    pub fn missing(mut self, missing: MissingData) -> Self {
        self.missing = missing;
        self
    }

    /// Names the alarm. Default: a name that CloudFormation makes.
    pub fn named(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// Names the alarm if it has no name yet.
    pub(super) fn named_unless(mut self, name: String) -> Self {
        self.name.get_or_insert_with(|| name.into_value());
        self
    }

    /// Says what the alarm means and what to do, for whoever is woken. Default: nothing.
    pub fn described(mut self, text: impl IntoValue<String>) -> Self {
        self.description = Some(text.into_value());
        self
    }

    /// Where it says what to do; it stands after the description. Default: nowhere.
    pub fn runbook(mut self, link: impl Into<RunbookLink>) -> Self {
        self.runbook = Some(link.into());
        self
    }

    /// Adds the alarm.
    #[track_caller]
    pub fn alarm<'a>(self, scope: Scope<'a>, id: &str) -> Alarm<'a> {
        let scope = scope.child(id);
        rules::metric_period::check(scope, &self.metric);
        rules::alarm_window::check(scope, self.metric.period, self.periods, self.datapoints);
        rules::metric_region::check(scope, &self.metric);
        rules::math_names::check(scope, &self.metric);
        let description = match self.runbook {
            Some(link) => Some(link.after(self.description)),
            None => self.description,
        };
        let alarm = cloudwatch::Alarm::new()
            .alarm_name(self.name)
            .alarm_description(description)
            .evaluation_periods(self.periods)
            .datapoints_to_alarm(self.datapoints)
            .treat_missing_data(self.missing.name());
        let alarm = compared(watched(alarm, &self.metric, self.comparison), self.comparison);
        Alarm { alarm: scope.add("Resource", alarm) }
    }
}

/// One plain metric is written as such; a formula or a learned band as a list of queries.
fn watched(alarm: cloudwatch::Alarm, metric: &Metric, comparison: Comparison) -> cloudwatch::Alarm {
    if let Comparison::AboveBand(deviations) | Comparison::OutsideBand(deviations) = comparison {
        let mut queries = metric.alarm_queries("watched");
        queries.push(
            cloudwatch::alarm::MetricDataQuery::new()
                .id("expected")
                .expression(format!("ANOMALY_DETECTION_BAND(watched, {deviations})"))
                .return_data(true),
        );
        return alarm.metrics(queries).threshold_metric_id("expected");
    }
    let Source::Measured { namespace, name, dimensions, statistic } = &metric.source else {
        return alarm.metrics(metric.alarm_queries("result"));
    };
    let alarm = alarm
        .namespace(namespace)
        .metric_name(name)
        .dimensions(dimension_list(dimensions))
        .period(metric.period.as_seconds());
    match statistic.plain() {
        Some(plain) => alarm.statistic(plain),
        None => alarm.extended_statistic(statistic.name()),
    }
}

fn compared(alarm: cloudwatch::Alarm, comparison: Comparison) -> cloudwatch::Alarm {
    use cloudwatch::alarm::ComparisonOperator as Operator;
    match comparison {
        Comparison::Above(line) => alarm.comparison_operator(Operator::GREATER_THAN_THRESHOLD).threshold(line),
        Comparison::AtLeast(line) => {
            alarm.comparison_operator(Operator::GREATER_THAN_OR_EQUAL_TO_THRESHOLD).threshold(line)
        }
        Comparison::Below(line) => alarm.comparison_operator(Operator::LESS_THAN_THRESHOLD).threshold(line),
        Comparison::AtMost(line) => {
            alarm.comparison_operator(Operator::LESS_THAN_OR_EQUAL_TO_THRESHOLD).threshold(line)
        }
        Comparison::AboveBand(_) => alarm.comparison_operator(Operator::GREATER_THAN_UPPER_THRESHOLD),
        Comparison::OutsideBand(_) => {
            alarm.comparison_operator(Operator::LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD)
        }
    }
}

/// An alarm of CloudWatch.
///
/// ```
/// use ce_constructs::observe::{Alarm, MissingData, Topic};
/// use ce_constructs::network::load_balancer::ApplicationLoadBalancer;
/// use ce_synth::Scope;
///
/// fn failing<'a>(stack: Scope<'a>, balancer: &ApplicationLoadBalancer<'a>, oncall: &Topic<'a>) -> Alarm<'a> {
///     let errors = balancer.error_rate().above(5.0).for_periods(5).missing(MissingData::NotBreaching);
///     errors.described("over 5 percent of requests fail").alarm(stack, "Errors").notify(oncall)
/// }
/// ```
///
/// By default it looks at one period and does nothing but change its state; [`notify`](Alarm::notify) and
/// [`on_alarm`](Alarm::on_alarm) say what happens. What it does not do: wake anyone whose topic has no subscription.
#[derive(Clone, Copy)]
pub struct Alarm<'a> {
    alarm: cloudwatch::AlarmRef<'a>,
}

impl<'a> Alarm<'a> {
    /// Tells a topic when the alarm is raised and when it is over.
    #[track_caller]
    pub fn notify(self, topic: &Topic<'_>) -> Self {
        self.on_alarm(topic).on_ok(topic)
    }

    /// Tells whoever hears of a tier when the alarm is raised and when it is over.
    #[track_caller]
    pub fn escalate(self, escalation: &Escalation<'_>, tier: AlarmTier) -> Self {
        self.notify(&escalation.topic(tier))
    }

    /// What is done when the alarm is raised: at most five actions. Default: nothing.
    #[track_caller]
    pub fn on_alarm(self, action: impl Into<AlarmAction>) -> Self {
        self.add("AlarmActions", action.into())
    }

    /// What is done when the alarm is over: at most five actions. Default: nothing.
    #[track_caller]
    pub fn on_ok(self, action: impl Into<AlarmAction>) -> Self {
        self.add("OKActions", action.into())
    }

    /// What is done when there is too little data to tell: at most five actions. Default: nothing.
    #[track_caller]
    pub fn on_insufficient_data(self, action: impl Into<AlarmAction>) -> Self {
        self.add("InsufficientDataActions", action.into())
    }

    #[track_caller]
    fn add(self, state: &'static str, action: AlarmAction) -> Self {
        add_action(*self.alarm, state, action);
        self
    }

    /// The alarm's name.
    pub fn name(self) -> Value<ids::CloudWatchAlarm> {
        self.alarm.ref_()
    }

    /// The alarm's ARN.
    pub fn arn(self) -> Value<ids::CloudWatchAlarmArn> {
        self.alarm.arn()
    }

    /// The generated resource.
    pub fn alarm(self) -> cloudwatch::AlarmRef<'a> {
        self.alarm
    }
}
