//! The functions of a template that can be carried out without an account.

use serde_json::Value;

use super::evaluate::Evaluate;
use super::symbol::clean;

/// `Fn::Sub`: the text with what it names filled in. None if a part is no text.
pub(super) fn substitute(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let (text, variables) = match argument {
        Value::String(text) => (text.as_str(), None),
        Value::Array(parts) => (parts.first()?.as_str()?, parts.get(1)),
        _ => return None,
    };
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        result.push_str(&clean(before));
        let Some((name, following)) = after.split_once('}') else {
            result.push_str("${");
            rest = after;
            continue;
        };
        rest = following;
        if let Some(literal) = name.strip_prefix('!') {
            result.push_str(&clean(&format!("${{{literal}}}")));
            continue;
        }
        let name = name.trim();
        let value = match variables.and_then(|variables| variables.get(name)) {
            Some(value) => evaluate.value(value)?,
            None if name.contains('.') => evaluate.symbol(name),
            None => evaluate.reference(name)?,
        };
        result.push_str(&scalar(&value)?);
    }
    result.push_str(&clean(rest));
    Some(result.into())
}

/// `Fn::Join`: the parts with the separator between them. None if a part is no text.
pub(super) fn join(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let [Value::String(separator), parts] = argument.as_array()?.as_slice() else { return None };
    let Value::Array(parts) = evaluate.value(parts)? else { return None };
    let parts = parts.iter().map(scalar).collect::<Option<Vec<_>>>()?;
    Some(parts.join(&clean(separator)).into())
}

/// `Fn::Select`: one of a list.
pub(super) fn select(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let [index, list] = argument.as_array()?.as_slice() else { return None };
    let index: usize = scalar(&evaluate.value(index)?)?.parse().ok()?;
    evaluate.value(list)?.as_array()?.get(index).cloned()
}

/// `Fn::Split`: a text that is known in full, cut at the separator.
pub(super) fn split(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let [Value::String(separator), text] = argument.as_array()?.as_slice() else { return None };
    let text = evaluate.value(text)?;
    let text = text.as_str().filter(|text| !super::symbol::is_in(text) && !separator.is_empty())?;
    Some(text.split(separator.as_str()).map(Value::from).collect())
}

/// `Fn::FindInMap`: a value of a table.
pub(super) fn find(evaluate: &Evaluate<'_>, argument: &Value) -> Option<Value> {
    let keys = argument.as_array()?.iter().take(3).map(|key| scalar(&evaluate.value(key)?));
    let keys = keys.collect::<Option<Vec<_>>>()?;
    let [map, top, second] = keys.as_slice() else { return None };
    evaluate.value(evaluate.template.mappings.get(map)?.get(top)?.get(second)?)
}

/// A text, or what stands for one in a text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
