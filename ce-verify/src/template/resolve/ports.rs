//! `Endpoint.Port`: the port of a database or cache, given or by its engine.

use super::Resolver;
use crate::template::json::Json;
use crate::template::value::{ResourceId, Value};

/// How the engine's name begins, and its port.
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html>, `Port`
const PORTS: &[(&str, &str)] = &[
    ("aurora-postgresql", "5432"),
    ("aurora-mysql", "3306"),
    ("postgres", "5432"),
    ("mysql", "3306"),
    ("mariadb", "3306"),
    ("sqlserver", "1433"),
    ("oracle", "1521"),
    ("redis", "6379"),
    ("valkey", "6379"),
];

impl Resolver<'_> {
    pub(super) fn endpoint_port(&self, id: ResourceId, attribute: &str) -> Option<Value> {
        if !attribute.ends_with(".Port") {
            return None;
        }
        let resource = self.app.resource(id);
        if let Some(written) = resource.written("Port") {
            return self.resolve(resource.stack, written);
        }
        let engine = resource.written("Engine").and_then(Json::as_text)?;
        let known = PORTS.iter().find(|(name, _)| engine.starts_with(name));
        known.map(|(_, port)| Value::text(*port))
    }
}
