//! What answers of all operations have in common.

use aws_sdk_cloudformation::primitives::DateTime;
use aws_sdk_cloudformation::types;
use ce_deploy::cloud::{Alarm, Failure, Guard, Minutes, Page, ParameterValue, Secret, Tag};

/// Milliseconds since 1970; 0 where the service gives no time.
pub(super) fn moment(time: Option<DateTime>) -> u64 {
    time.and_then(|time| time.to_millis().ok()).and_then(|millis| u64::try_from(millis).ok()).unwrap_or_default()
}

pub(super) fn page(next: Option<String>) -> Option<Page> {
    next.map(|token| Page(Some(token)))
}

/// A field without which an answer makes no sense.
pub(super) fn needed(field: Option<String>, name: &str) -> Result<String, Failure> {
    field.ok_or_else(|| Failure::garbled(format!("an answer without `{name}`")))
}

pub(super) fn parameter(parameter: types::Parameter) -> ParameterValue {
    let value = match parameter.use_previous_value {
        Some(true) => None,
        _ => parameter.parameter_value.map(Secret::new),
    };
    ParameterValue { key: parameter.parameter_key.unwrap_or_default(), value }
}

/// A trigger of a type that is not known here is left out: it is only shown.
pub(super) fn guard(rollback: types::RollbackConfiguration) -> Guard {
    let alarm = |trigger: types::RollbackTrigger| Alarm::of(&trigger.arn?, &trigger.r#type?).ok();
    let minutes = rollback.monitoring_time_in_minutes.and_then(|minutes| u8::try_from(minutes).ok());
    Guard {
        alarms: rollback.rollback_triggers.map(|triggers| triggers.into_iter().filter_map(alarm).collect()),
        minutes: minutes.and_then(|minutes| Minutes::try_from(minutes).ok()).unwrap_or_default(),
    }
}

pub(super) fn tag(tag: types::Tag) -> Tag {
    Tag { key: tag.key.unwrap_or_default(), value: tag.value.unwrap_or_default() }
}
