//! `retention-lost`: what was to be kept when it is removed or replaced no longer is.

use serde_json::Value;

use crate::risk::change::{Change, Report};
use crate::risk::{Consent, RiskClass};

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for (id, new, old) in change.resources() {
        let stateful = change.difference.schemas.find(&new.type_name).is_some_and(|schema| schema.stateful);
        let Some(old) = old.filter(|_| stateful) else { continue };
        for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
            let rank = |attributes: &Value| rank(&attributes[policy], &new.type_name, policy);
            if rank(&new.attributes) < rank(&old.attributes) {
                let what =
                    format!("is kept less: `{policy}` was {}", crate::risk::change::words(&old.attributes[policy]));
                report.add_with("retention-lost", RiskClass::DataLoss, id, what, Consent::Destroy);
            }
        }
    }
}

/// How much is kept: nothing, a snapshot, all. What is not known keeps nothing.
fn rank(policy: &Value, type_name: &str, attribute: &str) -> u8 {
    match policy.as_str() {
        Some("Retain" | "RetainExceptOnCreate") => 2,
        Some("Snapshot") => 1,
        // Source: CloudFormation user guide, on `DeletionPolicy`.
        None if policy.is_null() && attribute == "DeletionPolicy" && type_name == "AWS::RDS::DBCluster" => 1,
        _ => 0,
    }
}
