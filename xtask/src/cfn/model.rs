//! The merged model: every resource type of both sources, in one shape.
//!
//! Merging fills it, repairs correct it, emission and the schema table read it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Every type, by its CloudFormation name.
pub(crate) struct Model {
    pub(crate) types: BTreeMap<String, ResourceType>,
    /// Regions whose lists of types are data, sorted; copies of another region's list are left out.
    pub(crate) regions: Vec<String>,
}

/// One resource type.
#[derive(Default)]
pub(crate) struct ResourceType {
    pub(crate) name: String,
    pub(crate) documentation: String,
    /// The root object is `objects[0]`; nested definitions follow.
    pub(crate) objects: Vec<Object>,
    pub(crate) attributes: BTreeMap<String, Attribute>,
    pub(crate) primary_identifier: Vec<String>,
    /// The properties or attributes `Ref` returns, joined with `|` when there are several.
    pub(crate) reference: Vec<String>,
    pub(crate) reference_is_arn: bool,
    pub(crate) tagging: Option<Tagging>,
    pub(crate) stateful: bool,
    /// The transform a template needs for the type.
    pub(crate) transform: Option<String>,
    /// Whether any region's list of types holds it.
    pub(crate) is_listed: bool,
    pub(crate) missing_regions: BTreeSet<String>,
    pub(crate) create_only: BTreeSet<String>,
    pub(crate) conditional_create_only: BTreeSet<String>,
    pub(crate) write_only: BTreeSet<String>,
    pub(crate) read_only: BTreeSet<String>,
    pub(crate) permissions: BTreeMap<String, Vec<String>>,
    /// Rules beyond shape, as JSON schemas at a path.
    pub(crate) assertions: Vec<Assertion>,
}

/// An object: a type's properties or a nested definition.
#[derive(Default, Clone)]
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) documentation: String,
    pub(crate) properties: BTreeMap<String, Property>,
    pub(crate) constraints: Vec<Constraint>,
    /// Whether it takes properties beside those it names.
    pub(crate) is_open: bool,
}

/// A property of an object.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with its own source")]
pub(crate) struct Property {
    pub(crate) shape: Shape,
    pub(crate) documentation: String,
    pub(crate) required: bool,
    pub(crate) replaces: Replaces,
    pub(crate) write_only: bool,
    pub(crate) read_only: bool,
    pub(crate) deprecated: bool,
    /// The default the documentation or schema states, as JSON text.
    pub(crate) default: Option<String>,
}

/// Whether a change of a property replaces the resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Replaces {
    No,
    Maybe,
    Yes,
}

/// A value: its kind, and what bounds it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) allowed: Vec<String>,
    pub(crate) allowed_ignores_case: bool,
    pub(crate) bounds: Bounds,
    pub(crate) references: BTreeSet<Reference>,
    /// What the references come to, once they are settled.
    pub(crate) identity: Option<Identity>,
}

/// A typed id: an identifier of one type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Identity {
    pub(crate) target: String,
    pub(crate) kind: IdentityKind,
}

/// Which identifiers of the type will do.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum IdentityKind {
    /// Any: what `Ref` gives, a name, an id, an ARN.
    Any,
    /// Its ARN.
    Arn,
    /// This attribute, which `Ref` does not give.
    Attribute(String),
}

/// What a value is.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Kind {
    Json,
    Text,
    Timestamp,
    Integer,
    Number,
    Boolean,
    /// The `{Key, Value}` pair every service shares.
    Tag,
    /// `objects[n]` of the same type.
    Object(usize),
    List(Box<Shape>),
    Map(Box<Shape>),
    Union(Vec<Shape>),
}

