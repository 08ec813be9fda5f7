//! The Rust type of a shape, and the enumerations it needs.

use crate::cfn::model::{Identity, IdentityKind, Kind, ResourceType, Shape};
use crate::cfn::names;

use super::ids::Ids;

/// Longer lists of values stay plain texts in Rust; the schema table still has them.
const LONGEST_ENUMERATION: usize = 200;

/// What text of one resource's file is made with.
pub(crate) struct Scope<'a> {
    pub(crate) resource: &'a ResourceType,
    pub(crate) names: &'a mut names::Lock,
    pub(crate) ids: &'a mut Ids,
    pub(crate) enumerations: Vec<Enumeration>,
}

/// An enumeration of the file.
pub(crate) struct Enumeration {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    /// The property it was named by, for its documentation.
    pub(crate) property: String,
}

impl Scope<'_> {
    /// The Rust type of a property.
    pub(crate) fn property(&mut self, object: &str, name: &str, shape: &Shape) -> String {
        match &shape.kind {
            Kind::List(element) => format!("ListOf<{}>", self.property(object, name, element)),
            Kind::Map(element) => format!("MapOf<{}>", self.property(object, name, element)),
            Kind::Text if is_enumeration(shape) => self.enumeration(object, name, shape),
            Kind::Text => self.identifier(shape).unwrap_or_else(|| "String".to_owned()),
            Kind::Timestamp => "String".to_owned(),
            Kind::Integer => "i64".to_owned(),
            Kind::Number => "f64".to_owned(),
            Kind::Boolean => "bool".to_owned(),
            Kind::Json | Kind::Union(_) => "AnyJson".to_owned(),
            Kind::Tag => "crate::Tag".to_owned(),
            Kind::Object(index) => {
                let definition = self.resource.objects[*index].name.clone();
                self.names.nested(&self.resource.name, &definition)
            }
        }
    }

    /// The Rust type of an attribute.
    pub(crate) fn attribute(&mut self, shape: &Shape) -> String {
        match &shape.kind {
            Kind::List(element) => format!("ListOf<{}>", self.attribute(element)),
            Kind::Map(element) => format!("MapOf<{}>", self.attribute(element)),
            Kind::Text => self.identifier(shape).unwrap_or_else(|| "String".to_owned()),
            Kind::Timestamp => "String".to_owned(),
            Kind::Integer => "i64".to_owned(),
            Kind::Number => "f64".to_owned(),
            Kind::Boolean => "bool".to_owned(),
            Kind::Json | Kind::Union(_) | Kind::Object(_) => "AnyJson".to_owned(),
            Kind::Tag => "crate::Tag".to_owned(),
        }
    }

    /// The marker of an identity.
    pub(crate) fn marker(&mut self, target: &str, kind: IdentityKind) -> String {
        let identity = Identity { target: target.to_owned(), kind };
        format!("ids::{}", self.ids.marker(self.names, &identity, &self.resource.name))
    }

    fn identifier(&mut self, shape: &Shape) -> Option<String> {
        let identity = shape.identity.clone()?;
        Some(self.marker(&identity.target, identity.kind))
    }

    fn enumeration(&mut self, object: &str, name: &str, shape: &Shape) -> String {
        let equal = |known: &&Enumeration| known.property == name && known.values == shape.allowed;
        if let Some(known) = self.enumerations.iter().find(equal) {
            return known.name.clone();
        }
        let rust = self.names.enumeration(&self.resource.name, object, name);
        self.enumerations.push(Enumeration {
            name: rust.clone(),
            values: shape.allowed.clone(),
            property: name.to_owned(),
        });
        rust
    }
}

fn is_enumeration(shape: &Shape) -> bool {
    (1..=LONGEST_ENUMERATION).contains(&shape.allowed.len())
}
