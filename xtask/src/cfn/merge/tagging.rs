//! How a type is tagged.

use serde_json::Value;

use super::schema::Schema;
use crate::cfn::model::{Kind, ResourceType, TagForm, Tagging};

/// Completes what the service specification says with the schema's `tagging` block.
pub(crate) fn complete(merged: &mut ResourceType, schema: Schema<'_>) {
    let block = schema.value("tagging");
    let flag = |key: &str| block.and_then(|block| block.get(key)).and_then(Value::as_bool);
    if merged.tagging.is_none() && flag("taggable") == Some(true) {
        let path =
            block.and_then(|block| block.get("tagProperty")).and_then(Value::as_str).unwrap_or("/properties/Tags");
        let property = path.trim_start_matches("/properties/").to_owned();
        let form = merged.root().properties.get(&property).map(|property| match property.shape.kind {
            Kind::List(_) => TagForm::List,
            _ => TagForm::Map,
        });
        merged.tagging = form.map(|form| Tagging { property, form, on_create: true, updatable: true });
    }
    if let Some(tagging) = &mut merged.tagging {
        tagging.on_create = flag("tagOnCreate").unwrap_or(true);
        tagging.updatable = flag("tagUpdatable").unwrap_or(true);
    }
}
