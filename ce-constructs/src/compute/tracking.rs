//! Scaling that keeps a metric near a value.

use ce_cfn::applicationautoscaling::scaling_policy as l1;
use ce_synth::{Duration, Expr, IntoValue, Percent, Scope, Value};

use super::rules;
use crate::network::load_balancer::TargetGroup;
use crate::observe::Metric;
use crate::observe::metric::{Source, dimension_list};

/// A metric that more tasks lower, and the value it is kept near.
///
/// By default 5 minutes pass between two changes in the same direction.
/// Source: <https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html>
#[derive(Clone, Debug)]
pub struct Tracking {
    pub(super) what: What,
    pub(super) value: f64,
    out_cooldown: Duration,
    in_cooldown: Duration,
    never_in: bool,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Cpu,
    Memory,
    Requests(Value<String>),
    Metric(Box<Metric>),
}

impl Tracking {
    fn of(what: What, value: f64) -> Self {
        let cooldown = Duration::minutes(5);
        Self { what, value, out_cooldown: cooldown, in_cooldown: cooldown, never_in: false }
    }

    /// The share of CPU that tasks use, on average.
    pub fn cpu(share: Percent) -> Self {
        Self::of(What::Cpu, f64::from(share.value()))
    }

    /// The share of memory that tasks use, on average.
    pub fn memory(share: Percent) -> Self {
        Self::of(What::Memory, f64::from(share.value()))
    }

    /// The requests a minute that each target of a group gets. While requests are shifted between two groups it sees
    /// one of them only.
    pub fn requests_per_target(group: &TargetGroup<'_>, requests: f64) -> Self {
        Self::of(What::Requests(group.resource_label()), requests)
    }

    /// A metric of your own, or a formula; it must fall when tasks are added, as a queue per task does and a queue
    /// does not.
    pub fn metric(metric: Metric, value: f64) -> Self {
        Self::of(What::Metric(Box::new(metric)), value)
    }

    /// How long until tasks are added again. Default: 5 minutes.
    pub fn scale_out_cooldown(mut self, cooldown: Duration) -> Self {
        self.out_cooldown = cooldown;
        self
    }

    /// How long until tasks are taken away again. Default: 5 minutes.
    pub fn scale_in_cooldown(mut self, cooldown: Duration) -> Self {
        self.in_cooldown = cooldown;
        self
    }

    /// Never takes tasks away. Default: it does.
    pub fn never_scale_in(mut self) -> Self {
        self.never_in = true;
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::tracking_value::check(scope, self.value);
        if let What::Metric(metric) = &self.what {
            crate::observe::rules::math_names::check(scope, metric);
        }
    }

    pub(super) fn configuration(self) -> l1::TargetTrackingScalingPolicyConfiguration {
        use l1::PredefinedMetricType as Predefined;
        let configuration = l1::TargetTrackingScalingPolicyConfiguration::new()
            .target_value(self.value)
            .scale_out_cooldown(self.out_cooldown.as_seconds())
            .scale_in_cooldown(self.in_cooldown.as_seconds())
            .disable_scale_in(self.never_in.then_some(true));
        let predefined = |kind| l1::PredefinedMetricSpecification::new().predefined_metric_type(kind);
        match self.what {
            What::Cpu => configuration
                .predefined_metric_specification(predefined(Predefined::ECS_SERVICE_AVERAGE_CPU_UTILIZATION)),
            What::Memory => configuration
                .predefined_metric_specification(predefined(Predefined::ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION)),
            What::Requests(label) => configuration.predefined_metric_specification(
                predefined(Predefined::ALB_REQUEST_COUNT_PER_TARGET).resource_label(label),
            ),
            What::Metric(metric) => configuration.customized_metric_specification(customized(&metric)),
        }
    }
}

/// One plain metric is written as such; a formula or a percentile as a list of queries.
fn customized(metric: &Metric) -> l1::CustomizedMetricSpecification {
    if let Source::Measured { namespace, name, dimensions, statistic } = &metric.source
        && let Some(statistic) = statistic.plain()
    {
        return l1::CustomizedMetricSpecification::new()
            .namespace(namespace)
            .metric_name(name)
            .dimensions(dimension_list(dimensions))
            .statistic(statistic);
    }
    let queries = metric.queries("result");
    let last = queries.len() - 1;
    let queries = queries.into_iter().enumerate().map(|(place, (id, metric))| query(id, &metric, place == last));
    l1::CustomizedMetricSpecification::new().metrics(Expr::list(queries))
}

fn query(id: String, metric: &Metric, returned: bool) -> Expr {
    let query = l1::TargetTrackingMetricDataQuery::new().id(id).return_data(returned);
    let query = match &metric.source {
        Source::Math { expression, .. } => query.expression(expression),
        Source::Measured { namespace, name, dimensions, statistic } => query.metric_stat(
            l1::TargetTrackingMetricStat::new()
                .metric(
                    l1::TargetTrackingMetric::new()
                        .namespace(namespace)
                        .metric_name(name)
                        .dimensions(dimension_list(dimensions)),
                )
                .stat(statistic.name()),
        ),
    };
    IntoValue::<l1::TargetTrackingMetricDataQuery>::into_value(query).into_expr()
}
