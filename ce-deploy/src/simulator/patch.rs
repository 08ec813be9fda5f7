//! JSON patches (RFC 6902), as far as somebody sends them.

use serde_json::{Map, Value};

/// A model with the operations of a patch done, one after the other.
///
/// # Errors
/// An operation that cannot be done, in the service's words.
pub(super) fn apply(model: Map<String, Value>, patch: &str) -> Result<Map<String, Value>, String> {
    let operations: Vec<Value> = serde_json::from_str(patch).map_err(|_| "the patch is no list".to_owned())?;
    let mut whole = Value::Object(model);
    for operation in &operations {
        one(&mut whole, operation)?;
    }
    match whole {
        Value::Object(model) => Ok(model),
        _ => Err("the patch leaves no object".to_owned()),
    }
}

fn one(whole: &mut Value, operation: &Value) -> Result<(), String> {
    let path = operation["path"].as_str().unwrap_or_default();
    let kind = operation["op"].as_str().unwrap_or_default().to_uppercase();
    let missing = || format!("[{kind} Operation] noSuchPath in source, path provided : /{path}");
    let (parent, name) = path.rsplit_once('/').ok_or_else(missing)?;
    let name = name.replace("~1", "/").replace("~0", "~");
    let members = whole.pointer_mut(parent).and_then(Value::as_object_mut).ok_or_else(missing)?;
    match kind.as_str() {
        "ADD" => drop(members.insert(name, operation["value"].clone())),
        "REPLACE" if members.contains_key(&name) => drop(members.insert(name, operation["value"].clone())),
        "REMOVE" if members.contains_key(&name) => drop(members.remove(&name)),
        "REPLACE" | "REMOVE" => return Err(missing()),
        _ => return Err(format!("`{kind}` is not played here")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::apply;

    fn patched(patch: &Value) -> Result<Value, String> {
        let Value::Object(model) = json!({ "A": { "B/C": 1 }, "D": 2 }) else { unreachable!() };
        apply(model, &patch.to_string()).map(Value::Object)
    }

    #[test]
    fn operations_are_done_in_order() {
        let patch = json!([
            { "op": "add", "path": "/A/B~1C", "value": 3 },
            { "op": "add", "path": "/E", "value": "" },
            { "op": "remove", "path": "/E" },
            { "op": "replace", "path": "/D", "value": [4] }
        ]);
        assert_eq!(patched(&patch), Ok(json!({ "A": { "B/C": 3 }, "D": [4] })));
    }

    #[test]
    fn what_is_not_there_is_neither_replaced_nor_removed() {
        for op in ["replace", "remove"] {
            assert!(patched(&json!([{ "op": op, "path": "/X", "value": 1 }])).is_err(), "{op}");
        }
        assert!(patched(&json!([{ "op": "add", "path": "/X/Y", "value": 1 }])).is_err());
    }
}
