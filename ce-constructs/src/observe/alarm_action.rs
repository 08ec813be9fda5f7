//! What an alarm can do.

use ce_synth::{Environment, IntoValue, Value, join};

use super::Topic;
use crate::security::own_arn;

/// What an alarm does when its state changes.
///
/// ```
/// use ce_constructs::observe::{AlarmAction, Urgency};
/// let ticket = AlarmAction::ops_item(Urgency::High);
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html>
#[derive(Clone, Debug)]
pub struct AlarmAction {
    pub(crate) target: Value<String>,
    /// Where the target is, when that is known: it must be where the alarm is.
    pub(crate) at: Option<Environment>,
    /// Whether it runs a scaling policy.
    pub(super) scales: bool,
}

/// How urgent an operations item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// 1
    Critical,
    /// 2
    High,
    /// 3
    Medium,
    /// 4
    Low,
}

impl AlarmAction {
    fn of(target: Value<String>) -> Self {
        Self { target, at: None, scales: false }
    }

    /// Publishes to a topic.
    #[track_caller]
    pub fn topic(topic: &Topic<'_>) -> Self {
        Self { at: Some(topic.topic().scope().environment()), ..Self::of(topic.arn().into_value()) }
    }

    /// Runs a scaling policy of Application Auto Scaling or EC2 Auto Scaling, given by its ARN.
    pub fn scaling_policy(arn: impl IntoValue<String>) -> Self {
        Self { scales: true, ..Self::of(arn.into_value()) }
    }

    /// Invokes a Lambda function, given by its ARN; the function must let `lambda.alarms.cloudwatch.amazonaws.com`
    /// invoke it.
    pub fn function(arn: impl IntoValue<String>) -> Self {
        Self::of(arn.into_value())
    }

    /// Opens an operations item in Systems Manager.
    pub fn ops_item(urgency: Urgency) -> Self {
        let number = match urgency {
            Urgency::Critical => "1",
            Urgency::High => "2",
            Urgency::Medium => "3",
            Urgency::Low => "4",
        };
        Self::of(own_arn("ssm", join!["opsitem:", number]))
    }

    /// Starts an incident from a response plan of Incident Manager, given by its ARN.
    pub fn incident(response_plan_arn: impl IntoValue<String>) -> Self {
        Self::of(response_plan_arn.into_value())
    }
}

impl From<&Topic<'_>> for AlarmAction {
    #[track_caller]
    fn from(topic: &Topic<'_>) -> Self {
        Self::topic(topic)
    }
}
