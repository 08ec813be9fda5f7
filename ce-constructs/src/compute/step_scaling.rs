//! Scaling by steps, when an alarm says so.

use ce_cfn::applicationautoscaling::{ScalingPolicyRef, scaling_policy as l1};
use ce_cfn::ids;
use ce_synth::{Duration, Scope, Value};

use super::rules;
use crate::observe::AlarmAction;

/// By how much the number of tasks changes when an alarm is raised.
///
/// ```
/// use ce_constructs::compute::StepScaling;
/// let quarter = StepScaling::percent(25).at_least(1).and_from(3.0, 50);
/// ```
///
/// By default one step holds however far the metric is over the line, and 5 minutes pass before the next.
#[derive(Clone, Debug, PartialEq)]
pub struct StepScaling {
    kind: &'static str,
    /// How far over the alarm's line a step begins, and its change; the first begins at the line.
    pub(super) steps: Vec<(f64, i32)>,
    least: Option<u16>,
    cooldown: Duration,
}

impl StepScaling {
    fn of(kind: &'static str, change: i32) -> Self {
        Self { kind, steps: vec![(0.0, change)], least: None, cooldown: Duration::minutes(5) }
    }

    /// Changes the number of tasks by a share of it, in percent.
    pub fn percent(change: i32) -> Self {
        Self::of("PercentChangeInCapacity", change)
    }

    /// Changes the number of tasks by a number.
    pub fn tasks(change: i32) -> Self {
        Self::of("ChangeInCapacity", change)
    }

    /// By how many tasks a share changes the number at least; of no effect without a share. Default: 1, as AWS rounds.
    pub fn at_least(mut self, tasks: u16) -> Self {
        self.least = (self.kind == "PercentChangeInCapacity").then_some(tasks);
        self
    }

    /// Another change when the metric is that much over the line. Default: one change.
    pub fn and_from(mut self, over: f64, change: i32) -> Self {
        self.steps.push((over, change));
        self
    }

    /// How long until the next change. Default: 5 minutes.
    pub fn cooldown(mut self, cooldown: Duration) -> Self {
        self.cooldown = cooldown;
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::step_order::check(scope, self);
    }

    pub(super) fn configuration(self) -> l1::StepScalingPolicyConfiguration {
        let ends = self.steps.iter().skip(1).map(|(over, _)| Some(*over)).chain([None]);
        let steps = self.steps.iter().zip(ends).map(|((from, change), to)| {
            l1::StepAdjustment::new()
                .metric_interval_lower_bound(*from)
                .metric_interval_upper_bound(to)
                .scaling_adjustment(*change)
        });
        l1::StepScalingPolicyConfiguration::new()
            .adjustment_type(self.kind)
            .min_adjustment_magnitude(self.least)
            .cooldown(self.cooldown.as_seconds())
            .metric_aggregation_type("Average")
            .step_adjustments(steps.collect::<Vec<_>>())
    }
}

/// A step policy: what an alarm runs; `Copy`.
#[derive(Clone, Copy)]
pub struct StepPolicy<'a> {
    policy: ScalingPolicyRef<'a>,
}

impl<'a> StepPolicy<'a> {
    pub(super) fn new(policy: ScalingPolicyRef<'a>) -> Self {
        Self { policy }
    }

    /// The policy's ARN.
    pub fn arn(self) -> Value<ids::ApplicationAutoScalingScalingPolicyArn> {
        self.policy.arn()
    }

    /// The generated resource.
    pub fn policy(self) -> ScalingPolicyRef<'a> {
        self.policy
    }
}

impl From<StepPolicy<'_>> for AlarmAction {
    fn from(policy: StepPolicy<'_>) -> Self {
        Self::scaling_policy(policy.arn())
    }
}
