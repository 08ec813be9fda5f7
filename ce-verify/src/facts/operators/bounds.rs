//! `min`, `max`, `length`, `length_min`, `distinct`: numbers and sizes.

use std::collections::BTreeSet;

use crate::template::value::Value;

pub(super) fn at_least(value: &Value, bound: f64) -> bool {
    value.number().is_some_and(|number| number >= bound)
}

pub(super) fn at_most(value: &Value, bound: f64) -> bool {
    value.number().is_some_and(|number| number <= bound)
}

/// The number of elements of a list, or of a text that holds one.
pub(super) fn length(value: &Value) -> Option<usize> {
    match value.structured()? {
        Value::List(elements) => Some(elements.len()),
        _ => None,
    }
}

pub(super) fn distinct(values: &[&Value]) -> usize {
    values.iter().map(|value| value.json()).collect::<BTreeSet<_>>().len()
}
