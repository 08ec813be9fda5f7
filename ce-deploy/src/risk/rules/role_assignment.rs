//! `role-assignment`: something works with another role than before.
//!
//! No news if the new role may do no more than the old one, as far as the templates make both.

use serde_json::Value;

use super::grants::Grants;
use crate::risk::RiskClass::Broadening;
use crate::risk::change::{Change, Report, words};
use crate::template::{Resolved, symbol};

/// Names of properties that say which role something works with, in any type.
const NAMES: [&str; 14] = [
    "Role",
    "RoleArn",
    "RoleARN",
    "TaskRoleArn",
    "ExecutionRoleArn",
    "ServiceRole",
    "ServiceRoleArn",
    "IamRoleArn",
    "IAMRoleARN",
    "JobRoleArn",
    "InstanceRole",
    "IamInstanceProfile",
    "InstanceProfileName",
    "TaskExecutionRoleArn",
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for (id, new, old) in change.resources() {
        let Some(old) = old.filter(|_| !new.type_name.starts_with("AWS::IAM::")) else { continue };
        let mut changed = Vec::new();
        differ(&old.properties, &new.properties, "", &mut changed);
        for (path, was, will) in changed {
            if !is_less(was, will, change) {
                report.add("role-assignment", Broadening, id, format!("works with `{}` (`{path}`)", words(will)));
            }
        }
    }
}

/// Roles that are others than before, by path. What had no role, or loses it, is no assignment of another.
fn differ<'a>(old: &'a Value, new: &'a Value, path: &str, found: &mut Vec<(String, &'a Value, &'a Value)>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, will) in new {
                let was = old.get(name).unwrap_or(&Value::Null);
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                if NAMES.contains(&name.as_str()) && !was.is_null() && !will.is_null() && was != will {
                    found.push((path, was, will));
                } else {
                    differ(was, will, &path, found);
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            old.iter().zip(new).for_each(|(old, new)| differ(old, new, path, found));
        }
        _ => {}
    }
}

fn is_less(was: &Value, will: &Value, change: &Change<'_>) -> bool {
    let policy = |role: &Value, side: &Resolved| {
        let id = role_of(role, side)?;
        let grants = Grants::of(side, &Change::accounts(side));
        let holder = grants.holders.get(&id);
        Some(holder.map(|holder| (holder.total(), holder.managed.clone())).unwrap_or_default())
    };
    let Some(((old, had), (new, has))) = policy(was, change.before).zip(policy(will, change.after)) else {
        return false;
    };
    new.gains_over(&old).is_empty() && has.is_subset(&had)
}

/// The role of the templates that a text names.
fn role_of(value: &Value, side: &Resolved) -> Option<String> {
    let text = value.as_str()?;
    let name = symbol::names(text).next().filter(|name| text == symbol::symbol(name))?;
    let id = name.strip_suffix(".Arn").unwrap_or(name);
    side.resources.get(id).filter(|one| one.type_name == "AWS::IAM::Role").map(|_| id.to_owned())
}
