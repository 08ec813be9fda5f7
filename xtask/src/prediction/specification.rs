//! The resource specification: a tree of properties with an update type each.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value};

use crate::cfn::Failure;

const FILE: &str = "cfnlint/data/CloudSpecs/us-east-1.json";

/// How many steps a path has at most: what is deeper (rules within rules, charts within charts) says nothing new.
const STEPS: usize = 8;

/// The resource specification of one region.
pub(super) struct Specification(Value);

/// What a change does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Update {
    /// Nothing but the change.
    Mutable,
    /// An interruption, or a replacement.
    Conditional,
    /// A replacement.
    Immutable,
}

/// A property that holds no further ones.
pub(super) struct Leaf<'a> {
    pub(super) path: Vec<&'a str>,
    /// The strongest on the way to it.
    pub(super) update: Update,
    /// What each step is a property of: `AWS::X::Y`, then `AWS::X::Y Nested`.
    pub(super) owners: Vec<String>,
}

impl Update {
    pub(super) const fn letter(self) -> char {
        match self {
            Self::Mutable => 'M',
            Self::Conditional => 'C',
            Self::Immutable => 'I',
        }
    }
}

impl Specification {
    pub(super) fn read(package: &Path) -> Result<Self, Failure> {
        Ok(Self(serde_json::from_slice(&std::fs::read(package.join(FILE))?)?))
    }

    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        let names: BTreeSet<&String> = self.0["ResourceTypes"].as_object().into_iter().flat_map(Map::keys).collect();
        names.into_iter().map(String::as_str)
    }

    pub(super) fn leaves<'a>(&'a self, name: &str) -> Vec<Leaf<'a>> {
        let root = &self.0["ResourceTypes"][name]["Properties"];
        let mut walk = Walk { specification: self, name, found: vec![], path: vec![], owners: vec![] };
        walk.properties(root, name.to_owned(), Update::Mutable);
        walk.found
    }
}

struct Walk<'a, 'b> {
    specification: &'a Specification,
    name: &'b str,
    found: Vec<Leaf<'a>>,
    path: Vec<&'a str>,
    owners: Vec<String>,
}

impl<'a> Walk<'a, '_> {
    fn properties(&mut self, properties: &'a Value, owner: String, above: Update) {
        self.owners.push(owner);
        for (name, property) in properties.as_object().into_iter().flatten() {
            let update = match property["UpdateType"].as_str() {
                Some("Immutable") => Update::Immutable,
                Some("Conditional") => Update::Conditional,
                _ => Update::Mutable,
            };
            self.path.push(name);
            self.property(property, update.max(above));
            self.path.pop();
        }
        self.owners.pop();
    }

    fn property(&mut self, property: &'a Value, update: Update) {
        let inner = property["ItemType"].as_str().or_else(|| property["Type"].as_str());
        let types = &self.specification.0["PropertyTypes"];
        let found = inner.map(|inner| (inner, &types[format!("{}.{inner}", self.name)]));
        // Tags are the same in all types.
        let found = found.map(|(inner, own)| (inner, if own.is_null() { &types[inner] } else { own }));
        if let Some((inner, definition)) = found.filter(|(_, definition)| definition["Properties"].is_object()) {
            let owner = format!("{} {inner}", self.name);
            // A definition that holds itself ends here.
            if !self.owners.contains(&owner) && self.path.len() < STEPS {
                return self.properties(&definition["Properties"], owner, update);
            }
        }
        self.found.push(Leaf { path: self.path.clone(), update, owners: self.owners.clone() });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Specification, Update};

    #[test]
    fn the_strongest_on_the_way_counts_and_circles_end() {
        let property = |update: &str, inner: &str| json!({ "UpdateType": update, "Type": "List", "ItemType": inner });
        let specification = Specification(json!({
            "ResourceTypes": { "A::B::C": { "Properties": { "Parts": property("Immutable", "Part"), "Size": { "UpdateType": "Mutable" } } } },
            "PropertyTypes": { "A::B::C.Part": { "Properties": { "Name": { "UpdateType": "Mutable" }, "Parts": property("Mutable", "Part") } } },
        }));
        let leaves = specification.leaves("A::B::C");
        let paths: Vec<String> = leaves.iter().map(|leaf| leaf.path.join("/")).collect();
        assert_eq!(paths, ["Parts/Name", "Parts/Parts", "Size"]);
        assert!(leaves[0].update == Update::Immutable && leaves[2].update == Update::Mutable);
        assert_eq!(leaves[0].owners, ["A::B::C", "A::B::C Part"]);
    }
}
