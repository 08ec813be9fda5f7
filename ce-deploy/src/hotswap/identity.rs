//! What Cloud Control knows a resource by.

use ce_synth::schema::TypeSchema;
use serde_json::Value;

use crate::template::as_text;

/// What Cloud Control knows a resource by, from what `Ref` gives of it: the same, or that and properties, joined with
/// `|`. None where neither is so. Source: Cloud Control user guide, "Identifying resources".
pub(super) fn identifier(schema: &TypeSchema, physical: &str, properties: &Value) -> Option<String> {
    let (primary, given) = (&schema.primary_identifier, &schema.reference.identifier);
    if primary == given {
        return Some(physical.to_owned());
    }
    let [first, rest @ ..] = primary.as_slice() else { return None };
    if given.as_slice() != [*first] {
        return None;
    }
    let text = |name: &&str| Some(as_text(properties.get(*name)?)?.into_owned()).filter(|text| !text.is_empty());
    let rest = rest.iter().map(text).collect::<Option<Vec<_>>>()?;
    Some(std::iter::once(physical.to_owned()).chain(rest).collect::<Vec<_>>().join("|"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::identifier;
    use crate::hotswap::types;

    #[test]
    fn every_type_that_is_swapped_can_be_named() {
        let properties = json!({ "Cluster": "apps" });
        for (type_name, _) in types() {
            let schema = ce_cfn::SCHEMAS.find(type_name).unwrap();
            let found = identifier(schema, "id", &properties);
            let wanted = if type_name == "AWS::ECS::Service" { "id|apps" } else { "id" };
            assert_eq!(found.as_deref(), Some(wanted), "{type_name}: {:?}", schema.reference);
        }
    }

    #[test]
    fn what_cannot_be_named_is_not() {
        let service = ce_cfn::SCHEMAS.find("AWS::ECS::Service").unwrap();
        assert_eq!(identifier(service, "id", &json!({})), None, "the default cluster is not named");
        let rule = ce_cfn::SCHEMAS.find("AWS::Events::Rule").unwrap();
        assert_eq!(identifier(rule, "name", &json!({ "Name": "name" })), None, "its ARN is not what `Ref` gives");
    }
}
