//! Scaling before the load comes.

use ce_cfn::applicationautoscaling::scaling_policy as l1;
use ce_synth::{Duration, Percent};

/// A share that a forecast of the load keeps tasks near: AWS learns from up to 14 days, and adds tasks ahead of time.
///
/// ```
/// use ce_constructs::compute::Forecast;
/// use ce_synth::{Duration, Percent};
/// let forecast = Forecast::cpu(Percent::new(60)).ahead(Duration::minutes(10)).forecast_only();
/// ```
///
/// By default tasks are started 5 minutes ahead, and never more than the upper bound. It takes no tasks away: another
/// policy does.
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/predictive-auto-scaling.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    metric: &'static str,
    pub(super) share: Percent,
    ahead: Duration,
    scales: bool,
}

impl Forecast {
    const fn of(metric: &'static str, share: Percent) -> Self {
        Self { metric, share, ahead: Duration::minutes(5), scales: true }
    }

    /// The share of CPU that tasks use.
    pub const fn cpu(share: Percent) -> Self {
        Self::of("ECSServiceCPUUtilization", share)
    }

    /// The share of memory that tasks use.
    pub const fn memory(share: Percent) -> Self {
        Self::of("ECSServiceMemoryUtilization", share)
    }

    /// How long before they are needed tasks are started, up to an hour. Default: 5 minutes.
    pub fn ahead(mut self, time: Duration) -> Self {
        self.ahead = time;
        self
    }

    /// Makes forecasts to look at and starts nothing. Default: it starts tasks.
    pub fn forecast_only(mut self) -> Self {
        self.scales = false;
        self
    }

    pub(super) fn configuration(self) -> l1::PredictiveScalingPolicyConfiguration {
        let pair = l1::PredictiveScalingPredefinedMetricPair::new().predefined_metric_type(self.metric);
        let specification = l1::PredictiveScalingMetricSpecification::new()
            .target_value(f64::from(self.share.value()))
            .predefined_metric_pair_specification(pair);
        l1::PredictiveScalingPolicyConfiguration::new()
            .metric_specifications([specification])
            .mode(if self.scales { l1::Mode::FORECAST_AND_SCALE } else { l1::Mode::FORECAST_ONLY })
            .scheduling_buffer_time(self.ahead.as_seconds())
            .max_capacity_breach_behavior(l1::MaxCapacityBreachBehavior::HONOR_MAX_CAPACITY)
    }
}
