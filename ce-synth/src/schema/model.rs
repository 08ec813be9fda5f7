//! What the table holds about a type.

use std::sync::OnceLock;

use super::Fragment;

/// A resource type.
#[derive(Debug)]
pub struct TypeSchema {
    /// The type's name, `AWS::EC2::VPC`.
    pub name: &'static str,
    /// The root object, then its nested definitions; [`Kind::Object`] counts into this list.
    pub objects: Vec<ObjectSchema>,
    /// What `Fn::GetAtt` takes, sorted by name; nested names are dotted (`Endpoint.Address`).
    pub attributes: Vec<AttributeSchema>,
    /// What `Ref` gives.
    pub reference: RefSchema,
    /// The properties and attributes that identify a resource of the type in its account and region.
    pub primary_identifier: Vec<&'static str>,
    /// How it is tagged; none when it is not.
    pub tagging: Option<TaggingSchema>,
    /// Whether it holds data that is lost with it.
    pub stateful: bool,
    /// The transform a template needs for the type, such as `AWS::Serverless-2016-10-31`.
    pub transform: Option<&'static str>,
    /// Paths that cannot change in place, `Name` or `Nested/*/Name`; a change replaces the resource.
    pub create_only: Vec<&'static str>,
    /// Paths of which some changes replace the resource.
    pub conditional_create_only: Vec<&'static str>,
    /// Paths that no read gives back, passwords for one.
    pub write_only: Vec<&'static str>,
    /// Paths that AWS sets.
    pub read_only: Vec<&'static str>,
    /// Rules beyond shape.
    pub assertions: Vec<Assertion>,
    pub(super) missing_regions: Vec<&'static str>,
    pub(super) listed_regions: Vec<&'static str>,
}

/// An object: a type's properties, or a nested definition.
#[derive(Debug)]
pub struct ObjectSchema {
    /// The AWS name of the definition; the type's short name for the root.
    pub name: &'static str,
    /// Sorted by name.
    pub properties: Vec<PropertySchema>,
    /// Whether it takes other properties too, as a custom resource does.
    pub open: bool,
    /// Rules between its properties.
    pub constraints: Vec<Constraint>,
}

/// A property of an object.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with its own source")]
pub struct PropertySchema {
    /// The name in a template.
    pub name: &'static str,
    /// What it takes.
    pub value: ValueSchema,
    /// Whether CloudFormation refuses the object without it.
    pub required: bool,
    /// Whether a change of it replaces the resource.
    pub replacement: Replacement,
    /// Whether no read gives it back.
    pub write_only: bool,
    /// Whether AWS sets it.
    pub read_only: bool,
    /// Whether AWS advises against it.
    pub deprecated: bool,
    /// What holds when it is unset, as JSON text, where AWS says so.
    pub default: Option<&'static str>,
}

/// Whether a change of a property replaces its resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Replacement {
    /// It is updated in place.
    Never,
    /// It depends on the values.
    Conditional,
    /// It is replaced.
    Always,
}

/// A value: its kind and its bounds.
#[derive(Debug)]
pub struct ValueSchema {
    /// What it is.
    pub kind: Kind,
    /// The values AWS lists; empty when any is taken. Numbers are in their decimal form.
    pub enumeration: Vec<&'static str>,
    /// Whether AWS compares with those without regard to case.
    pub enumeration_ignores_case: bool,
    /// Its bounds.
    pub bounds: Bounds,
    /// The resources it may identify; several when AWS takes any of them.
    pub references: Vec<Reference>,
}

/// What a value is.
#[derive(Debug)]
pub enum Kind {
    /// Anything.
    Json,
    /// A text.
    String,
    /// A text with a point in time, in ISO 8601.
    Timestamp,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `{Key, Value}`.
    Tag,
    /// The object at this place of [`TypeSchema::objects`].
    Object(usize),
    /// A list.
    List(Box<ValueSchema>),
    /// An object with free keys.
    Map(Box<ValueSchema>),
    /// One of several.
    OneOf(Vec<ValueSchema>),
}

/// Bounds of a value; lengths are in characters, inclusive as all others.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Bounds {
    /// A regular expression that is found somewhere in the text, in the syntax of `regex-lite`.
    pub pattern: Option<&'static str>,
    /// Smallest number.
    pub minimum: Option<f64>,
    /// Largest number.
    pub maximum: Option<f64>,
    /// Shortest text.
    pub minimum_length: Option<u64>,
    /// Longest text.
    pub maximum_length: Option<u64>,
    /// Fewest items of a list.
    pub minimum_items: Option<u64>,
    /// Most items of a list.
    pub maximum_items: Option<u64>,
    /// Whether no two items of a list are equal.
    pub unique_items: bool,
    /// A named format: `date-time`, `json`, `ipv4-network`, `ipv6-network`, `uri`.
    pub format: Option<&'static str>,
}

