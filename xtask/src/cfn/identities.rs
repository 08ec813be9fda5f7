//! What identifies what: turns references into the typed ids of properties and attributes.
//!
//! A property takes one of three kinds of identifier of a type: any (what `Ref` gives, a name, an id or an ARN), the ARN
//! only, or one attribute only, where `Ref` gives something else (`AllocationId` of an address).

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Identity, IdentityKind, Kind, Model, Reference, ResourceType, Shape};
use super::names::words::words;

/// Types whose identifier AWS takes in place of another's.
pub(crate) const STAND_INS: [(&str, &str); 4] = [
    ("AWS::KMS::Alias", "AWS::KMS::Key"),
    ("AWS::KMS::ReplicaKey", "AWS::KMS::Key"),
    ("AWS::Lambda::Alias", "AWS::Lambda::Function"),
    ("AWS::Lambda::Version", "AWS::Lambda::Function"),
];

/// Settles the identity of every property and attribute.
pub(crate) fn settle(model: &mut Model) {
    let facts: BTreeMap<String, Facts> =
        model.types.iter().map(|(name, resource)| (name.clone(), Facts::of(resource))).collect();
    let mut wanted = BTreeSet::new();
    for resource in model.types.values_mut() {
        for object in &mut resource.objects {
            for (name, property) in &mut object.properties {
                settle_property(property.shape.leaf_mut(), name, &facts, &mut wanted);
            }
        }
    }
    for resource in model.types.values_mut() {
        let own = &facts[&resource.name];
        for (name, attribute) in &mut resource.attributes {
            let leaf = attribute.shape.leaf_mut();
            if !matches!(leaf.kind, Kind::Text) {
                continue;
            }
            let asked = wanted
                .contains(&Identity { target: resource.name.clone(), kind: IdentityKind::Attribute(name.clone()) });
            leaf.identity = if asked {
                Some(Identity { target: resource.name.clone(), kind: IdentityKind::Attribute(name.clone()) })
            } else if own.is_own_arn(name) {
                Some(Identity { target: resource.name.clone(), kind: IdentityKind::Arn })
            } else if own.identifies(name) {
                Some(Identity { target: resource.name.clone(), kind: IdentityKind::Any })
            } else {
                identity(&leaf.references, name, &facts)
            };
        }
    }
}

fn settle_property(leaf: &mut Shape, name: &str, facts: &BTreeMap<String, Facts>, wanted: &mut BTreeSet<Identity>) {
    if matches!(leaf.kind, Kind::Text) {
        leaf.identity = identity(&leaf.references, name, facts);
        wanted.extend(leaf.identity.clone());
    }
}

/// The one thing all references agree on; none when they name several types, or an attribute that is no identifier.
fn identity(references: &BTreeSet<Reference>, name: &str, facts: &BTreeMap<String, Facts>) -> Option<Identity> {
    let targets: BTreeSet<&str> = references.iter().map(|reference| stands_for(&reference.target)).collect();
    let (1, Some(target)) = (targets.len(), targets.first()) else { return None };
    let identity = |kind| Some(Identity { target: (*target).to_owned(), kind });
    if is_arn(name) || references.iter().all(|reference| is_arn(&reference.attribute)) {
        return identity(IdentityKind::Arn);
    }
    let facts = facts.get(*target)?;
    let others: BTreeSet<&str> = references
        .iter()
        .map(|reference| reference.attribute.as_str())
        .filter(|attribute| !is_arn(attribute))
        .collect();
    if others.iter().any(|attribute| facts.is_any(attribute)) {
        return identity(IdentityKind::Any);
    }
    match (others.len(), others.first()) {
        (1, Some(attribute)) if facts.attributes.contains(*attribute) => {
            identity(IdentityKind::Attribute((*attribute).to_owned()))
        }
        _ => None,
    }
}

fn stands_for(target: &str) -> &str {
    STAND_INS.iter().find(|(stand_in, _)| *stand_in == target).map_or(target, |(_, name)| name)
}

