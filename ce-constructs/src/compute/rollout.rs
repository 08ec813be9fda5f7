//! How a new version replaces the old one.

use ce_cfn::ecs::service::{CanaryConfiguration, DeploymentConfiguration, LinearConfiguration, Strategy};
use ce_synth::{Duration, Percent};

/// How a new version of a service replaces the old one.
///
/// ```
/// use ce_constructs::compute::Rollout;
/// use ce_synth::{Duration, Percent};
/// let canary = Rollout::Canary { share: Percent::new(5), watched: Duration::minutes(10), bake: Duration::minutes(5) };
/// ```
///
/// All but [`Rollout::Rolling`] run the new version beside the old one and shift requests; behind a load balancer that
/// takes two target groups, see [`FargateServiceBuilder::behind_pair`](super::FargateServiceBuilder::behind_pair).
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rollout {
    /// A few tasks at a time.
    Rolling {
        /// How many of the wanted tasks must stay healthy, in percent; a fraction of a task is rounded up.
        minimum_healthy: Percent,
        /// How many may run, in percent of the wanted ones, 100 to 200; a fraction of a task is rounded down.
        maximum: u16,
    },
    /// All requests at once, after the new version is up; the old one stays for a while, to go back to.
    BlueGreen {
        /// How long the old version stays, in whole minutes.
        bake: Duration,
    },
    /// A share of the requests first.
    Canary {
        /// The share.
        share: Percent,
        /// How long only that share goes to the new version, in whole minutes.
        watched: Duration,
        /// How long the old version stays, in whole minutes.
        bake: Duration,
    },
    /// Share by share.
    Linear {
        /// Each share.
        step: Percent,
        /// How long until the next share, in whole minutes.
        watched: Duration,
        /// How long the old version stays, in whole minutes.
        bake: Duration,
    },
}

impl Rollout {
    /// The rolling replacement that never runs fewer than the wanted tasks and the least more of them: 200 % for one
    /// task, 150 % for two or three, 125 % for four, 120 % from five on. With less room nothing could be started.
    pub fn rolling_for(tasks: u16) -> Self {
        let room = |maximum: &u16| replaceable(u32::from(tasks), 100, u32::from(*maximum)) >= 1;
        let maximum = [120, 125, 150, 200].into_iter().find(room).unwrap_or(200);
        Self::Rolling { minimum_healthy: Percent::new(100), maximum }
    }

    /// Whether requests are shifted between two versions that both run.
    pub const fn shifts_traffic(self) -> bool {
        !matches!(self, Self::Rolling { .. })
    }

    /// The settings without circuit breaker and alarms.
    pub(super) fn configuration(self) -> DeploymentConfiguration {
        let beside = |strategy, bake| bounds(100, 200).strategy(strategy).bake_time_in_minutes(minutes(bake));
        match self {
            Self::Rolling { minimum_healthy, maximum } => {
                bounds(u16::from(minimum_healthy.value()), maximum).strategy(Strategy::ROLLING)
            }
            Self::BlueGreen { bake } => beside(Strategy::BLUE_GREEN, bake),
            Self::Canary { share, watched, bake } => {
                let canary = CanaryConfiguration::new()
                    .canary_percent(f64::from(share.value()))
                    .canary_bake_time_in_minutes(minutes(watched));
                beside(Strategy::CANARY, bake).canary_configuration(canary)
            }
            Self::Linear { step, watched, bake } => {
                let linear = LinearConfiguration::new()
                    .step_percent(f64::from(step.value()))
                    .step_bake_time_in_minutes(minutes(watched));
                beside(Strategy::LINEAR, bake).linear_configuration(linear)
            }
        }
    }
}

fn bounds(minimum: u16, maximum: u16) -> DeploymentConfiguration {
    DeploymentConfiguration::new().minimum_healthy_percent(minimum).maximum_percent(maximum)
}

fn minutes(duration: Duration) -> u32 {
    duration.as_seconds().div_ceil(60)
}

/// How many tasks can be replaced at a time: those that may run more than must stay healthy.
///
/// ECS rounds the maximum down and the minimum up. Source:
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html>
pub(super) fn replaceable(tasks: u32, minimum_healthy: u32, maximum: u32) -> i64 {
    i64::from(tasks * maximum / 100) - i64::from((tasks * minimum_healthy).div_ceil(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_can_always_replace_and_is_the_least() {
        let maximum = |tasks| match Rollout::rolling_for(tasks) {
            Rollout::Rolling { maximum, .. } => maximum,
            _ => 0,
        };
        assert_eq!([1, 2, 3, 4, 5, 100].map(maximum), [200, 150, 150, 125, 120, 120]);
        for tasks in 1..500 {
            assert!(replaceable(u32::from(tasks), 100, u32::from(maximum(tasks))) >= 1, "{tasks}");
        }
    }

    #[test]
    fn a_fifth_more_of_three_tasks_is_none() {
        assert_eq!(replaceable(3, 100, 120), 0);
        assert_eq!(replaceable(3, 66, 100), 1);
    }
}
