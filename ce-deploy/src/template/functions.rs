//! The functions of a template that can be carried out without an account.

use serde_json::Value;

use super::evaluate::{Evaluate, has_function};
use super::pieces::{Piece, pieces};
use super::scalar::as_text;
use super::symbol::clean;
use crate::json::canonical;

/// `Fn::Sub`: the text with what it names filled in. None if a part is no text.
pub(super) fn substitute(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let (text, variables) = match argument {
        Value::String(text) => (text.as_str(), None),
        Value::Array(parts) => (parts.first()?.as_str()?, parts.get(1)),
        _ => return None,
    };
    let mut result = String::new();
    for piece in pieces(text) {
        let name = match piece {
            Piece::Text(text) => {
                result.push_str(&clean(text));
                continue;
            }
            Piece::Kept(name) => {
                result.push_str(&clean(&format!("${{{name}}}")));
                continue;
            }
            Piece::Name(name) => name,
        };
        let value = match variables.and_then(|variables| variables.get(name)) {
            Some(value) => evaluate.value(value)?,
            None if name.contains('.') => evaluate.symbol(name),
            None => evaluate.reference(name)?,
        };
        result.push_str(&as_text(&value)?);
    }
    Some(result.into())
}

/// `Fn::Join`: the parts with the separator between them. None if a part is no text.
pub(super) fn join(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let [Value::String(separator), parts] = argument.as_array()?.as_slice() else { return None };
    let Value::Array(parts) = evaluate.value(parts)? else { return None };
    let parts = parts.iter().map(as_text).collect::<Option<Vec<_>>>()?;
    Some(parts.join(&clean(separator)).into())
}

/// `Fn::Select`: one of a list.
pub(super) fn select(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let [index, list] = argument.as_array()?.as_slice() else { return None };
    let index: usize = as_text(&evaluate.value(index)?)?.parse().ok()?;
    evaluate.value(list)?.as_array()?.get(index).cloned()
}

/// `Fn::Split`: a text that is known in full, cut at the separator.
pub(super) fn split(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let [Value::String(separator), text] = argument.as_array()?.as_slice() else { return None };
    let text = evaluate.value(text)?;
    let text = text.as_str().filter(|text| !super::symbol::is_in(text) && !separator.is_empty())?;
    Some(text.split(separator.as_str()).map(Value::from).collect())
}

/// `Fn::FindInMap`: what a table says, or what is given for the case that it says nothing. None if a key is not known.
pub(super) fn find<'v>(evaluate: &'v Evaluate<'_>, argument: &'v Value) -> Option<&'v Value> {
    let parts = argument.as_array()?;
    let keys = parts.iter().take(3).map(|key| Some(as_text(&evaluate.value(key)?)?.into_owned()));
    let keys = keys.collect::<Option<Vec<_>>>()?;
    let [map, top, second] = keys.as_slice() else { return None };
    let mappings = &evaluate.template.mappings;
    mappings.get(map).and_then(|map| map.get(top)?.get(second)).or_else(|| {
        // A table that a macro writes has entries that are not seen here.
        let is_known = keys.iter().all(|key| !super::symbol::is_in(key)) && !mappings.contains_key("Fn::Transform");
        parts.get(3)?.get("DefaultValue").filter(|_| is_known)
    })
}

/// `Fn::Length`: how many there are of a list, of which all is known but, perhaps, what they are.
pub(super) fn length(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let list = evaluate.value(argument)?;
    let items = list.as_array()?;
    // An `Fn::If` may say that there is none.
    items.iter().all(|item| item.get("Fn::If").is_none()).then(|| items.len().into())
}

/// `Fn::ToJsonString`: a list or an object as text. None if a part of it is not known in full.
pub(super) fn json(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let value = evaluate.value(argument)?;
    let is_told = matches!(value, Value::Array(_) | Value::Object(_)) && !has_function(&value);
    is_told.then(|| canonical(&value).into())
}
