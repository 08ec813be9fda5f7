//! What `Fn::GetAtt` gives.

use ce_synth::schema::{Kind, TypeSchema};
use serde_json::{Map, Value};

use super::physical_id::arn;
use crate::cloud::Place;

/// An attribute of a resource that is there. It follows from the id, so it changes when the resource is replaced.
pub(in crate::simulator) fn attribute(
    schema: Option<&TypeSchema>,
    type_name: &str,
    physical: &str,
    properties: &Map<String, Value>,
    name: &str,
    place: &Place,
) -> Value {
    if let Some(value) = properties.get(name) {
        return value.clone();
    }
    let own = physical.rsplit('/').next().unwrap_or(physical);
    let own = if physical.starts_with("arn:") { own.rsplit(':').next().unwrap_or(own) } else { own };
    if name == "Arn" || name.ends_with("Arn") {
        let whole = if name == "Arn" { own.to_owned() } else { format!("{own}/{name}") };
        return Value::from(if physical.starts_with("arn:") && name == "Arn" {
            physical.to_owned()
        } else {
            arn(type_name, &whole, place)
        });
    }
    let found = schema.and_then(|schema| schema.attribute(name));
    match found.map(|attribute| &attribute.value.kind) {
        Some(Kind::List(_)) => Value::from(vec![format!("{own}-{}-0", name.to_lowercase())]),
        Some(Kind::Integer | Kind::Number) => Value::from("443"),
        Some(Kind::Boolean) => Value::from("true"),
        _ if name.ends_with("Name") && !name.contains("DNS") && !name.contains("Domain") => Value::from(own),
        _ => Value::from(format!("{own}.{}.{}", name.to_lowercase(), place.region)),
    }
}