/// Bounds of a scalar, a list or a map.
#[derive(Clone, Default, PartialEq, Debug)]
pub(crate) struct Bounds {
    pub(crate) pattern: Option<String>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) minimum_length: Option<u64>,
    pub(crate) maximum_length: Option<u64>,
    pub(crate) minimum_items: Option<u64>,
    pub(crate) maximum_items: Option<u64>,
    pub(crate) unique_items: bool,
    /// A named format such as `date-time` or `ipv4-network`.
    pub(crate) format: Option<String>,
}

/// A property that holds an identifier of another resource.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Reference {
    pub(crate) target: String,
    /// The attribute of the target that is expected, empty for `Ref`.
    pub(crate) attribute: String,
}

/// What `Fn::GetAtt` returns for a name.
pub(crate) struct Attribute {
    pub(crate) shape: Shape,
    pub(crate) documentation: String,
}

/// How a type is tagged.
pub(crate) struct Tagging {
    pub(crate) property: String,
    pub(crate) form: TagForm,
    pub(crate) on_create: bool,
    pub(crate) updatable: bool,
}

/// The shape of a type's tags.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagForm {
    /// A list of `{Key, Value}`.
    List,
    /// `{Key, Value, PropagateAtLaunch}`.
    AutoScaling,
    /// An object of names and values.
    Map,
}

/// A rule between properties of one object.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Constraint {
    /// When the first is set, all of the second must be.
    Requires(String, Vec<String>),
    /// When the first is set, none of the second may be.
    Excludes(String, Vec<String>),
    /// Exactly one of the sets must be present whole.
    ExactlyOne(Vec<Vec<String>>),
    /// At least one of the sets must be present whole.
    AtLeastOne(Vec<Vec<String>>),
}

/// A JSON schema that must hold at a path below `Properties`.
pub(crate) struct Assertion {
    /// The id of the rule it comes from, such as `E3638`; empty for the type's own schema.
    pub(crate) rule: String,
    /// Path below `Properties`, `*` for each item.
    pub(crate) path: String,
    pub(crate) schema: Value,
}

impl Shape {
    pub(crate) fn of(kind: Kind) -> Self {
        Self {
            kind,
            allowed: vec![],
            allowed_ignores_case: false,
            bounds: Bounds::default(),
            references: BTreeSet::new(),
            identity: None,
        }
    }

    /// The shape with nested definitions as plain JSON, for attributes: `Fn::GetAtt` reaches into no object.
    pub(crate) fn without_objects(self) -> Self {
        let kind = match self.kind {
            Kind::Object(_) | Kind::Union(_) => Kind::Json,
            Kind::List(element) => Kind::List(Box::new(element.without_objects())),
            Kind::Map(element) => Kind::Map(Box::new(element.without_objects())),
            kind => kind,
        };
        Self { kind, ..self }
    }

    /// The shape behind lists and maps.
    pub(crate) fn leaf(&self) -> &Self {
        match &self.kind {
            Kind::List(element) | Kind::Map(element) => element.leaf(),
            _ => self,
        }
    }

    /// The same, to change.
    pub(crate) fn leaf_mut(&mut self) -> &mut Self {
        if matches!(self.kind, Kind::List(_) | Kind::Map(_)) {
            let (Kind::List(element) | Kind::Map(element)) = &mut self.kind else { unreachable!() };
            return element.leaf_mut();
        }
        self
    }
}

impl Property {
    pub(crate) fn of(shape: Shape) -> Self {
        Self {
            shape,
            documentation: String::new(),
            required: false,
            replaces: Replaces::No,
            write_only: false,
            read_only: false,
            deprecated: false,
            default: None,
        }
    }
}

impl ResourceType {
    /// `EC2` of `AWS::EC2::VPC`.
    pub(crate) fn service(&self) -> &str {
        self.name.split("::").nth(1).unwrap_or_default()
    }

    /// `VPC` of `AWS::EC2::VPC`.
    pub(crate) fn short_name(&self) -> &str {
        self.name.split("::").nth(2).unwrap_or_default()
    }

    pub(crate) fn root(&self) -> &Object {
        &self.objects[0]
    }
}
