//! Properties that need or exclude each other.

use super::{Problem, is_absent};
use crate::schema::{Constraint, ObjectSchema};
use crate::value::PropMap;

rule!(
    "CE0410",
    "properties contradict each other, or one lacks its partner",
    "The type's schema says which properties need each other, exclude each other, or are alternatives."
);

pub(super) fn check(properties: &PropMap, schema: &ObjectSchema) -> Vec<Problem> {
    let set = |name: &str| properties.get(name).is_some_and(|value| !is_absent(value));
    schema.constraints.iter().filter_map(|constraint| one(constraint, &set)).collect()
}

fn one(constraint: &Constraint, set: &impl Fn(&str) -> bool) -> Option<Problem> {
    match constraint {
        Constraint::Requires(first, others) => {
            let missing = others.iter().find(|other| set(first) && !set(other))?;
            Some(Problem::new(
                format!("`{first}` is set without `{missing}`"),
                format!("set `{missing}`, or take `{first}` out"),
            ))
        }
        Constraint::Excludes(first, others) => {
            let other = others.iter().find(|other| set(first) && set(other))?;
            Some(Problem::new(format!("`{first}` and `{other}` exclude each other"), "take one of them out"))
        }
        Constraint::ExactlyOne(choices) => {
            match choices.iter().filter(|choice| choice.iter().all(|name| set(name))).count() {
                1 => None,
                0 => Some(Problem::new(format!("none of {} is set", listed(choices)), "set one of them")),
                _ => Some(Problem::new(format!("more than one of {} is set", listed(choices)), "keep one of them")),
            }
        }
        Constraint::AtLeastOne(choices) => {
            let none = !choices.iter().any(|choice| choice.iter().all(|name| set(name)));
            none.then(|| Problem::new(format!("none of {} is set", listed(choices)), "set at least one of them"))
        }
    }
}

fn listed(choices: &[Vec<&str>]) -> String {
    let choice = |names: &Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" with ");
    choices.iter().map(choice).collect::<Vec<_>>().join(", ")
}
