//! `regex` and `not_regex`: patterns on texts, and on the JSON text of tables and lists.

use regex_lite::Regex;

use crate::template::value::Value;

/// On the resolved value or on the intrinsic as written.
pub(super) fn matches(pattern: &Regex, value: &Value) -> bool {
    if matches_resolved(pattern, value) {
        return true;
    }
    match value {
        Value::Text(text) => text.source().is_some_and(|source| pattern.is_match(source)),
        Value::List(elements) => {
            pattern.is_match(&value.stringified()) || elements.iter().any(|element| matches(pattern, element))
        }
        _ => pattern.is_match(&value.stringified()),
    }
}

/// On the resolved value alone; a list matches as JSON text or when one of its elements does.
pub(super) fn matches_resolved(pattern: &Regex, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Table(_) => pattern.is_match(&value.json()),
        Value::List(elements) => {
            pattern.is_match(&value.json()) || elements.iter().any(|element| matches_resolved(pattern, element))
        }
        scalar => scalar.scalar_text().is_some_and(|text| pattern.is_match(&text)),
    }
}
