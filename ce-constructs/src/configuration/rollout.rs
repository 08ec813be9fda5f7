//! How a change of flags reaches its readers.

use ce_cfn::appconfig::DeploymentStrategy;
use ce_cfn::appconfig::deployment_strategy::{GrowthType, ReplicateTo};
use ce_synth::{Duration, Percent};

/// How a change of flags reaches its readers, and how long it is watched.
///
/// ```
/// use ce_constructs::configuration::FlagRollout;
/// use ce_synth::{Duration, Percent};
/// let slowly = FlagRollout::linear(Percent::new(10), Duration::hours(1)).watched(Duration::minutes(30));
/// # let _ = slowly;
/// ```
///
/// Source: <https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagRollout {
    step: Percent,
    growth: Growth,
    pub(super) over: Duration,
    pub(super) bake: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Growth {
    Linear,
    Exponential,
}

impl FlagRollout {
    /// The same share of readers again and again, all of them after a time.
    pub const fn linear(step: Percent, over: Duration) -> Self {
        Self { step, growth: Growth::Linear, over, bake: Duration::minutes(10) }
    }

    /// A share of readers, then twice as many, and so on; all of them after a time.
    pub const fn exponential(step: Percent, over: Duration) -> Self {
        Self { growth: Growth::Exponential, ..Self::linear(step, over) }
    }

    /// All readers at once.
    pub const fn at_once() -> Self {
        Self::linear(Percent::new(100), Duration::seconds(0))
    }

    /// How long alarms can still take it back after all readers have it. Default: 10 minutes.
    pub const fn watched(mut self, time: Duration) -> Self {
        self.bake = time;
        self
    }

    pub(super) fn resource(self, name: &str) -> DeploymentStrategy {
        let minutes = |time: Duration| f64::from(time.as_seconds() / 60);
        DeploymentStrategy::new()
            .name(name)
            .growth_factor(f64::from(self.step.value()))
            .growth_type(match self.growth {
                Growth::Linear => GrowthType::LINEAR,
                Growth::Exponential => GrowthType::EXPONENTIAL,
            })
            .deployment_duration_in_minutes(minutes(self.over))
            .final_bake_time_in_minutes(minutes(self.bake))
            .replicate_to(ReplicateTo::NONE)
    }
}

impl Default for FlagRollout {
    /// A fifth of the readers every two minutes, watched for ten minutes.
    fn default() -> Self {
        Self::linear(Percent::new(20), Duration::minutes(10))
    }
}
