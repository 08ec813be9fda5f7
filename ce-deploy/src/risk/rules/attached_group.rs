//! `security-group-attached`: something is in a security group that it was not in.
//!
//! No news if all that the new group lets through was let through by the old ones already, as far as the templates make
//! both.

use serde_json::Value;

use super::security_group::{Groups, group_named, groups};
use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report, words};

/// Names of properties that list the groups of something, in any type.
const LISTS: [&str; 8] = [
    "SecurityGroups",
    "SecurityGroupIds",
    "VpcSecurityGroupIds",
    "VPCSecurityGroups",
    "GroupSet",
    "ClusterSecurityGroups",
    "Groups",
    "SecurityGroupIdList",
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    let (before, after) = (groups(change.before), groups(change.after));
    for (id, new, old) in change.resources() {
        // Groups of users are no groups of a network.
        let Some(old) = old.filter(|_| !new.type_name.starts_with("AWS::IAM::")) else { continue };
        let (mut was, mut will) = (Vec::new(), Vec::new());
        collect(&old.properties, false, &mut was);
        collect(&new.properties, false, &mut will);
        if was.is_empty() {
            continue;
        }
        for group in will.iter().filter(|group| !was.contains(group)) {
            if !is_covered(group, &was, &before, &after, change) {
                report.add(
                    "security-group-attached",
                    Exposure,
                    id,
                    format!("is in the security group `{}`", words(group)),
                );
            }
        }
    }
}

fn collect(value: &Value, listed: bool, found: &mut Vec<Value>) {
    match value {
        Value::Object(map) if !listed || map.len() != 1 => {
            map.iter().for_each(|(name, inner)| collect(inner, LISTS.contains(&name.as_str()), found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, listed, found)),
        value if listed => found.push(value.clone()),
        _ => {}
    }
}

/// Whether the templates make the group and the old ones, and the old ones let through all that it does.
fn is_covered(group: &Value, was: &[Value], before: &Groups, after: &Groups, change: &Change<'_>) -> bool {
    let none = Value::Null;
    let name = group_named(group, &none, change.after);
    let old: Vec<String> = was.iter().map(|one| group_named(one, &none, change.before)).collect();
    change.after.resources.contains_key(&name)
        && ["from", "to"].into_iter().all(|direction| {
            let rules = after.get(&(name.clone(), direction)).map(Vec::as_slice).unwrap_or_default();
            let had = || old.iter().filter_map(|old| before.get(&(old.clone(), direction))).flatten();
            rules.iter().all(|(_, rule)| had().any(|(_, had)| had.covers(rule)))
        })
}
