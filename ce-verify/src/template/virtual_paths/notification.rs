//! `@topic`, `@secret_name` and `@protocols`: topics and secrets by the resources that refer to them.

use crate::template::app::App;
use crate::template::value::{Lead, ResourceId, Text, Value};

/// Names of the resources of a type that another one refers to; each name leads to its resource.
fn referred(app: &App, id: ResourceId, kind: &str, property: &str) -> Option<Value> {
    let value = app.property(id, property).unwrap_or_else(|| app.properties(id));
    let name = |target: ResourceId| {
        let lead = Lead::Resource { id: target, attribute: None };
        Value::Text(Text::leading(app.identity(target), false, vec![lead]))
    };
    let names: Vec<Value> = app.led_to(value, kind).into_iter().map(name).collect();
    (!names.is_empty()).then_some(Value::List(names))
}

pub(super) fn topic(app: &App, id: ResourceId) -> Option<Value> {
    referred(app, id, "AWS::SNS::Topic", "TopicArn")
}

pub(super) fn secret_name(app: &App, id: ResourceId) -> Option<Value> {
    referred(app, id, "AWS::SecretsManager::Secret", "SecretId")
}

pub(super) fn protocols(app: &App, id: ResourceId) -> Option<Value> {
    if app.resource(id).kind != "AWS::SNS::Topic" {
        return None;
    }
    let inline = app.property(id, "Subscription").map(Value::elements).unwrap_or_default();
    let inline = inline.into_iter().filter_map(|subscription| subscription.get("Protocol").cloned());
    let apart = app
        .of_kind("AWS::SNS::Subscription")
        .filter(|other| app.property(*other, "TopicArn").is_some_and(|value| app.leads_to(value, id)))
        .filter_map(|other| app.property(other, "Protocol").cloned());
    Some(Value::List(inline.chain(apart).collect()))
}
