//! When two values are the same to the service.

use serde_json::Value;

use crate::template::as_text;

/// Whether two values are the same to the service: `80` and `"80"` are.
pub(in crate::simulator) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::String(one), Value::String(other)) => one == other,
        _ => match (as_text(one), as_text(other)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => one == other,
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::same;

    #[test]
    fn a_number_is_its_text() {
        assert!(same(&json!({"Port": 80, "On": true}), &json!({"On": "true", "Port": "80"})));
        assert!(!same(&json!(["a", "b"]), &json!(["b", "a"])));
        assert!(!same(&json!({}), &json!([])));
    }
}
