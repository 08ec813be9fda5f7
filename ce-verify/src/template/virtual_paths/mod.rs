//! Virtual paths: values of a resource that no property holds, worked out from the resources around it.
//!
//! One file a family. A virtual path that makes no sense for a type yields nothing, as a missing property does.

pub(crate) mod attributes;
pub(crate) mod identity;
pub(crate) mod network;
pub(crate) mod notification;
pub(crate) mod rules;
pub(crate) mod scaling;
pub(crate) mod tags;

use crate::template::app::App;
use crate::template::value::{ResourceId, Value};

/// Every virtual path of a resource, besides `@tag.X`.
pub const NAMES: &[&str] = &[
    "ingress",
    "egress",
    "statements",
    "service_principal",
    "task_role_of",
    "has_default_route",
    "public",
    "subnet_cidr",
    "topic",
    "secret_name",
    "protocols",
    "scaling_target",
    "window_s",
    "DependsOn",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "region",
    "identity",
];

/// The value of a virtual path of a resource.
pub(crate) fn value(app: &App, id: ResourceId, name: &str) -> Option<Value> {
    match name {
        "ingress" => rules::ingress(app, id),
        "egress" => rules::egress(app, id),
        "statements" => identity::statements(app, id),
        "service_principal" => identity::service_principal(app, id),
        "task_role_of" => identity::task_role_of(app, id),
        "has_default_route" => network::has_default_route(app, id),
        "public" => network::is_public(app, id),
        "subnet_cidr" => network::subnet_cidr(app, id),
        "topic" => notification::topic(app, id),
        "secret_name" => notification::secret_name(app, id),
        "protocols" => notification::protocols(app, id),
        "scaling_target" => scaling::target(app, id),
        "window_s" => scaling::window(app, id),
        "DependsOn" | "DeletionPolicy" | "UpdateReplacePolicy" => attributes::attribute(app, id, name),
        "region" => Some(Value::text(&app.stack_of(id).region)),
        "identity" => Some(attributes::called(app, id)),
        _ => None,
    }
}
