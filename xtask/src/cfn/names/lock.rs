//! The lock of Rust names: a name once given never moves.
//!
//! Names follow from AWS names by rule; the lock keeps them when the rule, or what they could clash with, changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::words::{constant, pascal, snake};
use crate::cfn::Failure;

type Pins = BTreeMap<String, String>;

/// `xtask/cfn/names.lock.json`.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Lock {
    /// Service segment of a type name to module.
    services: Pins,
    /// Type name to struct.
    types: Pins,
    /// Property or attribute name to method, wherever it stands.
    members: Pins,
    /// Value of an enumeration to constant, wherever it stands.
    constants: Pins,
    /// Type name to the Rust names inside its module: `Definition` to struct, `Definition.Property` to enumeration.
    nested: BTreeMap<String, Pins>,
    /// Where two names of one scope would be the same: scope to name to the one that gave way.
    clashes: BTreeMap<String, Pins>,
}

/// Names a nested type cannot have: generated text uses them for something else.
const RESERVED: [&str; 12] = [
    "IntoVal", "Val", "ListOf", "MapOf", "AnyJson", "PropMap", "TypedKey", "String", "Self", "Resource", "Option",
    "Default",
];

/// Methods of `Resource`, which an attribute's method must not hide.
const RESERVED_MEMBERS: [&str; 14] = [
    "id",
    "scope",
    "reference",
    "att",
    "update",
    "read",
    "set",
    "depends_on",
    "deletion_policy",
    "update_replace_policy",
    "metadata",
    "when",
    "ref_",
    "resource",
];

impl Lock {
    pub(crate) fn read(home: &Path) -> Result<Self, Failure> {
        match fs::read_to_string(home.join("names.lock.json")) {
            Ok(text) => Ok(serde_json::from_str(&text)?),
            Err(_) => Ok(Self::default()),
        }
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text.into_bytes()
    }

    /// `ec2` for `AWS::EC2::VPC`.
    pub(crate) fn service(&mut self, segment: &str) -> String {
        pin(&mut self.services, segment, || segment.to_ascii_lowercase())
    }

    /// `Vpc` for `AWS::EC2::VPC`.
    pub(crate) fn resource(&mut self, name: &str) -> String {
        pin(&mut self.types, name, || pascal(name.rsplit("::").next().unwrap_or(name)))
    }

    /// Methods for the properties of one object, or for the attributes of one handle.
    pub(crate) fn members<'a>(
        &mut self,
        scope: &str,
        names: impl Iterator<Item = &'a str>,
        attributes: bool,
    ) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let mut given = vec![];
        for name in names {
            let mut method = pin(&mut self.members, name, || snake(name));
            if attributes && RESERVED_MEMBERS.contains(&method.as_str()) {
                method = format!("att_{}", method.trim_end_matches('_'));
            }
            given.push(self.settle(scope, name, method, &mut taken));
        }
        given
    }

    /// Constants for the values of one enumeration.
    pub(crate) fn constants(&mut self, scope: &str, values: &[String]) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let mut given = vec![];
        for value in values {
            let name = pin(&mut self.constants, value, || constant(value));
            given.push(self.settle(scope, value, name, &mut taken));
        }
        given
    }

    /// Keeps a name apart from those already given in its scope, and pins the one that gave way.
    fn settle(&mut self, scope: &str, key: &str, name: String, taken: &mut BTreeSet<String>) -> String {
        let pinned = self.clashes.get(scope).and_then(|pins| pins.get(key)).cloned();
        let name = pinned.unwrap_or(name);
        if taken.insert(name.clone()) {
            return name;
        }
        let mut number = 2;
        while !taken.insert(format!("{name}_{number}")) {
            number += 1;
        }
        let separated = format!("{name}_{number}");
        self.clashes.entry(scope.to_owned()).or_default().insert(key.to_owned(), separated.clone());
        separated
    }

    /// The struct of a nested definition.
    pub(crate) fn nested(&mut self, resource: &str, definition: &str) -> String {
        let base = pascal(definition);
        self.inside(resource, definition, &[base.clone(), format!("{base}Property"), format!("{base}Settings")])
    }

    /// The enumeration of a property; one name for equal lists of values is the caller's business.
    pub(crate) fn enumeration(&mut self, resource: &str, definition: &str, property: &str) -> String {
        let (base, owner) = (pascal(property), pascal(definition));
        let key = format!("{definition}.{property}");
        self.inside(resource, &key, &[base.clone(), format!("{owner}{base}"), format!("{owner}{base}Value")])
    }

    fn inside(&mut self, resource: &str, key: &str, candidates: &[String]) -> String {
        let own = self.resource(resource);
        let pins = self.nested.entry(resource.to_owned()).or_default();
        if let Some(name) = pins.get(key) {
            return name.clone();
        }
        let is_free = |name: &str| {
            name != own
                && name != format!("{own}Ref")
                && !RESERVED.contains(&name)
                && !pins.values().any(|taken| taken == name)
        };
        let last = candidates.last().cloned().unwrap_or_default();
        let numbered = (2..).map(|n| format!("{last}{n}"));
        let name = candidates.iter().cloned().chain(numbered).find(|name| is_free(name)).unwrap_or(last);
        pins.insert(key.to_owned(), name.clone());
        name
    }

    /// `Ec2Vpc`: the id marker of a type, and `Ec2VpcArn` for its ARN.
    pub(crate) fn id(&mut self, name: &str) -> String {
        let service = pascal(name.split("::").nth(1).unwrap_or_default());
        service + &self.resource(name)
    }
}

fn pin(pins: &mut Pins, key: &str, propose: impl FnOnce() -> String) -> String {
    pins.entry(key.to_owned()).or_insert_with(propose).clone()
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn a_pinned_name_survives_a_new_neighbour() {
        let mut lock = Lock::default();
        assert_eq!(lock.enumeration("AWS::A::B", "B", "Mode"), "Mode");
        // A definition that appears later takes another name, and the enumeration keeps its own.
        assert_eq!(lock.nested("AWS::A::B", "Mode"), "ModeProperty");
        assert_eq!(lock.enumeration("AWS::A::B", "B", "Mode"), "Mode");
    }

    #[test]
    fn two_spellings_in_one_scope_are_kept_apart() {
        let mut lock = Lock::default();
        let names = lock.members("AWS::A::B", ["CertificateAuthority", "certificateAuthority"].into_iter(), false);
        assert_eq!(names, ["certificate_authority", "certificate_authority_2"]);
        let again = lock.members("AWS::A::B", ["certificateAuthority"].into_iter(), false);
        assert_eq!(again, ["certificate_authority_2"]);
    }

    #[test]
    fn an_attribute_does_not_hide_a_method_of_the_handle() {
        let mut lock = Lock::default();
        assert_eq!(lock.members("AWS::A::B@", ["Id", "Arn"].into_iter(), true), ["att_id", "arn"]);
    }

    #[test]
    fn a_resource_is_not_shadowed_by_its_own_definition() {
        let mut lock = Lock::default();
        assert_eq!(lock.nested("AWS::EC2::Subnet", "Subnet"), "SubnetProperty");
        assert_eq!(lock.nested("AWS::EC2::Subnet", "String"), "StringProperty");
    }
}
