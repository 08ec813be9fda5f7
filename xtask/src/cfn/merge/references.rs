//! Which properties hold identifiers of other resources.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::schema::{Place, Schema};
use crate::cfn::model::{Kind, Reference, ResourceType, Shape};

/// Names that the sources use for a type, and the type's own name.
const ALIASES: [(&str, &str); 1] = [("AWS::ACM::Certificate", "AWS::CertificateManager::Certificate")];

/// What the service specification says about a property.
pub(crate) fn of_spec(property: &Value) -> BTreeSet<Reference> {
    let listed = property["relationshipRefs"].as_array().into_iter().flatten();
    listed
        .filter_map(|node| Some(reference(node["cloudFormationType"].as_str()?, node["propertyName"].as_str()?)))
        .collect()
}

/// What a schema's `format` and `relationshipRef` say, those of its alternatives included.
pub(crate) fn of_schema(schema: Schema<'_>, place: &Place<'_>) -> BTreeSet<Reference> {
    let mut found: BTreeSet<Reference> = here(place).into_iter().collect();
    for alternative in schema.alternatives(place) {
        found.extend(here(&alternative));
    }
    found
}

fn here(place: &Place<'_>) -> Option<Reference> {
    if let Some(node) = place.find("relationshipRef") {
        let attribute = node["propertyPath"].as_str()?.trim_start_matches("/properties/");
        return Some(reference(node["typeName"].as_str()?, attribute));
    }
    let (target, attribute) = place.text("format")?.split_once('.')?;
    // `Ids` and `Names` mark a list.
    let attribute = if matches!(attribute, "Ids" | "Names") { attribute.trim_end_matches('s') } else { attribute };
    target.contains("::").then(|| reference(target, attribute))
}

fn reference(target: &str, attribute: &str) -> Reference {
    let named = ALIASES.iter().find(|(alias, _)| *alias == target).map_or(target, |(_, name)| name);
    Reference { target: named.to_owned(), attribute: attribute.replace('/', ".") }
}

/// Drops references to types that do not exist, and those of a type's own name to itself.
pub(crate) fn keep_known(
    merged: &mut ResourceType,
    resources: &BTreeMap<&str, &Value>,
    schemas: &BTreeMap<String, Value>,
) {
    let own = merged.name.clone();
    let known = |target: &str| resources.contains_key(target) || schemas.contains_key(target);
    for (index, object) in merged.objects.iter_mut().enumerate() {
        for (name, property) in &mut object.properties {
            let is_own_name =
                |reference: &Reference| index == 0 && reference.target == own && reference.attribute == *name;
            retain(&mut property.shape, &|reference| known(&reference.target) && !is_own_name(reference));
        }
    }
    for (name, attribute) in &mut merged.attributes {
        retain(&mut attribute.shape, &|reference| {
            known(&reference.target) && !(reference.target == own && reference.attribute == *name)
        });
    }
}

fn retain(shape: &mut Shape, keep: &dyn Fn(&Reference) -> bool) {
    shape.references.retain(|reference| keep(reference));
    match &mut shape.kind {
        Kind::List(element) | Kind::Map(element) => retain(element, keep),
        Kind::Union(members) => members.iter_mut().for_each(|member| retain(member, keep)),
        _ => {}
    }
}
