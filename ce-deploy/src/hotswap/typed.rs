//! Values as their schema has them. A template may write `"30"` for a number; Cloud Control takes only the number.

use ce_synth::schema::{Kind, TypeSchema};
use serde_json::{Map, Value};

/// All properties of a resource, as the schema has them.
pub(super) fn typed_properties(schema: &TypeSchema, properties: &Value) -> Value {
    let members = properties.as_object().into_iter().flatten();
    let typed = |(name, value): (&String, &Value)| {
        let kind = schema.property(name).map(|property| &property.value.kind);
        (name.clone(), kind.map_or_else(|| value.clone(), |kind| typed(schema, kind, value)))
    };
    Value::Object(members.map(typed).collect())
}

/// A value of a kind; as it is, if it cannot be one.
fn typed(schema: &TypeSchema, kind: &Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Integer | Kind::Number, Value::String(text)) => {
            let number = serde_json::from_str(text).ok().filter(Value::is_number);
            number.unwrap_or_else(|| value.clone())
        }
        (Kind::Boolean, Value::String(text)) => text.parse::<bool>().map_or_else(|_| value.clone(), Value::from),
        (Kind::String | Kind::Timestamp, Value::Number(_) | Value::Bool(_)) => Value::from(value.to_string()),
        (Kind::List(item), Value::Array(items)) => items.iter().map(|value| typed(schema, &item.kind, value)).collect(),
        (Kind::Map(item), Value::Object(members)) => {
            let typed = members.iter().map(|(name, value)| (name.clone(), typed(schema, &item.kind, value)));
            Value::Object(typed.collect::<Map<_, _>>())
        }
        (Kind::Object(index), Value::Object(members)) => {
            let object = schema.object(*index);
            let typed = members.iter().map(|(name, value)| match object.property(name) {
                Some(property) => (name.clone(), typed(schema, &property.value.kind, value)),
                None => (name.clone(), value.clone()),
            });
            Value::Object(typed.collect::<Map<_, _>>())
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::typed_properties;

    #[test]
    fn texts_become_what_the_schema_wants() {
        let schema = ce_cfn::SCHEMAS.find("AWS::Lambda::Function").unwrap();
        let written = json!({
            "MemorySize": "256", "Timeout": "soon", "EphemeralStorage": { "Size": "512" },
            "Environment": { "Variables": { "PORT": 8080, "ON": true } }, "Layers": ["a"], "Unknown": "1"
        });
        let typed = json!({
            "MemorySize": 256, "Timeout": "soon", "EphemeralStorage": { "Size": 512 },
            "Environment": { "Variables": { "PORT": "8080", "ON": "true" } }, "Layers": ["a"], "Unknown": "1"
        });
        assert_eq!(typed_properties(schema, &written), typed);
    }
}
