//! `subset` and `not_subset`: a table held by a value, key by key.
//!
//! For a list, one element must hold it. A scalar equals a list of one. An `Action` is held when a pattern of the
//! statement covers it. Text that holds JSON is read as JSON.

use super::compare;
use crate::facts::iam::covers;
use crate::facts::select::Selected;
use crate::template::json::Json;
use crate::template::value::Value;

pub(super) fn contained(object: &Selected<'_>, wanted: &Json, value: &Value) -> bool {
    match (wanted, value) {
        (Json::Table(members), Value::Table(_)) => members.iter().all(|(key, wanted)| {
            value.get(key).is_some_and(|found| {
                if key == "Action" && value.get("Effect").is_some() {
                    acts(wanted, found)
                } else {
                    contained(object, wanted, found)
                }
            })
        }),
        (Json::Table(_), Value::List(elements)) => elements.iter().any(|element| contained(object, wanted, element)),
        (Json::Table(_), Value::Text(_)) => value.structured().is_some_and(|value| contained(object, wanted, &value)),
        (Json::List(wanted), _) => {
            let elements = value.elements();
            wanted.iter().all(|wanted| elements.iter().any(|element| contained(object, wanted, element)))
        }
        (scalar, Value::List(elements)) => elements.iter().any(|element| compare::equal(object, scalar, element)),
        (scalar, value) => compare::equal(object, scalar, value),
    }
}

/// True when every action wanted is covered by some pattern of a statement.
fn acts(wanted: &Json, found: &Value) -> bool {
    let one = [wanted.clone()];
    let wanted = wanted.as_list().unwrap_or(&one);
    wanted.iter().filter_map(Json::as_text).all(|action| {
        found.elements().iter().filter_map(|pattern| pattern.scalar_text()).any(|pattern| covers(&pattern, action))
    })
}
