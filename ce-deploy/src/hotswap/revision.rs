//! Task definitions: a change makes a new revision, and the services that run it are told.
//!
//! To CloudFormation a changed task definition is replaced: the old one goes and a new one comes. A hotswap makes the new
//! revision, and leaves the old one, which CloudFormation knows, where it is.

use std::collections::BTreeSet;

use serde_json::Value;

use super::swappable::is_revised;
use crate::difference::{Effect, ResourceDifference};
use crate::template::{Resolved, symbol};

pub(super) const TASK_DEFINITION: &str = "AWS::ECS::TaskDefinition";
pub(super) const SERVICE: &str = "AWS::ECS::Service";
/// Where a service says what it runs.
pub(super) const RUNS: &str = "/TaskDefinition";

/// Why a changed task definition cannot be revised; none if it can.
pub(super) fn refusal(difference: &ResourceDifference, after: &Resolved) -> Option<String> {
    let id = &difference.logical_id;
    let top = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
    let tops: BTreeSet<String> = difference.properties.iter().map(|property| top(&property.path)).collect();
    if let Some(other) = tops.iter().find(|name| !is_revised(name)) {
        return Some(format!("`{other}` changes, which no hotswap sets"));
    }
    if let Some(unsure) = difference.properties.iter().find(|property| property.effect == Effect::MayReplace) {
        return Some(unsure.reason.clone().unwrap_or_else(|| format!("it is not sure how `{}` changes", unsure.path)));
    }
    if services(id, after).next().is_none() {
        return Some("no service of the stack runs it".to_owned());
    }
    let takes = |value: &Value| mentions(value, id);
    let others = after.resources.iter().filter(|(_, resource)| resource.type_name != SERVICE);
    let other = others.filter(|(_, resource)| takes(&resource.properties)).map(|(other, _)| other).next();
    other.map(|other| format!("`{other}` takes its revision, and is no service"))
}

/// The services that run a task definition.
pub(super) fn services<'a>(id: &'a str, after: &'a Resolved) -> impl Iterator<Item = &'a str> {
    let runs = after.resources.iter().filter(move |(_, resource)| {
        resource.type_name == SERVICE && resource.properties["TaskDefinition"] == symbol::symbol(id)
    });
    runs.map(|(service, _)| service.as_str())
}

/// The task definition that a service runs, if the stack makes it.
pub(super) fn run_by<'a>(service: &Value, resolved: &'a Resolved) -> Option<&'a str> {
    let runs = service["TaskDefinition"].as_str()?;
    let made = resolved.resources.iter().filter(|(_, resource)| resource.type_name == TASK_DEFINITION);
    made.map(|(id, _)| id.as_str()).find(|id| runs == symbol::symbol(id))
}

/// The family in `arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION`.
pub(super) fn family(physical: &str) -> Option<&str> {
    let (_, name) = physical.rsplit_once('/')?;
    Some(name.split(':').next().unwrap_or(name)).filter(|name| !name.is_empty())
}

fn mentions(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => symbol::names(text)
            .any(|name| name == id || name.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'))),
        Value::Array(items) => items.iter().any(|item| mentions(item, id)),
        Value::Object(members) => members.values().any(|member| mentions(member, id)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn the_family_is_in_the_arn() {
        assert_eq!(
            family("arn:aws:ecs:eu-west-1:111111111111:task-definition/shop-Task-1A2B:7"),
            Some("shop-Task-1A2B")
        );
        assert_eq!(family("shop"), None);
    }
}
