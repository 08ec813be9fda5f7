//! Which properties differ, and whether that replaces the resource.

use ce_synth::schema::{Replacement, TypeSchema};
use serde_json::{Map, Value};

use crate::simulator::template::same;

/// A property that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::simulator) struct Difference {
    /// Its name, at the top.
    pub(in crate::simulator) property: String,
    /// Whether the change replaces the resource.
    pub(in crate::simulator) replacement: Replacement,
}

/// What differs between two sets of properties.
pub(in crate::simulator) fn differences(
    schema: Option<&TypeSchema>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for (name, value) in after {
        if !before.get(name).is_some_and(|old| same(old, value)) {
            found.push(difference(schema, name, before.get(name), Some(value)));
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        found.push(difference(schema, name, before.get(name), None));
    }
    found
}

fn difference(schema: Option<&TypeSchema>, name: &str, before: Option<&Value>, after: Option<&Value>) -> Difference {
    let replacement = schema.map_or(Replacement::Never, |schema| judge(schema, name, before, after));
    Difference { property: name.to_owned(), replacement }
}

/// What the schema says of a property as a whole, or of the places in it that differ.
pub(in crate::simulator) fn judge(
    schema: &TypeSchema,
    name: &str,
    before: Option<&Value>,
    after: Option<&Value>,
) -> Replacement {
    let whole = schema.property(name).map_or(Replacement::Never, |property| property.replacement);
    let inner = |paths: &[&'static str]| {
        paths.iter().any(|path| {
            let mut steps = path.split('/');
            steps.next() == Some(name) && path.contains('/') && differ_at(before, after, &steps.collect::<Vec<_>>())
        })
    };
    if whole == Replacement::Always || inner(&schema.create_only) {
        Replacement::Always
    } else if whole == Replacement::Conditional || inner(&schema.conditional_create_only) {
        Replacement::Conditional
    } else {
        Replacement::Never
    }
}

fn differ_at(before: Option<&Value>, after: Option<&Value>, steps: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return match (before, after) {
            (Some(before), Some(after)) => !same(before, after),
            (before, after) => before.is_some() != after.is_some(),
        };
    };
    if *step == "*" {
        let items = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
        let (before, after) = (items(before), items(after));
        return (0..before.len().max(after.len())).any(|at| differ_at(before.get(at), after.get(at), rest));
    }
    differ_at(before.and_then(|value| value.get(step)), after.and_then(|value| value.get(step)), rest)
}
