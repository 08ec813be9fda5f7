//! Rules between the properties of one object.

use serde_json::Value;

use super::schema::Place;
use crate::cfn::model::{Constraint, Object};

/// The rules a schema's node states about the object it describes.
pub(crate) fn of(place: &Place<'_>, object: &Object) -> Vec<Constraint> {
    let mut found = vec![];
    for layer in &place.layers {
        for key in ["dependentRequired", "dependencies"] {
            pairs(layer, key, &mut |name, others| found.push(Constraint::Requires(name, others)));
        }
        pairs(layer, "dependentExcluded", &mut |name, others| {
            found.push(Constraint::Excludes(name, others));
        });
        found.extend(names(layer.get("requiredXor")).map(|names| Constraint::ExactlyOne(single(names))));
        found.extend(names(layer.get("requiredOr")).map(|names| Constraint::AtLeastOne(single(names))));
        found.extend(sets(layer.get("oneOf")).map(Constraint::ExactlyOne));
        found.extend(sets(layer.get("anyOf")).map(Constraint::AtLeastOne));
    }
    found.retain(|constraint| mentioned(constraint).iter().all(|name| object.properties.contains_key(*name)));
    let mut kept: Vec<Constraint> = vec![];
    for constraint in found {
        if !kept.contains(&constraint) {
            kept.push(constraint);
        }
    }
    kept
}

fn pairs(layer: &Value, key: &str, take: &mut dyn FnMut(String, Vec<String>)) {
    for (name, others) in layer.get(key).and_then(Value::as_object).into_iter().flatten() {
        if let Some(others) = names(Some(others)) {
            take(name.clone(), others);
        }
    }
}

fn names(node: Option<&Value>) -> Option<Vec<String>> {
    node?.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}

fn single(names: Vec<String>) -> Vec<Vec<String>> {
    names.into_iter().map(|name| vec![name]).collect()
}

/// Alternatives that say nothing but what is required, and alternatives of an object that has one property each.
fn sets(node: Option<&Value>) -> Option<Vec<Vec<String>>> {
    let members = node?.as_array()?;
    let sets: Option<Vec<Vec<String>>> = members.iter().map(set).collect();
    sets.filter(|sets| sets.len() > 1 && sets.iter().all(|set| !set.is_empty()))
}

fn set(member: &Value) -> Option<Vec<String>> {
    let keys = member.as_object()?;
    let required = names(keys.get("required"))?;
    let only_required = keys.keys().all(|key| matches!(key.as_str(), "required" | "type" | "title" | "description"));
    let closed = keys.get("additionalProperties") == Some(&Value::Bool(false));
    let properties: Vec<&String> =
        keys.get("properties").and_then(Value::as_object).into_iter().flat_map(|map| map.keys()).collect();
    let is_variant = closed && required.len() == 1 && properties == [&required[0]];
    (only_required || is_variant).then_some(required)
}

fn mentioned(constraint: &Constraint) -> Vec<&str> {
    match constraint {
        Constraint::Requires(name, others) | Constraint::Excludes(name, others) => {
            std::iter::once(name).chain(others).map(String::as_str).collect()
        }
        Constraint::ExactlyOne(sets) | Constraint::AtLeastOne(sets) => {
            sets.iter().flatten().map(String::as_str).collect()
        }
    }
}
