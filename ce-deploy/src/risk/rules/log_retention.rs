//! `log-retention`: logs are kept for a shorter time.

use serde_json::Value;

use crate::risk::RiskClass::Weakening;
use crate::risk::change::{Change, Report, at};

/// Types with the property that says how long, and what holds when it is unset (none: for ever).
/// Source: CloudFormation template reference.
const TABLE: [(&str, &str, Option<f64>); 5] = [
    ("AWS::Logs::LogGroup", "RetentionInDays", None),
    ("AWS::CloudTrail::EventDataStore", "RetentionPeriod", Some(2557.0)),
    ("AWS::Kinesis::Stream", "RetentionPeriodHours", Some(24.0)),
    ("AWS::SQS::Queue", "MessageRetentionPeriod", Some(345_600.0)),
    ("AWS::RDS::DBInstance", "PerformanceInsightsRetentionPeriod", Some(7.0)),
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for (id, new, old) in change.resources() {
        let Some(old) = old else { continue };
        for (_, path, default) in TABLE.iter().filter(|(name, ..)| *name == new.type_name) {
            let (was, will) = (at(&old.properties, path), at(&new.properties, path));
            if was != will && is_shorter(length(was, *default), length(will, *default)) {
                report.add("log-retention", Weakening, id, format!("is kept for a shorter time (`{path}`)"));
            }
        }
    }
}

/// How long; none if it is not known.
pub(super) fn length(value: &Value, unset: Option<f64>) -> Option<f64> {
    match value {
        Value::Null => Some(unset.unwrap_or(f64::INFINITY)),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Whether it is, or may be, shorter than it was.
pub(super) fn is_shorter(was: Option<f64>, will: Option<f64>) -> bool {
    was.zip(will).is_none_or(|(was, will)| will < was)
}

#[cfg(test)]
mod tests {
    #[test]
    fn lengths_are_properties() {
        let known =
            |name: &str, path: &str| ce_cfn::SCHEMAS.find(name).is_some_and(|schema| schema.property(path).is_some());
        let unknown: Vec<_> = super::TABLE.iter().filter(|(name, path, _)| !known(name, path)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
