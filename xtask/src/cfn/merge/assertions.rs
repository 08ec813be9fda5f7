//! Rules that need more than presence: JSON schemas applied at a path.

use serde_json::Value;

use super::schema::Schema;
use crate::cfn::extract::Extension;
use crate::cfn::model::{Assertion, ResourceType};

/// Rules that are not taken.
///
/// Versions of database engines appear every week, and a list of them refuses what is newer than the list. I3013 is one
/// schema for types it does not fit; the rule's own code tells them apart.
const NOT_TAKEN: [&str; 4] = ["E3690", "E3691", "E3695", "I3013"];

/// Takes the extensions of the type, and the conditions its own schema states at the top.
pub(crate) fn take(merged: &mut ResourceType, extensions: &[Extension], schema: Option<Schema<'_>>) {
    let prefix = format!("Resources/{}/Properties", merged.name);
    for extension in extensions.iter().filter(|extension| !NOT_TAKEN.contains(&extension.rule.as_str())) {
        for path in &extension.paths {
            let Some(rest) = path.strip_prefix(&prefix) else { continue };
            if !(rest.is_empty() || rest.starts_with('/')) {
                continue;
            }
            let path = rest.trim_start_matches('/').to_owned();
            merged.assertions.push(Assertion { rule: extension.rule.clone(), path, schema: extension.schema.clone() });
        }
    }
    let conditions = schema.and_then(|schema| schema.value("allOf")).and_then(Value::as_array);
    for member in conditions.into_iter().flatten().filter(|member| member.get("if").is_some()) {
        merged.assertions.push(Assertion { rule: String::new(), path: String::new(), schema: member.clone() });
    }
}
