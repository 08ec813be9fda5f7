//! What a parameter is worth.

use std::collections::BTreeMap;

use serde_json::Value;

use super::symbol::{clean, symbol};
use super::{Parameter, Template};
use crate::digest::sha256;

/// What CloudFormation answers instead of a value that is hidden.
const MASK: &str = "****";

/// The value of each parameter; one that is hidden or not known is a symbol.
pub(super) fn values(
    template: &Template,
    given: &BTreeMap<String, Value>,
    prefix: &str,
    masked: &dyn Fn(&str) -> bool,
) -> BTreeMap<String, Value> {
    let value = |(name, parameter): (&String, &Parameter)| {
        let full = format!("{prefix}{name}");
        (name.clone(), value(&full, parameter, given.get(name), masked(&full)))
    };
    template.parameters.iter().map(value).collect()
}

fn value(name: &str, parameter: &Parameter, given: Option<&Value>, masked: bool) -> Value {
    let text = match given {
        Some(Value::String(text)) => text.clone(),
        Some(other) if !other.is_null() => return other.clone(),
        _ => match &parameter.default {
            Some(default) => clean(default),
            None => return symbol(name).into(),
        },
    };
    if parameter.hidden || is_secret_name(name) {
        return if text == MASK || masked { symbol(name).into() } else { symbol(&hidden(name, &text)).into() };
    }
    // The service looks such a value up itself; what is given is the name to look up.
    if parameter.type_name.starts_with("AWS::SSM::Parameter") {
        return symbol(&format!("{name}:{text}")).into();
    }
    if parameter.type_name == "CommaDelimitedList" || parameter.type_name.starts_with("List<") {
        return text.split(',').map(|item| Value::from(item.trim())).collect();
    }
    text.into()
}

/// Whether a parameter of this name is hidden though its template does not say so.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "passwd", "secret", "apikey", "api_key", "accesskey", "privatekey"]
        .iter()
        .any(|word| name.contains(word))
}

/// A hidden value as something that changes when it does. It is short, so that nobody can be sure of a guess, and
/// differs for each parameter.
fn hidden(name: &str, value: &str) -> String {
    format!("{name}#{}", &sha256(format!("{name}\n{value}"))[..6])
}

/// Whether CloudFormation answered with a mask.
pub(super) fn is_masked(value: &str) -> bool {
    value == MASK
}
