//! `equals`, `not_equals`, `any_of`: literals against resolved values.
//!
//! Numbers compare by value, also when a template writes them as text; so do booleans. `${AWS::Region}` in a literal
//! means the Region of the stack looked at. `sg:<role>` equals any group of that role.

use crate::facts::select::Selected;
use crate::template::json::Json;
use crate::template::value::{Text, Value};

pub(crate) fn equal(object: &Selected<'_>, literal: &Json, value: &Value) -> bool {
    match (literal, value) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(wanted), Value::Bool(flag)) => wanted == flag,
        (Json::Bool(wanted), Value::Text(text)) => text.full().eq_ignore_ascii_case(&wanted.to_string()),
        (Json::Number(wanted), found) => {
            wanted.as_f64().is_some_and(|wanted| found.number().is_some_and(|found| same(wanted, found)))
        }
        (Json::Text(wanted), Value::Text(text)) => same_text(object, wanted, text),
        (Json::Text(wanted), Value::Number(_)) => {
            let wanted: Option<f64> = wanted.parse().ok();
            wanted.is_some_and(|wanted| value.number().is_some_and(|found| same(wanted, found)))
        }
        (Json::Text(wanted), Value::Bool(flag)) => wanted.eq_ignore_ascii_case(&flag.to_string()),
        (Json::List(wanted), Value::List(found)) => {
            wanted.len() == found.len() && wanted.iter().zip(found).all(|(wanted, found)| equal(object, wanted, found))
        }
        (Json::Table(wanted), Value::Table(found)) => {
            wanted.len() == found.len()
                && wanted.iter().all(|(key, wanted)| value.get(key).is_some_and(|found| equal(object, wanted, found)))
        }
        (Json::List(_) | Json::Table(_), Value::Text(_)) => {
            value.structured().is_some_and(|value| equal(object, literal, &value))
        }
        _ => false,
    }
}

fn same(left: f64, right: f64) -> bool {
    (left - right).abs() <= f64::EPSILON * left.abs().max(right.abs())
}

fn same_text(object: &Selected<'_>, wanted: &str, text: &Text) -> bool {
    let full = text.full();
    if full == spelled(object, wanted) {
        return true;
    }
    let role = wanted.strip_prefix("sg:").filter(|_| full.starts_with("sg:"));
    role.is_some_and(|role| text.leads().any(|lead| object.app.lead_has_role(lead, role)))
}

/// A literal with the pseudo parameters of the object's stack.
fn spelled(object: &Selected<'_>, literal: &str) -> String {
    let Some(stack) = object.stack().filter(|_| literal.contains("${AWS::")) else {
        return literal.to_owned();
    };
    let stack = &object.app.stacks[stack];
    literal.replace("${AWS::Region}", &stack.region).replace("${AWS::AccountId}", &stack.account)
}
