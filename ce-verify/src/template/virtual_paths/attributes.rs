//! `@DependsOn`, `@DeletionPolicy`, `@UpdateReplacePolicy` and `@identity`.

use crate::template::app::App;
use crate::template::json::Json;
use crate::template::value::{Lead, ResourceId, Text, Value};

pub(super) fn attribute(app: &App, id: ResourceId, name: &str) -> Option<Value> {
    let resource = app.resource(id);
    let written = resource.body().get(name)?;
    if name != "DependsOn" {
        return Some(Value::from(written));
    }
    let ids: Vec<&str> = match written {
        Json::List(ids) => ids.iter().filter_map(Json::as_text).collect(),
        one => one.as_text().into_iter().collect(),
    };
    let dependency = |logical_id: &&str| {
        let lead = app.find(resource.stack, logical_id);
        let leads = lead.map(|id| Lead::Resource { id, attribute: None }).into_iter().collect();
        Value::Text(Text::leading(*logical_id, false, leads))
    };
    Some(Value::List(ids.iter().map(dependency).collect()))
}

/// What a resource is called, leading to it.
pub(super) fn called(app: &App, id: ResourceId) -> Value {
    Value::Text(Text::leading(app.identity(id), false, vec![Lead::Resource { id, attribute: None }]))
}
