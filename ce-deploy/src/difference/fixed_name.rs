//! Resources that cannot be replaced, because the new one would have the name of the old one.

use std::collections::BTreeSet;

use ce_synth::schema::{Kind, TypeSchema};
use serde_json::Value;

use crate::json::canonical;

/// The property that gives a name which must be unique and does not change; none if the replacement finds a name.
/// `changed` are the properties that differ, also those that only follow another resource.
///
/// A name is a property that identifies the resource, or one that is called after it (`TargetGroup.Name`,
/// `SecurityGroup.GroupName`) and cannot change. Source: CloudFormation user guide, "Name type".
pub(super) fn fixed_name(schema: &TypeSchema, properties: &Value, changed: &BTreeSet<&str>) -> Option<&'static str> {
    let kept = |name: &str| !properties[name].is_null() && !changed.contains(name);
    let identifier = &schema.primary_identifier;
    if identifier.iter().all(|name| schema.root().property(name).is_some_and(|property| !property.read_only)) {
        let all = !identifier.is_empty() && identifier.iter().all(|name| kept(name));
        return identifier.first().copied().filter(|_| all);
    }
    named(schema, kept)
}

/// What identifies a resource before it is made: its type, the property to name first, and the values; none if AWS finds
/// a part of it, or no property has it.
pub(super) fn identity(schema: &TypeSchema, properties: &Value) -> Option<(&'static str, &'static str, Vec<String>)> {
    let names = &schema.primary_identifier;
    let value = |name: &&'static str| {
        let is_input = schema.root().property(name).is_some_and(|property| !property.read_only);
        properties.get(name).filter(|value| is_input && !value.is_null()).map(canonical)
    };
    if let Some(values) = names.iter().map(value).collect::<Option<Vec<_>>>() {
        return Some((schema.name, names.first().copied()?, values));
    }
    // AWS finds the identifier, and the name must be unique all the same: that of a security group in its network.
    let name = named(schema, |name| !properties[name].is_null())?;
    Some((schema.name, name, vec![canonical(&properties[name]), canonical(&properties["VpcId"])]))
}

/// The property that a resource is called after, and that cannot change.
fn named(schema: &TypeSchema, is_it: impl Fn(&str) -> bool) -> Option<&'static str> {
    let short = schema.name.rsplit("::").next().unwrap_or_default();
    let mut names = schema.create_only.iter().copied();
    names.find(|name| is_called_after(short, name) && is_text(schema, name) && is_it(name))
}

/// Why such a resource cannot be replaced, in words.
pub(super) fn same_name(property: &str) -> String {
    format!("the new one would have the same `{property}` as the old one, which is still there")
}

fn is_called_after(short: &str, property: &str) -> bool {
    let stem = property.strip_suffix("Name").or_else(|| property.strip_suffix("Identifier"));
    stem.is_some_and(|stem| stem.is_empty() || short.ends_with(stem))
}

fn is_text(schema: &TypeSchema, name: &str) -> bool {
    schema.root().property(name).is_some_and(|property| matches!(property.value.kind, Kind::String))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::fixed_name;

    #[test]
    fn a_name_that_stays_is_in_the_way() {
        let of = |name: &str, properties: serde_json::Value, changed: &[&str]| {
            let schema = ce_cfn::SCHEMAS.find(name).unwrap();
            fixed_name(schema, &properties, &changed.iter().copied().collect::<BTreeSet<_>>())
        };
        let table = json!({ "TableName": "orders" });
        assert_eq!(of("AWS::DynamoDB::Table", table.clone(), &["KeySchema"]), Some("TableName"));
        assert_eq!(of("AWS::DynamoDB::Table", table, &["KeySchema", "TableName"]), None);
        assert_eq!(of("AWS::DynamoDB::Table", json!({}), &["KeySchema"]), None);
        let group = json!({ "GroupName": "web", "VpcId": "vpc-1" });
        assert_eq!(of("AWS::EC2::SecurityGroup", group, &["VpcId"]), Some("GroupName"));
        let targets = json!({ "Name": "web", "Port": 80 });
        assert_eq!(of("AWS::ElasticLoadBalancingV2::TargetGroup", targets, &["Port"]), Some("Name"));
    }
}
