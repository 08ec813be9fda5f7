//! `contains`, `contains_all`, `set_equals`: elements of a list, or parts of a text.

use super::{compare, structure};
use crate::facts::select::Selected;
use crate::template::json::Json;
use crate::template::value::Value;

/// Membership in a list (tables by subset), or a substring of a text, of its intrinsic, or of a table's JSON.
pub(super) fn contains(object: &Selected<'_>, literal: &Json, value: &Value) -> bool {
    match (value, literal) {
        (Value::List(elements), _) => elements.iter().any(|element| is_member(object, literal, element)),
        (Value::Text(text), Json::Text(part)) => {
            text.full().contains(part.as_str())
                || text.source().is_some_and(|source| source.contains(part.as_str()))
                || value.structured().is_some_and(|inner| inner.json().contains(part.as_str()))
        }
        (Value::Table(_), Json::Text(part)) => {
            value.json().contains(part.as_str()) || value.stringified().contains(part.as_str())
        }
        (Value::Table(_), Json::Table(_)) => structure::contained(object, literal, value),
        _ => false,
    }
}

fn is_member(object: &Selected<'_>, literal: &Json, element: &Value) -> bool {
    compare::equal(object, literal, element)
        || (matches!(literal, Json::Table(_)) && structure::contained(object, literal, element))
}

pub(super) fn contains_all(object: &Selected<'_>, literals: &[Json], values: &[&Value]) -> bool {
    let member = |literal: &Json| {
        values.iter().any(|value| contains(object, literal, value) || is_member(object, literal, value))
    };
    literals.iter().all(member)
}

/// The same elements in any order, repeats apart; several values are the elements themselves.
pub(super) fn same_set(object: &Selected<'_>, literals: &[Json], values: &[&Value]) -> bool {
    let elements = match values {
        [] => return false,
        [one] => match one {
            Value::List(elements) => elements.iter().collect(),
            other => vec![*other],
        },
        many => many.to_vec(),
    };
    literals.iter().all(|literal| elements.iter().any(|element| compare::equal(object, literal, element)))
        && elements.iter().all(|element| literals.iter().any(|literal| compare::equal(object, literal, element)))
}
