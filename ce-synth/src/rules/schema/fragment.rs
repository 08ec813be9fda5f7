//! Evaluating a piece of JSON Schema on a value that is partly unknown.

use serde_json::Value as Json;

use super::is_absent;
use super::patterns::Patterns;
use crate::schema::{Fragment, JsonType, Member};
use crate::value::{Expr, PropMap, dynamic_references};

/// Whether something holds; what depends on values that are not known yet is unknown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    Holds,
    Fails(String),
    Unknown,
}

impl Verdict {
    fn of(holds: bool, why: impl FnOnce() -> String) -> Self {
        if holds { Self::Holds } else { Self::Fails(why()) }
    }

    /// The first that fails, else unknown if one is, else it holds.
    fn all(verdicts: impl IntoIterator<Item = Self>) -> Self {
        let mut result = Self::Holds;
        for verdict in verdicts {
            match verdict {
                Self::Fails(_) => return verdict,
                Self::Unknown => result = Self::Unknown,
                Self::Holds => {}
            }
        }
        result
    }

    fn negated(self, why: impl FnOnce() -> String) -> Self {
        match self {
            Self::Holds => Self::Fails(why()),
            Self::Fails(_) => Self::Holds,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// A value, or an object that is not a value of its own: the properties of a resource.
#[derive(Clone, Copy)]
pub(super) enum View<'v> {
    Map(&'v PropMap),
    Plain(&'v Expr),
}

impl<'v> From<&'v Expr> for View<'v> {
    fn from(value: &'v Expr) -> Self {
        match value {
            Expr::Object(map) => Self::Map(map),
            other => Self::Plain(other),
        }
    }
}

impl View<'_> {
    pub(super) fn shown(self) -> String {
        match self {
            Self::Map(_) => "the object".to_owned(),
            Self::Plain(value) => super::shown(value),
        }
    }
}

pub(super) fn holds<'v>(value: impl Into<View<'v>>, fragment: &Fragment, patterns: &mut Patterns) -> Verdict {
    let value = value.into();
    if is_unknown(value) {
        return if is_trivial(fragment) { Verdict::Holds } else { Verdict::Unknown };
    }
    Verdict::all([
        types(value, fragment),
        constants(value, fragment),
        object(value, fragment, patterns),
        list(value, fragment, patterns),
        text(value, fragment, patterns),
        number(value, fragment),
        combined(value, fragment, patterns),
    ])
}

fn is_unknown(value: View<'_>) -> bool {
    match value {
        View::Plain(Expr::Token(_)) => true,
        View::Plain(Expr::Text(text)) => dynamic_references(text) > 0,
        _ => false,
    }
}

fn is_trivial(fragment: &Fragment) -> bool {
    fragment.types.is_empty()
        && fragment.constant.is_none()
        && fragment.enumeration.is_none()
        && fragment.properties.is_empty()
        && fragment.required.is_empty()
        && fragment.pattern.is_none()
        && fragment.not.is_none()
        && fragment.when.is_none()
        && fragment.all_of.is_empty()
        && fragment.any_of.is_empty()
        && fragment.one_of.is_empty()
}

fn types(value: View<'_>, fragment: &Fragment) -> Verdict {
    let is = |kind: &JsonType| match (kind, value) {
        (JsonType::String, View::Plain(Expr::Text(_) | Expr::Integer(_) | Expr::Number(_) | Expr::Bool(_)))
        | (JsonType::Integer, View::Plain(Expr::Integer(_)))
        | (JsonType::Number, View::Plain(Expr::Integer(_) | Expr::Number(_)))
        | (JsonType::Boolean, View::Plain(Expr::Bool(_)))
        | (JsonType::Object, View::Map(_))
        | (JsonType::Array, View::Plain(Expr::List(_)))
        | (JsonType::Null, View::Plain(Expr::Null)) => true,
        (JsonType::Integer, View::Plain(Expr::Text(text))) => text.parse::<i64>().is_ok(),
        (JsonType::Number, View::Plain(Expr::Text(text))) => text.parse::<f64>().is_ok(),
        (JsonType::Boolean, View::Plain(Expr::Text(text))) => matches!(&**text, "true" | "false"),
        _ => false,
    };
    Verdict::of(fragment.types.is_empty() || fragment.types.iter().any(is), || {
        format!("`{}` has the wrong shape", value.shown())
    })
}

fn constants(value: View<'_>, fragment: &Fragment) -> Verdict {
    let same = |known: &Json| match (known, value) {
        (Json::String(known), value) => plain(value).is_some_and(|given| given == *known),
        (Json::Number(known), value) => plain(value).is_some_and(|given| given == known.to_string()),
        (Json::Bool(known), value) => plain(value).is_some_and(|given| given == known.to_string()),
        (known, View::Plain(value)) => Expr::from(known.clone()) == *value,
        (known, View::Map(map)) => Expr::from(known.clone()).as_object() == Some(map),
    };
    let constant = fragment.constant.as_ref().is_none_or(same);
    let listed = fragment.enumeration.as_ref().is_none_or(|known| known.iter().any(same));
    Verdict::of(constant && listed, || format!("`{}` is not taken here", value.shown()))
}

fn plain(value: View<'_>) -> Option<String> {
    match value {
        View::Plain(Expr::Text(text)) => Some(text.to_string()),
        View::Plain(Expr::Integer(number)) => Some(number.to_string()),
        View::Plain(Expr::Number(number)) => Some(number.to_string()),
        View::Plain(Expr::Bool(value)) => Some(value.to_string()),
        _ => None,
    }
}

fn object(value: View<'_>, fragment: &Fragment, patterns: &mut Patterns) -> Verdict {
    let View::Map(map) = value else { return Verdict::Holds };
    let set = |name: &str| map.get(name).is_some_and(|value| !is_absent(value));
    let missing = fragment.required.iter().find(|name| !set(name));
    let required = Verdict::of(missing.is_none(), || format!("`{}` is not set", missing.map_or("", String::as_str)));
    let excluded = fragment.dependent_excluded.iter().find_map(|(name, others)| {
        let other = others.iter().find(|other| set(name) && set(other))?;
        Some(Verdict::Fails(format!("`{name}` and `{other}` exclude each other")))
    });
    let mut verdicts = vec![required, excluded.unwrap_or(Verdict::Holds), extra(map, fragment)];
    for (name, member) in &fragment.properties {
        let Some(value) = map.get(name).filter(|value| !is_absent(value)) else { continue };
        verdicts.push(match member {
            Member::Allowed(allowed) => Verdict::of(*allowed, || format!("`{name}` must not be set")),
            Member::Holds(inner) => match holds(value, inner, patterns) {
                Verdict::Fails(why) => Verdict::Fails(format!("`{name}`: {why}")),
                other => other,
            },
        });
    }
    if let Some(names) = &fragment.property_names {
        verdicts.extend(map.iter().map(|(name, _)| holds(&Expr::text(name.to_owned()), names, patterns)));
    }
    Verdict::all(verdicts)
}

fn extra(map: &PropMap, fragment: &Fragment) -> Verdict {
    if fragment.additional_properties != Some(false) {
        return Verdict::Holds;
    }
    let unknown = map.iter().find(|(name, _)| !fragment.properties.contains_key(*name));
    Verdict::of(unknown.is_none(), || format!("`{}` must not be set", unknown.map_or("", |(name, _)| name)))
}

fn list(value: View<'_>, fragment: &Fragment, patterns: &mut Patterns) -> Verdict {
    let View::Plain(Expr::List(items)) = value else { return Verdict::Holds };
    let count = items.len() as u64;
    let few = fragment.min_items.is_some_and(|least| count < least);
    let many = fragment.max_items.is_some_and(|most| count > most);
    let mut verdicts = vec![Verdict::of(!few && !many, || format!("the list has {count} items"))];
    if let Some(each) = &fragment.items {
        verdicts.extend(items.iter().map(|item| holds(item, each, patterns)));
    }
    if let Some(some) = &fragment.contains {
        let found: Vec<Verdict> = items.iter().map(|item| holds(item, some, patterns)).collect();
        verdicts.push(any(found, || "no item of the list is what is needed".to_owned()));
    }
    Verdict::all(verdicts)
}

fn any(verdicts: Vec<Verdict>, why: impl FnOnce() -> String) -> Verdict {
    if verdicts.contains(&Verdict::Holds) {
        Verdict::Holds
    } else if verdicts.contains(&Verdict::Unknown) {
        Verdict::Unknown
    } else {
        verdicts.into_iter().next().unwrap_or_else(|| Verdict::Fails(why()))
    }
}

fn text(value: View<'_>, fragment: &Fragment, patterns: &mut Patterns) -> Verdict {
    let View::Plain(Expr::Text(text)) = value else { return Verdict::Holds };
    let length = text.chars().count() as u64;
    let short = fragment.min_length.is_some_and(|least| length < least);
    let long = fragment.max_length.is_some_and(|most| length > most);
    let pattern = fragment.pattern.as_ref().is_none_or(|pattern| patterns.found(pattern, text));
    Verdict::of(!short && !long && pattern, || format!("`{}` has the wrong form", value.shown()))
}

fn number(value: View<'_>, fragment: &Fragment) -> Verdict {
    let number = match value {
        View::Plain(Expr::Integer(number)) => super::number_range::whole(*number),
        View::Plain(Expr::Number(number)) => *number,
        View::Plain(Expr::Text(text)) if !fragment.types.is_empty() => match text.parse() {
            Ok(number) => number,
            Err(_) => return Verdict::Holds,
        },
        _ => return Verdict::Holds,
    };
    let within = fragment.minimum.is_none_or(|least| number >= least)
        && fragment.maximum.is_none_or(|most| number <= most)
        && fragment.exclusive_minimum.is_none_or(|least| number > least)
        && fragment.multiple_of.is_none_or(|unit| (number / unit).fract() == 0.0);
    Verdict::of(within, || format!("`{}` is out of range", value.shown()))
}

fn combined(value: View<'_>, fragment: &Fragment, patterns: &mut Patterns) -> Verdict {
    let mut verdicts: Vec<Verdict> = fragment.all_of.iter().map(|part| holds(value, part, patterns)).collect();
    if let Some(not) = &fragment.not {
        let verdict = holds(value, not, patterns);
        verdicts.push(verdict.negated(|| format!("`{}` is excluded", value.shown())));
    }
    if !fragment.any_of.is_empty() {
        let found = fragment.any_of.iter().map(|part| holds(value, part, patterns)).collect();
        verdicts.push(any(found, || "no alternative holds".to_owned()));
    }
    if !fragment.one_of.is_empty() {
        verdicts.push(one(fragment.one_of.iter().map(|part| holds(value, part, patterns)).collect()));
    }
    if let Some(when) = &fragment.when {
        let branch = match holds(value, when, patterns) {
            Verdict::Holds => fragment.then.as_ref(),
            Verdict::Fails(_) => fragment.otherwise.as_ref(),
            Verdict::Unknown => {
                verdicts.push(Verdict::Unknown);
                None
            }
        };
        verdicts.extend(branch.map(|branch| holds(value, branch, patterns)));
    }
    Verdict::all(verdicts)
}

fn one(verdicts: Vec<Verdict>) -> Verdict {
    let sure = verdicts.iter().filter(|verdict| **verdict == Verdict::Holds).count();
    let unknown = verdicts.contains(&Verdict::Unknown);
    match (sure, unknown) {
        (0 | 1, true) => Verdict::Unknown,
        (1, false) => Verdict::Holds,
        (0, false) => verdicts.into_iter().next().unwrap_or(Verdict::Holds),
        _ => Verdict::Fails("more than one alternative holds".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Pseudo, Token};

    fn judge(value: &serde_json::Value, fragment: serde_json::Value) -> bool {
        let fragment = serde_json::from_value(fragment).unwrap_or_default();
        holds(&Expr::from(value.clone()), &fragment, &mut Patterns::default()) == Verdict::Holds
    }

    #[test]
    fn each_part_can_hold_and_fail() {
        use serde_json::json;
        let value = json!({ "Engine": "redis", "Nodes": 2, "Names": ["a", "b"] });
        for (holds, fails) in [
            (json!({ "required": ["Engine"] }), json!({ "required": ["Version"] })),
            (
                json!({ "properties": { "Nodes": { "minimum": 2 } } }),
                json!({ "properties": { "Nodes": { "minimum": 3 } } }),
            ),
            (
                json!({ "properties": { "Engine": { "enum": ["redis"] } } }),
                json!({ "properties": { "Engine": { "const": "x" } } }),
            ),
            (
                json!({ "properties": { "Names": { "maxItems": 2 } } }),
                json!({ "properties": { "Names": { "maxItems": 1 } } }),
            ),
            (
                json!({ "properties": { "Names": { "contains": { "const": "b" } } } }),
                json!({ "properties": { "Names": { "items": { "const": "b" } } } }),
            ),
            (json!({ "not": { "required": ["Version"] } }), json!({ "not": { "required": ["Engine"] } })),
            (
                json!({ "oneOf": [{ "required": ["Engine"] }, { "required": ["X"] }] }),
                json!({ "oneOf": [{ "required": ["Engine"] }, { "required": ["Nodes"] }] }),
            ),
            (
                json!({ "if": { "required": ["X"] }, "then": { "required": ["Y"] } }),
                json!({ "if": { "required": ["Nodes"] }, "then": { "required": ["Y"] } }),
            ),
            (json!({ "properties": { "X": false } }), json!({ "properties": { "Engine": false } })),
            (
                json!({ "dependentExcluded": { "Engine": ["X"] } }),
                json!({ "dependentExcluded": { "Engine": ["Nodes"] } }),
            ),
            (
                json!({ "properties": { "Engine": { "pattern": "^red" } } }),
                json!({ "properties": { "Engine": { "pattern": "^blue" } } }),
            ),
        ] {
            assert!(judge(&value, holds.clone()), "{holds}");
            assert!(!judge(&value, fails.clone()), "{fails}");
        }
    }

    #[test]
    fn what_is_not_known_yet_is_not_judged() {
        let fragment = serde_json::from_value(serde_json::json!({ "properties": { "Engine": { "const": "redis" } } }));
        let value = Expr::object([("Engine", Token::Pseudo(Pseudo::Region).into())]);
        assert_eq!(holds(&value, &fragment.unwrap_or_default(), &mut Patterns::default()), Verdict::Unknown);
    }
}
