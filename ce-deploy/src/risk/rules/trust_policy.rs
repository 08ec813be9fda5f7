//! `trust-policy`: more principals may take on a role, or under fewer conditions.

use serde_json::Value;

use crate::risk::change::{Change, Report};
use crate::risk::policy::Policy;

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    let (before, after) = (Change::accounts(change.before), Change::accounts(change.after));
    for (id, new, old) in change.resources().filter(|(_, new, _)| new.type_name == "AWS::IAM::Role") {
        let document = |properties: &Value| properties["AssumeRolePolicyDocument"].clone();
        let old = old.map(|old| Policy::of(&document(&old.properties), &before)).unwrap_or_default();
        for gain in Policy::of(&document(&new.properties), &after).gains(&old) {
            report.add_gain("trust-policy", id, gain);
        }
    }
}
