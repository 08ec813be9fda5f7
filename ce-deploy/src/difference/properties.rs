//! Which properties differ.

use std::fmt::Write;

use ce_synth::schema::TypeSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Effect;
use super::effect::effect;
use super::refusals::{INDEXES, ONE_INDEX, has_too_many_indexes};
use super::shown::shown;
use crate::template::Active;

/// A property that differs. Its values are texts to be shown: what may be secret is not in them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PropertyDifference {
    /// Where, `Nested.Items[2].Name`.
    pub path: String,
    /// What it is; none if it is not there.
    pub before: Option<String>,
    /// What it will be; none if it is taken away.
    pub after: Option<String>,
    /// What the change does.
    pub effect: Effect,
    /// Why it does, where that is not plain.
    pub reason: Option<String>,
    /// The resource that causes it, if the text itself is the same: `Vpc`, `Vpc.CidrBlock`.
    pub cause: Option<String>,
}

/// The differences of two resources with the same id and type.
pub(super) fn compare(schema: Option<&'static TypeSchema>, before: &Active, after: &Active) -> Vec<PropertyDifference> {
    let mut walk = Walk { schema, type_name: &after.type_name, found: Vec::new() };
    walk.values(&mut Vec::new(), Some(&before.properties), Some(&after.properties));
    if has_too_many_indexes(before, after) {
        let indexes = walk.found.iter_mut().filter(|property| property.path.starts_with(INDEXES));
        for property in indexes.filter(|property| property.effect < Effect::MayRefuse) {
            (property.effect, property.reason) = (Effect::MayRefuse, Some(ONE_INDEX.to_owned()));
        }
    }
    walk.found
}

/// A step of a path: a name, or the position in a list.
#[derive(Clone)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

struct Walk<'a> {
    schema: Option<&'static TypeSchema>,
    type_name: &'a str,
    found: Vec<PropertyDifference>,
}

impl Walk<'_> {
    fn values(&mut self, path: &mut Vec<Step>, before: Option<&Value>, after: Option<&Value>) {
        if before == after || same_number(before, after) {
            return;
        }
        match (before, after) {
            (Some(Value::Object(old)), Some(Value::Object(new))) => {
                let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
                names.sort();
                names.dedup();
                for name in names {
                    path.push(Step::Name(name.clone()));
                    self.values(path, old.get(name), new.get(name));
                    path.pop();
                }
            }
            (Some(Value::Array(old)), Some(Value::Array(new))) => self.lists(path, old, new),
            _ => self.add(path, before, after),
        }
    }

    /// What lists have in common at their beginning and end stays; what is between is compared one by one.
    fn lists(&mut self, path: &mut Vec<Step>, old: &[Value], new: &[Value]) {
        let begin = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let [old, new] = [&old[begin..], &new[begin..]];
        let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
        let [old, new] = [&old[..old.len() - end], &new[..new.len() - end]];
        for index in 0..old.len().max(new.len()) {
            path.push(Step::Index(begin + index));
            self.values(path, old.get(index), new.get(index));
            path.pop();
        }
    }

    fn add(&mut self, path: &[Step], before: Option<&Value>, after: Option<&Value>) {
        let steps = names(path);
        let (effect, reason) = effect(self.schema, self.type_name, &steps, [before, after]);
        let is_unknown = is_either(&steps) || [before, after].into_iter().flatten().any(has_either);
        let (effect, reason) = if is_unknown { unsure(effect, UNKNOWN_SIDE) } else { (effect, reason) };
        let show = |value: Option<&Value>| value.map(|value| shown(self.schema, &steps, value));
        let (before, after) = (show(before), show(after));
        let reason = reason.map(str::to_owned);
        self.found.push(PropertyDifference { path: written(path), before, after, effect, reason, cause: None });
    }
}

/// Why a change on one side of an `Fn::If` is not certain, if its condition is not known.
pub(super) const UNKNOWN_SIDE: &str = "which side of its `Fn::If` holds is not known";

/// Whether a path goes through one side of an `Fn::If`.
pub(super) fn is_either(path: &[&str]) -> bool {
    path.contains(&"Fn::If")
}

/// Whether a value, or a part of it, is an `Fn::If` whose condition is not known.
pub(super) fn has_either(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_either),
        Value::Object(map) => map.contains_key("Fn::If") || map.values().any(has_either),
        _ => false,
    }
}

/// An effect that is only possible, and why.
pub(super) fn unsure(effect: Effect, why: &'static str) -> (Effect, Option<&'static str>) {
    (effect.min(Effect::MayReplace), Some(why))
}

/// `5` and `"5"` are one number to CloudFormation, as are `true` and `"true"`.
fn same_number(before: Option<&Value>, after: Option<&Value>) -> bool {
    let plain = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let text = |value: Option<&Value>| value.and_then(plain);
    text(before).is_some_and(|before| Some(before) == text(after))
}

/// The names of a path, `*` for a position.
pub(super) fn names(path: &[Step]) -> Vec<&str> {
    path.iter().map(|step| if let Step::Name(name) = step { name.as_str() } else { "*" }).collect()
}

/// A path as it is shown.
pub(super) fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Name(name) if text.is_empty() => text.push_str(name),
            Step::Name(name) => text.extend([".", name]),
            Step::Index(index) => write!(text, "[{index}]").unwrap_or_default(),
        }
    }
    text
}