fn is_arn(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    last.ends_with("arn") || last.ends_with("arns")
}

/// What a type is identified by.
struct Facts {
    reference: Vec<String>,
    primary: Vec<String>,
    own_words: String,
    members: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

impl Facts {
    fn of(resource: &ResourceType) -> Self {
        Self {
            reference: resource.reference.clone(),
            primary: resource.primary_identifier.clone(),
            own_words: words(resource.short_name()).join("_"),
            members: resource.attributes.keys().chain(resource.root().properties.keys()).cloned().collect(),
            attributes: resource.attributes.keys().cloned().collect(),
        }
    }

    /// Whether a reference to this attribute takes whatever identifies the type.
    fn is_any(&self, attribute: &str) -> bool {
        if attribute == "Name" && !self.members.contains("Name") {
            // A name is asked for where `Ref` gives an id: not the same thing.
            return !matches!(&self.reference[..], [one] if one.ends_with("Id"));
        }
        let is_word = !self.members.contains(attribute);
        is_word
            || attribute == "Id"
            || self.reference.len() != 1
            || self.reference == ["Id"]
            || self.identifies(attribute)
    }

    fn identifies(&self, attribute: &str) -> bool {
        self.reference == [attribute] || self.primary == [attribute]
    }

    fn is_own_arn(&self, attribute: &str) -> bool {
        let name = words(attribute).join("_");
        name == "arn"
            || name == format!("{}_arn", self.own_words)
            || (name.ends_with("_arn") && self.identifies(attribute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(reference: &[&str], primary: &[&str], members: &[&str]) -> BTreeMap<String, Facts> {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let facts = Facts {
            reference: texts(reference),
            primary: texts(primary),
            own_words: "eip".into(),
            members: texts(members).into_iter().collect(),
            attributes: texts(members).into_iter().collect(),
        };
        BTreeMap::from([("AWS::EC2::EIP".to_owned(), facts)])
    }

    fn of(attributes: &[&str], name: &str, facts: &BTreeMap<String, Facts>) -> Option<IdentityKind> {
        let references = attributes
            .iter()
            .map(|attribute| Reference { target: "AWS::EC2::EIP".into(), attribute: (*attribute).into() })
            .collect();
        identity(&references, name, facts).map(|identity| identity.kind)
    }

    #[test]
    fn an_attribute_that_ref_does_not_give_is_a_kind_of_its_own() {
        let facts = facts(&["PublicIp"], &["PublicIp", "AllocationId"], &["PublicIp", "AllocationId"]);
        assert_eq!(of(&["AllocationId"], "AllocationId", &facts), Some(IdentityKind::Attribute("AllocationId".into())));
        assert_eq!(of(&["PublicIp"], "EIP", &facts), Some(IdentityKind::Any));
        assert_eq!(of(&["PublicIp", "AllocationId"], "EIP", &facts), Some(IdentityKind::Any));
        assert_eq!(of(&["Arn"], "Role", &facts), Some(IdentityKind::Arn));
        assert_eq!(of(&["Id"], "EipArns", &facts), Some(IdentityKind::Arn));
    }

    #[test]
    fn a_name_is_not_what_a_ref_that_is_an_id_gives() {
        let facts = facts(&["Id"], &["Id"], &["GroupId"]);
        assert_eq!(of(&["Name"], "SecurityGroups", &facts), None);
        assert_eq!(of(&["GroupId"], "SecurityGroupId", &facts), Some(IdentityKind::Any));
    }

    #[test]
    fn several_types_are_no_type() {
        let facts = facts(&["Id"], &["Id"], &[]);
        let references = ["AWS::EC2::EIP", "AWS::EC2::VPC"]
            .map(|target| Reference { target: target.into(), attribute: "Id".into() });
        assert_eq!(identity(&references.into_iter().collect(), "X", &facts), None);
    }
}
