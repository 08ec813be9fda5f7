//! Rules that need more than presence: JSON schemas applied at a path.

use serde_json::Value;

use super::schema::Schema;
use crate::cfn::extract::Extension;
use crate::cfn::model::{Assertion, ResourceType};

/// Takes the extensions of the type, and the conditions its own schema states at the top.
pub(crate) fn take(
    merged: &mut ResourceType,
    extensions: &[Extension],
    schema: Option<Schema<'_>>,
) {
    let prefix = format!("Resources/{}/Properties", merged.name);
    for extension in extensions {
        for path in &extension.paths {
            let Some(rest) = path.strip_prefix(&prefix) else { continue };
            if !(rest.is_empty() || rest.starts_with('/')) {
                continue;
            }
            let path = rest.trim_start_matches('/').to_owned();
            merged.assertions.push(Assertion {
                rule: extension.rule.clone(),
                path,
                schema: extension.schema.clone(),
            });
        }
    }
    let conditions = schema.and_then(|schema| schema.value("allOf")).and_then(Value::as_array);
    for member in conditions.into_iter().flatten().filter(|member| member.get("if").is_some()) {
        merged.assertions.push(Assertion {
            rule: String::new(),
            path: String::new(),
            schema: member.clone(),
        });
    }
}
