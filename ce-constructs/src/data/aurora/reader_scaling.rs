//! Readers that come and go with the load.

use std::ops::RangeInclusive;

use ce_cfn::applicationautoscaling as l1;
use ce_cfn::applicationautoscaling::scalable_target as target;
use ce_cfn::applicationautoscaling::scaling_policy as policy;
use ce_synth::{Duration, Percent, Scope, Value, join};

/// Adds readers when the ones there are busy, and takes away those it added.
///
/// ```
/// use ce_constructs::data::ReaderScaling;
/// use ce_synth::{Duration, Percent};
/// let scaling = ReaderScaling::between(1..=5)
///     .cpu(Percent::new(70))
///     .cooldowns(Duration::minutes(5), Duration::minutes(10));
/// ```
///
/// By default it keeps the readers' CPU near 70 %, waiting five minutes after each change. The range counts the
/// readers of [`Capacity`](super::Capacity) too; those are never taken away.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until it is given to a cluster"]
pub struct ReaderScaling {
    pub(super) range: RangeInclusive<u8>,
    metric: Metric,
    out: Duration,
    back: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Metric {
    Cpu(Percent),
    Connections(u32),
}

impl ReaderScaling {
    /// Between two numbers of readers, 0 to 15.
    pub fn between(range: RangeInclusive<u8>) -> Self {
        let wait = Duration::minutes(5);
        Self { range, metric: Metric::Cpu(Percent::new(70)), out: wait, back: wait }
    }

    /// Keeps the readers' average CPU near this. Default: 70 %.
    pub fn cpu(mut self, target: Percent) -> Self {
        self.metric = Metric::Cpu(target);
        self
    }

    /// Keeps the readers' average number of connections near this. Default: CPU is looked at instead.
    pub fn connections(mut self, target: u32) -> Self {
        self.metric = Metric::Connections(target);
        self
    }

    /// How long to wait after a reader was added, and after one was taken away. Default: five minutes each.
    pub fn cooldowns(mut self, scale_out: Duration, scale_in: Duration) -> Self {
        self.out = scale_out;
        self.back = scale_in;
        self
    }

    #[track_caller]
    pub(super) fn place<'a>(&self, scope: Scope<'a>, cluster: Value<String>) -> l1::ScalableTargetRef<'a> {
        let target = l1::ScalableTarget::new()
            .service_namespace(target::ServiceNamespace::RDS)
            .scalable_dimension(target::ScalableDimension::RDS_CLUSTER_READ_REPLICA_COUNT)
            .resource_id(join!["cluster:", cluster].cast())
            .min_capacity(*self.range.start())
            .max_capacity(*self.range.end());
        let target = scope.add("ReaderTarget", target);
        let tracking = policy::TargetTrackingScalingPolicyConfiguration::new()
            .predefined_metric_specification(self.metric_specification())
            .target_value(self.target_value())
            .scale_out_cooldown(self.out.as_seconds())
            .scale_in_cooldown(self.back.as_seconds());
        let policy = l1::ScalingPolicy::new()
            .policy_name("Readers")
            .policy_type(policy::PolicyType::TARGET_TRACKING_SCALING)
            .scaling_target_id(target)
            .target_tracking_scaling_policy_configuration(tracking);
        scope.add("ReaderPolicy", policy);
        target
    }

    fn metric_specification(&self) -> policy::PredefinedMetricSpecification {
        let metric = match self.metric {
            Metric::Cpu(_) => policy::PredefinedMetricType::RDS_READER_AVERAGE_CPU_UTILIZATION,
            Metric::Connections(_) => policy::PredefinedMetricType::RDS_READER_AVERAGE_DATABASE_CONNECTIONS,
        };
        policy::PredefinedMetricSpecification::new().predefined_metric_type(metric)
    }

    fn target_value(&self) -> f64 {
        match self.metric {
            Metric::Cpu(percent) => f64::from(percent.value()),
            Metric::Connections(count) => f64::from(count),
        }
    }
}
