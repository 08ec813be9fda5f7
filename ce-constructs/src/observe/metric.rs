//! Metrics: what alarms, scaling policies and dashboards look at.

use ce_cfn::cloudwatch::alarm as l1;
use ce_synth::{Duration, Expr, IntoValue, PropMap, Value};

use super::{AlarmBuilder, Comparison, Statistic};

/// What an alarm, a scaling policy or a dashboard looks at: a metric of CloudWatch, or a formula of several.
///
/// Plain data that belongs to no app; constructs give theirs with methods such as `service.cpu()`.
///
/// ```
/// use ce_constructs::observe::{Metric, Statistic};
/// let errors = Metric::new("Shop", "Errors").dimension("Service", "api").statistic(Statistic::Sum);
/// let orders = Metric::new("Shop", "Orders").dimension("Service", "api").statistic(Statistic::Sum);
/// let rate = Metric::math("100 * errors / orders", [("errors", errors), ("orders", orders)]);
/// let too_many = rate.above(5.0).for_periods(5);
/// ```
///
/// By default: the average over a minute.
#[derive(Clone, Debug)]
pub struct Metric {
    pub(crate) source: Source,
    pub(crate) period: Duration,
    pub(crate) label: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Source {
    Measured { namespace: String, name: String, dimensions: Vec<(String, Value<String>)>, statistic: Statistic },
    Math { expression: String, inputs: Vec<(String, Metric)> },
}

impl Metric {
    /// The metric of this name in a namespace, `AWS/ECS` or one of your own.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        let source = Source::Measured {
            namespace: namespace.into(),
            name: name.into(),
            dimensions: Vec::new(),
            statistic: Statistic::Average,
        };
        Self { source, period: Duration::minutes(1), label: None }
    }

    /// A formula in CloudWatch's metric math over metrics that it names: `100 * errors / requests`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html>
    pub fn math<'n>(expression: impl Into<String>, inputs: impl IntoIterator<Item = (&'n str, Self)>) -> Self {
        let inputs: Vec<_> = inputs.into_iter().map(|(name, metric)| (name.to_owned(), metric)).collect();
        let period = inputs.first().map_or(Duration::minutes(1), |(_, metric)| metric.period);
        Self { source: Source::Math { expression: expression.into(), inputs }, period, label: None }
    }

    /// Narrows the metric to a dimension; of no effect on a formula. Default: no dimensions.
    pub fn dimension(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        if let Source::Measured { dimensions, .. } = &mut self.source {
            dimensions.push((name.into(), value.into_value()));
        }
        self
    }

    /// How the samples of a period become one number; of no effect on a formula. Default: [`Statistic::Average`].
    pub fn statistic(mut self, chosen: Statistic) -> Self {
        if let Source::Measured { statistic, .. } = &mut self.source {
            *statistic = chosen;
        }
        self
    }

    /// The length of a period: 10, 20 or 30 seconds for high-resolution metrics, else whole minutes; a formula gives
    /// it to all its inputs. Default: one minute.
    pub fn period(mut self, period: Duration) -> Self {
        self.period = period;
        if let Source::Math { inputs, .. } = &mut self.source {
            for (_, input) in inputs {
                *input = input.clone().period(period);
            }
        }
        self
    }

    /// What dashboards call it. Default: the name CloudWatch makes.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// An alarm when it is greater than a threshold.
    pub fn above(self, threshold: f64) -> AlarmBuilder {
        AlarmBuilder::new(self, Comparison::Above(threshold))
    }

    /// An alarm when it is greater than a threshold or equal to it.
    pub fn at_least(self, threshold: f64) -> AlarmBuilder {
        AlarmBuilder::new(self, Comparison::AtLeast(threshold))
    }

    /// An alarm when it is less than a threshold.
    pub fn below(self, threshold: f64) -> AlarmBuilder {
        AlarmBuilder::new(self, Comparison::Below(threshold))
    }

    /// An alarm when it is less than a threshold or equal to it.
    pub fn at_most(self, threshold: f64) -> AlarmBuilder {
        AlarmBuilder::new(self, Comparison::AtMost(threshold))
    }

    /// An alarm when it leaves upwards what CloudWatch learned to expect, by this many standard deviations.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html>
    pub fn above_expected(self, deviations: f64) -> AlarmBuilder {
        AlarmBuilder::new(self, Comparison::AboveBand(deviations))
    }

    /// An alarm when it leaves in either direction what CloudWatch learned to expect.
    pub fn outside_expected(self, deviations: f64) -> AlarmBuilder {
        AlarmBuilder::new(self, Comparison::OutsideBand(deviations))
    }

    /// Itself and the metrics it is made of, those first, each with the id a formula knows it by.
    pub(crate) fn queries(&self, id: &str) -> Vec<(String, Self)> {
        let mut queries = Vec::new();
        if let Source::Math { inputs, .. } = &self.source {
            queries.extend(inputs.iter().flat_map(|(name, input)| input.queries(name)));
        }
        queries.push((id.to_owned(), self.clone()));
        queries
    }

    /// The queries of an alarm; the last one gives the data.
    pub(crate) fn alarm_queries(&self, id: &str) -> Vec<l1::MetricDataQuery> {
        let queries = self.queries(id);
        let last = queries.len() - 1;
        queries.into_iter().enumerate().map(|(place, (id, metric))| metric.alarm_query(id, place == last)).collect()
    }

    fn alarm_query(&self, id: String, returned: bool) -> l1::MetricDataQuery {
        let query = l1::MetricDataQuery::new().id(id).label(self.label.as_ref()).return_data(returned);
        match &self.source {
            Source::Math { expression, .. } => query.expression(expression),
            Source::Measured { namespace, name, dimensions, statistic } => query.metric_stat(
                l1::MetricStat::new()
                    .metric(
                        l1::Metric::new().namespace(namespace).metric_name(name).dimensions(dimension_list(dimensions)),
                    )
                    .period(i64::from(self.period.as_seconds()))
                    .stat(statistic.name()),
            ),
        }
    }
}

/// Dimensions as every service writes them: `[{Name, Value}]`, absent when there are none.
pub(crate) fn dimension_list(dimensions: &[(String, Value<String>)]) -> Expr {
    if dimensions.is_empty() {
        return Expr::Null;
    }
    Expr::list(
        dimensions.iter().map(|(name, value)| {
            Expr::from(PropMap::new().with::<String>("Name", name).with::<String>("Value", value))
        }),
    )
}
