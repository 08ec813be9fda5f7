//! `Ref`, `Fn::GetAtt`, exports and stack outputs: where a value leads, and what is known of it.
//!
//! A reference to a resource with a physical name resolves to that name; an ARN attribute to an ARN made from it.
//! Resources that only stand for another one (an attachment of a secret, an alias of a key) lead to both.

use super::{Resolver, as_text, unknown};
use crate::template::json::Json;
use crate::template::naming::{arn_service, is_global};
use crate::template::value::{Lead, ResourceId, Text, Value};

/// Types that stand for the resource one of their properties names.
const STAND_INS: &[(&str, &str)] = &[
    ("AWS::KMS::Alias", "TargetKeyId"),
    ("AWS::Lambda::Alias", "FunctionName"),
    ("AWS::Lambda::Version", "FunctionName"),
    ("AWS::SecretsManager::SecretTargetAttachment", "SecretId"),
];

impl Resolver<'_> {
    pub(super) fn reference(&self, stack: usize, name: &str) -> Option<Value> {
        let place = &self.app.stacks[stack];
        match name {
            "AWS::NoValue" => None,
            "AWS::Region" => Some(Value::text(&place.region)),
            "AWS::AccountId" => Some(Value::text(&place.account)),
            "AWS::Partition" => Some(Value::text(partition(&place.region))),
            "AWS::StackName" => Some(Value::text(&place.name)),
            "AWS::URLSuffix" => Some(Value::text(url_suffix(&place.region))),
            "AWS::NotificationARNs" => Some(Value::List(Vec::new())),
            _ if place.entry("Parameters", name).is_some() => self.hop(|| self.parameter(stack, name)),
            _ => Some(
                self.app
                    .find(stack, name)
                    .map_or_else(|| unknown(&format!("{}.{name}", place.name)), |id| self.resource_reference(id, None)),
            ),
        }
    }

    fn parameter(&self, stack: usize, name: &str) -> Option<Value> {
        let place = &self.app.stacks[stack];
        let declared = place.entry("Parameters", name)?;
        let kind = declared.get("Type").and_then(Json::as_text).unwrap_or("String");
        let bound = match place.parent {
            Some(parent) => {
                let resource = self.app.resource(parent);
                resource.written(&format!("Parameters.{name}")).and_then(|json| self.resolve(resource.stack, json))
            }
            None => place.parameters.iter().find(|(given, _)| given == name).map(|(_, json)| Value::from(json)),
        };
        let lead = vec![Lead::Parameter(name.to_owned())];
        let value = match (bound, declared.get("Default")) {
            (Some(bound), _) => bound,
            (None, Some(default)) if !kind.starts_with("AWS::SSM::Parameter::Value") => {
                Value::Text(Text::leading(self.text(stack, default).full(), false, lead))
            }
            _ => Value::Text(Text::leading(format!("<{}.{name}>", place.name), true, lead)),
        };
        Some(if kind.starts_with("List<") || kind == "CommaDelimitedList" { listed(value) } else { value })
    }

    pub(super) fn attribute(&self, stack: usize, argument: &Json) -> Value {
        let (name, attribute) = match argument {
            Json::List(parts) => {
                let mut parts = parts.iter().map(|part| self.text(stack, part).full());
                (parts.next().unwrap_or_default(), parts.collect::<Vec<_>>().join("."))
            }
            other => {
                let text = other.as_text().unwrap_or_default();
                let (name, attribute) = text.split_once('.').unwrap_or((text, ""));
                (name.to_owned(), attribute.to_owned())
            }
        };
        self.app.find(stack, &name).map_or_else(
            || unknown(&format!("{}.{name}.{attribute}", self.app.stacks[stack].name)),
            |id| self.resource_reference(id, Some(&attribute)),
        )
    }

    fn resource_reference(&self, id: ResourceId, attribute: Option<&str>) -> Value {
        let mut leads = vec![Lead::Resource { id, attribute: attribute.map(str::to_owned) }];
        leads.extend(self.stood_for(id));
        let known = self.hop(|| match attribute {
            None => self.name_text(id).filter(Text::is_known).map(Value::Text),
            Some(attribute) => self.known_attribute(id, attribute),
        });
        match known {
            Some(Value::List(elements)) => {
                Value::List(elements.into_iter().map(|element| leading(element, &leads)).collect())
            }
            Some(value) => leading(value, &leads),
            None => Value::Text(Text::leading(self.marker(id, attribute), true, leads)),
        }
    }

    /// The name of a resource, resolved as far as possible.
    pub(crate) fn name_text(&self, id: ResourceId) -> Option<Text> {
        let resource = self.app.resource(id);
        let written = resource.written(&self.app.naming_property(id)?)?;
        let value = self.hop(|| self.resolve(resource.stack, written))?;
        matches!(value, Value::Text(_) | Value::Number(_)).then(|| as_text(Some(value)))
    }

    fn known_attribute(&self, id: ResourceId, attribute: &str) -> Option<Value> {
        let resource = self.app.resource(id);
        if let Some(output) = attribute.strip_prefix("Outputs.") {
            let nested = self.app.stacks.iter().position(|stack| stack.parent == Some(id))?;
            return self.output(nested, output);
        }
        if attribute.starts_with("/cdk/exports/") {
            return self.written_export(attribute);
        }
        if let Some(written) = resource.written(attribute) {
            return self.resolve(resource.stack, written);
        }
        if let Some(port) = self.endpoint_port(id, attribute) {
            return Some(port);
        }
        let naming = self.app.naming_property(id);
        if attribute == "Name" || naming.as_deref() == Some(attribute) {
            return self.name_text(id).filter(Text::is_known).map(Value::Text);
        }
        (attribute.ends_with("Arn") && !attribute.contains('.')).then(|| self.arn(id, attribute))
    }

    fn arn(&self, id: ResourceId, attribute: &str) -> Value {
        let resource = self.app.resource(id);
        let stack = self.app.stack_of(id);
        let service = arn_service(&resource.kind);
        let region = if is_global(&resource.kind) { "" } else { &stack.region };
        let account = if service == "s3" { "" } else { &stack.account };
        let kind = resource.kind.rsplit("::").next().unwrap_or_default().to_lowercase();
        let path = if service == "s3" { String::new() } else { format!("{kind}/") };
        let mut text = Text::literal(format!("arn:{}:{service}:{region}:{account}:{path}", partition(&stack.region)));
        text.append(match self.name_text(id).filter(Text::is_known) {
            Some(name) => name,
            None => Text::leading(self.marker(id, Some(attribute)), true, Vec::new()),
        });
        Value::Text(text)
    }

    /// The resources that a stand-in leads to.
    fn stood_for(&self, id: ResourceId) -> Vec<Lead> {
        let resource = self.app.resource(id);
        let target = STAND_INS.iter().find(|(kind, _)| *kind == resource.kind);
        let written = target.and_then(|(_, property)| resource.written(property));
        let value = written.and_then(|json| self.hop(|| self.resolve(resource.stack, json)));
        value.map(|value| value.leads()).unwrap_or_default()
    }

    /// A CDK export across Regions: a custom resource that writes parameters in the other Region.
    fn written_export(&self, name: &str) -> Option<Value> {
        self.app.of_kind("Custom::CrossRegionExportWriter").find_map(|id| {
            let writer = self.app.resource(id);
            let written = writer.written("WriterProps.exports")?.get(name)?;
            self.resolve(writer.stack, written)
        })
    }

    pub(super) fn import(&self, stack: usize, argument: &Json) -> Value {
        let name = self.text(stack, argument).full();
        let region = &self.app.stacks[stack].region;
        let exporter = self.app.stacks.iter().enumerate().filter(|(_, other)| other.region == *region);
        let found = exporter
            .flat_map(|(index, other)| other.section("Outputs").iter().map(move |(key, output)| (index, key, output)));
        found
            .filter_map(|(index, key, output)| Some((index, key, output.get("Export")?.get("Name")?)))
            .find(|(index, _, export)| self.text(*index, export).full() == name)
            .and_then(|(index, key, _)| self.output(index, key))
            .unwrap_or_else(|| unknown(&name))
    }

    pub(super) fn stack_output(&self, stack: usize, argument: &Json) -> Value {
        let part = |name: &str| argument.get(name).map(|json| self.text(stack, json).full());
        let (Some(name), Some(output)) = (part("StackName"), part("OutputName")) else {
            return Value::Null;
        };
        let region = part("Region").unwrap_or_else(|| self.app.stacks[stack].region.clone());
        let place = self.app.stacks.iter().position(|other| other.name == name && other.region == region);
        place
            .and_then(|index| self.output(index, &output))
            .unwrap_or_else(|| unknown(&format!("{region}.{name}.{output}")))
    }

    fn output(&self, stack: usize, name: &str) -> Option<Value> {
        let written = self.app.stacks[stack].entry("Outputs", name)?.get("Value")?;
        self.hop(|| self.resolve(stack, written))
    }

    /// What stands for a value that only `CloudFormation` knows.
    fn marker(&self, id: ResourceId, attribute: Option<&str>) -> String {
        let resource = self.app.resource(id);
        let dot = if attribute.is_some() { "." } else { "" };
        let stack = &self.app.stack_of(id).name;
        format!("<{stack}.{}{dot}{}>", resource.logical_id, attribute.unwrap_or_default())
    }
}

/// A text whose every piece leads to the resource, besides where it led before.
fn leading(value: Value, leads: &[Lead]) -> Value {
    let mut text = as_text(Some(value));
    for piece in &mut text.pieces {
        piece.leads.extend_from_slice(leads);
    }
    Value::Text(text)
}

fn listed(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::List(
            text.split(",")
                .into_iter()
                .map(|mut part| {
                    for piece in &mut part.pieces {
                        piece.text = piece.text.trim().to_owned();
                    }
                    Value::Text(part)
                })
                .collect(),
        ),
        other => other,
    }
}

fn partition(region: &str) -> &'static str {
    match region.split('-').next() {
        Some("cn") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

fn url_suffix(region: &str) -> &'static str {
    if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }
}
