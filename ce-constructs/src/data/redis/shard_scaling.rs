//! Shards that come and go with the load.

use std::ops::RangeInclusive;

use ce_cfn::applicationautoscaling as l1;
use ce_cfn::applicationautoscaling::scalable_target as target;
use ce_cfn::applicationautoscaling::scaling_policy as policy;
use ce_synth::{Duration, Percent, Scope, Value, join};

/// Adds shards when those there are full or busy, and takes them away again.
///
/// By default it keeps memory near 60 %, waiting five minutes after each change.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until it is given to a cache"]
pub struct ShardScaling {
    pub(super) range: RangeInclusive<u16>,
    pub(super) target: Percent,
    metric: Metric,
    out: Duration,
    back: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Metric {
    Memory,
    Cpu,
}

impl ShardScaling {
    /// Between two numbers of shards.
    pub fn between(range: RangeInclusive<u16>) -> Self {
        let wait = Duration::minutes(5);
        Self { range, target: Percent::new(60), metric: Metric::Memory, out: wait, back: wait }
    }

    /// Keeps the memory that counts for evictions near this, 35 to 70 %. Default: 60 %.
    pub fn memory(mut self, target: Percent) -> Self {
        self.metric = Metric::Memory;
        self.target = target;
        self
    }

    /// Keeps the CPU of the primaries' engines near this, 35 to 70 %. Default: memory is looked at instead.
    pub fn cpu(mut self, target: Percent) -> Self {
        self.metric = Metric::Cpu;
        self.target = target;
        self
    }

    /// How long to wait after a shard was added, and after one was taken away. Default: five minutes each.
    pub fn cooldowns(mut self, scale_out: Duration, scale_in: Duration) -> Self {
        self.out = scale_out;
        self.back = scale_in;
        self
    }

    #[track_caller]
    pub(super) fn place(&self, scope: Scope<'_>, group: Value<String>) {
        let target = l1::ScalableTarget::new()
            .service_namespace(target::ServiceNamespace::ELASTICACHE)
            .scalable_dimension(target::ScalableDimension::ELASTICACHE_REPLICATION_GROUP_NODE_GROUPS)
            .resource_id(join!["replication-group/", group].cast())
            .min_capacity(*self.range.start())
            .max_capacity(*self.range.end());
        let target = scope.add("ShardTarget", target);
        let metric = match self.metric {
            Metric::Memory => {
                policy::PredefinedMetricType::ELASTI_CACHE_DATABASE_MEMORY_USAGE_COUNTED_FOR_EVICT_PERCENTAGE
            }
            Metric::Cpu => policy::PredefinedMetricType::ELASTI_CACHE_PRIMARY_ENGINE_CPU_UTILIZATION,
        };
        let tracking = policy::TargetTrackingScalingPolicyConfiguration::new()
            .predefined_metric_specification(
                policy::PredefinedMetricSpecification::new().predefined_metric_type(metric),
            )
            .target_value(self.target.value())
            .scale_out_cooldown(self.out.as_seconds())
            .scale_in_cooldown(self.back.as_seconds());
        let policy = l1::ScalingPolicy::new()
            .policy_name("Shards")
            .policy_type(policy::PolicyType::TARGET_TRACKING_SCALING)
            .scaling_target_id(target)
            .target_tracking_scaling_policy_configuration(tracking);
        scope.add("ShardPolicy", policy);
    }
}
