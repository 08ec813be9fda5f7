//! Pieces of JSON Schema that rules use, in the form `ce-synth` reads (`ce-synth/src/schema/fragment.rs`).

use serde_json::{Map, Value, json};

/// Keys that say nothing about a value.
const SILENT: [&str; 4] = ["description", "title", "definitions", "$comment"];

/// Keys whose value is a piece, a list of pieces, or pieces by property name.
const ONE: [&str; 7] = ["not", "if", "then", "else", "items", "contains", "propertyNames"];
const LIST: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Keys whose value is data.
const PLAIN: [&str; 15] = [
    "type",
    "const",
    "enum",
    "required",
    "dependentExcluded",
    "additionalProperties",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
];

/// The piece as text, references resolved; none when it says something that cannot be judged on one resource alone,
/// or holds a pattern that `regex-lite` cannot read.
pub(super) fn text(schema: &Value) -> Option<String> {
    serde_json::to_string(&piece(schema, schema)?).ok()
}

fn piece(root: &Value, node: &Value) -> Option<Value> {
    let node = match node.get("$ref").and_then(Value::as_str) {
        Some(reference) => root.pointer(reference.strip_prefix('#')?)?,
        None => node,
    };
    let mut out = Map::new();
    for (key, value) in node.as_object()? {
        let key = key.as_str();
        if SILENT.contains(&key) {
            continue;
        }
        let value = if ONE.contains(&key) {
            piece(root, value)?
        } else if LIST.contains(&key) {
            value.as_array()?.iter().map(|member| piece(root, member)).collect::<Option<Vec<_>>>()?.into()
        } else if key == "properties" {
            members(root, value)?
        } else if key == "pattern" {
            let pattern = value.as_str()?;
            if let Some(refused) = refused_start(pattern)
                && node.get("not").is_none()
            {
                out.insert("not".to_owned(), json!({"type": "string", "pattern": refused}));
                continue;
            }
            regex_lite::Regex::new(pattern).ok()?;
            value.clone()
        } else if PLAIN.contains(&key) {
            value.clone()
        } else {
            return None;
        };
        out.insert(key.to_owned(), value);
    }
    Some(out.into())
}

/// The start that a pattern such as `^(?!aurora).*$` refuses, as a pattern without look-around.
fn refused_start(pattern: &str) -> Option<String> {
    let (start, rest) = pattern.strip_prefix("^(?!")?.split_once(')')?;
    let is_plain = !start.contains('(') && matches!(rest, "" | ".*$");
    let refused = format!("^{start}");
    (is_plain && regex_lite::Regex::new(&refused).is_ok()).then_some(refused)
}

fn members(root: &Value, node: &Value) -> Option<Value> {
    let mut out = Map::new();
    for (name, value) in node.as_object()? {
        out.insert(name.clone(), if value.is_boolean() { value.clone() } else { piece(root, value)? });
    }
    Some(out.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::text;

    #[test]
    fn references_are_resolved_and_prose_is_dropped() {
        let schema = json!({"description": "d", "definitions": {"A": {"const": 1}}, "properties": {"X": {"$ref": "#/definitions/A"}, "Y": false}});
        assert_eq!(text(&schema).unwrap(), r#"{"properties":{"X":{"const":1},"Y":false}}"#);
    }

    #[test]
    fn a_refused_start_is_a_negation() {
        let text = text(&json!({"pattern": "^(?!aurora).*$"})).unwrap();
        assert_eq!(text, r#"{"not":{"pattern":"^aurora","type":"string"}}"#);
    }

    #[test]
    fn what_cannot_be_judged_is_left_out() {
        assert_eq!(text(&json!({"cfnGather": {}})), None);
        assert_eq!(text(&json!({"if": {"pattern": "b(?!a)"}, "then": {"required": ["X"]}})), None);
    }
}