/// A resource that a value may identify.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reference {
    /// The type, `AWS::EC2::VPC`.
    pub type_name: &'static str,
    /// What of it is expected: an attribute, a property, or a word for them (`Id`, `Arn`, `Name`).
    pub attribute: &'static str,
}

/// What `Fn::GetAtt` takes.
#[derive(Debug)]
pub struct AttributeSchema {
    /// Its name, dotted when nested.
    pub name: &'static str,
    /// What it gives.
    pub value: ValueSchema,
}

/// What `Ref` gives.
#[derive(Debug)]
pub struct RefSchema {
    /// Its kind.
    pub kind: RefKind,
    /// The properties or attributes it is made of.
    pub identifier: Vec<&'static str>,
}

/// The kind of a `Ref`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefKind {
    /// A name or an id.
    Identifier,
    /// An ARN.
    Arn,
    /// Several identifiers, joined with `|`.
    Composite,
    /// The sources do not say.
    Unknown,
}

/// How a type is tagged.
#[derive(Debug)]
pub struct TaggingSchema {
    /// The property that holds the tags.
    pub property: &'static str,
    /// Its shape.
    pub form: TagForm,
    /// Whether tags are there from the first moment on; else CloudFormation adds them right after.
    pub on_create: bool,
    /// Whether tags can change without replacement.
    pub updatable: bool,
}

/// The shape of tags.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TagForm {
    /// A list of `{Key, Value}`.
    List,
    /// A list of `{Key, Value, PropagateAtLaunch}`.
    AutoScaling,
    /// An object of names and values.
    Map,
}

/// A rule between the properties of one object.
#[derive(Debug, PartialEq)]
pub enum Constraint {
    /// When the first is set, all others must be.
    Requires(&'static str, Vec<&'static str>),
    /// When the first is set, none of the others may be.
    Excludes(&'static str, Vec<&'static str>),
    /// Exactly one of the sets must be there whole.
    ExactlyOne(Vec<Vec<&'static str>>),
    /// At least one of the sets must be there whole.
    AtLeastOne(Vec<Vec<&'static str>>),
}

/// A rule that a piece of JSON Schema states about the value at a path.
#[derive(Debug)]
pub struct Assertion {
    /// The rule of cfn-lint it comes from (`E3638`; a first letter `W` or `I` is a lesser finding), empty when the
    /// type's own schema states it.
    pub rule: &'static str,
    /// Path below the properties, `*` for each item (`SecurityGroupIngress/*`); empty for the properties themselves.
    pub path: &'static str,
    pub(super) text: &'static str,
    pub(super) decoded: OnceLock<Fragment>,
}

impl Assertion {
    /// What must hold; decoded on first use.
    pub fn fragment(&self) -> &Fragment {
        self.decoded.get_or_init(|| serde_json::from_str(self.text).unwrap_or_default())
    }
}

impl TypeSchema {
    /// The object of the properties.
    pub fn root(&self) -> &ObjectSchema {
        &self.objects[0]
    }

    /// The object a [`Kind::Object`] counts to.
    pub fn object(&self, index: usize) -> &ObjectSchema {
        self.objects.get(index).unwrap_or(&self.objects[0])
    }

    /// The property at a path such as `Listeners.*.Port`; `/` separates as well, and `*` may be left out.
    pub fn property(&self, path: &str) -> Option<&PropertySchema> {
        let mut steps = path.split(['.', '/']).filter(|step| *step != "*");
        let mut property = self.root().property(steps.next()?)?;
        for step in steps {
            let Kind::Object(index) = property.value.leaf().kind else { return None };
            property = self.object(index).property(step)?;
        }
        Some(property)
    }

    /// What `Fn::GetAtt` gives for a name.
    pub fn attribute(&self, name: &str) -> Option<&AttributeSchema> {
        let at = self.attributes.binary_search_by(|attribute| attribute.name.cmp(name)).ok()?;
        Some(&self.attributes[at])
    }

    /// Whether the type is missing in a region; none when the sources have no list for the region.
    pub fn is_missing_in(&self, region: &str) -> Option<bool> {
        self.listed_regions.contains(&region).then(|| self.missing_regions.contains(&region))
    }

    /// The regions known to lack the type.
    pub fn missing_regions(&self) -> &[&'static str] {
        &self.missing_regions
    }
}

impl ObjectSchema {
    /// The property with this name.
    pub fn property(&self, name: &str) -> Option<&PropertySchema> {
        let at = self.properties.binary_search_by(|property| property.name.cmp(name)).ok()?;
        Some(&self.properties[at])
    }

    /// The names of what is required.
    pub fn required(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.properties.iter().filter(|property| property.required).map(|property| property.name)
    }
}

impl ValueSchema {
    /// The value behind lists and maps.
    pub fn leaf(&self) -> &Self {
        match &self.kind {
            Kind::List(element) | Kind::Map(element) => element.leaf(),
            _ => self,
        }
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }
}
