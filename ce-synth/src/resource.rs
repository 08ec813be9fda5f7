//! Resources: typed handles to what lives in the tree.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::marker::PhantomData;

use crate::diagnostics::Place;
use crate::schema::Schemas;
use crate::scope::Scope;
use crate::tree::{NodeId, ResourceNode};
use crate::value::{Expr, IntoValue, Json, PropMap, Property, Token, Value};

/// A resource type of CloudFormation; implemented by generated code.
pub trait CfnResource: Sized + 'static {
    /// The type's name, `AWS::EC2::VPC`.
    const TYPE: &'static str;

    /// The table its properties are checked against.
    const SCHEMAS: &'static Schemas;

    /// What [`Scope::add`] gives: a `Copy` handle with the type's attributes.
    type Handle<'a>: Copy + From<Resource<'a, Self>>;

    /// The resource with these properties.
    fn from_properties(properties: PropMap) -> Self;

    /// The properties that are set.
    fn into_properties(self) -> PropMap;
}

/// The type of a resource that was added with [`Scope::raw`].
pub enum Raw {}

/// What CloudFormation does with a resource when it leaves the template or its stack is deleted.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionPolicy {
    /// It is deleted.
    Delete,
    /// It is kept.
    Retain,
    /// It is kept, unless its creation is being rolled back.
    RetainExceptOnCreate,
    /// A snapshot is kept; only databases, caches and volumes have one.
    Snapshot,
}

impl DeletionPolicy {
    /// The name in a template.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "Delete",
            Self::Retain => "Retain",
            Self::RetainExceptOnCreate => "RetainExceptOnCreate",
            Self::Snapshot => "Snapshot",
        }
    }
}

/// What CloudFormation does with the old resource when an update replaces it.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateReplacePolicy {
    /// It is deleted.
    Delete,
    /// It is kept.
    Retain,
    /// A snapshot is kept.
    Snapshot,
}

impl UpdateReplacePolicy {
    /// The name in a template.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "Delete",
            Self::Retain => "Retain",
            Self::Snapshot => "Snapshot",
        }
    }
}

/// A typed handle to a resource that lives in the app; `Copy`.
pub struct Resource<'a, R> {
    scope: Scope<'a>,
    marker: PhantomData<fn() -> R>,
}

impl<R> Clone for Resource<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Resource<'_, R> {}

impl<R> fmt::Debug for Resource<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scope.path())
    }
}

impl<'a, R> Resource<'a, R> {
    pub(crate) fn of(scope: Scope<'a>) -> Self {
        Self { scope, marker: PhantomData }
    }

    /// Its place in the tree; also a scope to add what belongs to it.
    pub fn scope(self) -> Scope<'a> {
        self.scope
    }

    /// Its node, to keep where no lifetime can be.
    pub fn node(self) -> NodeId {
        self.scope.node()
    }

    /// Its typed id, to keep where no lifetime can be; [`App::resource`](crate::App::resource) gives the handle back.
    pub fn id(self) -> ResourceId<R> {
        ResourceId { node: self.node(), marker: PhantomData }
    }

    /// `Ref`. Generated handles have it typed, as `ref_()`.
    pub fn reference<T>(self) -> Value<T> {
        Value::from_expr(Token::Ref(self.node()).into())
    }

    /// `Fn::GetAtt`. Generated handles have a typed method for each attribute.
    pub fn att<T>(self, attribute: impl Into<Cow<'static, str>>) -> Value<T> {
        Value::from_expr(Token::Att(self.node(), attribute.into()).into())
    }

    fn change(self, change: impl FnOnce(&mut ResourceNode)) -> Self {
        let mut tree = self.scope.app().tree.borrow_mut();
        if let Some(resource) = tree.resource_mut(self.node().index) {
            change(resource);
        }
        drop(tree);
        self
    }

    /// The raw value at a dotted path of properties, if it is set.
    pub fn peek(self, path: &str) -> Option<Expr> {
        let tree = self.scope.app().tree.borrow();
        let resource = tree.resource(self.node().index)?;
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let value = resource.properties.get(first)?;
        rest.map_or(Some(value), |rest| value.at(rest)).cloned()
    }

    /// Sets what the types do not know, by its path in the template: `Properties.Foo.Bar`, `UpdatePolicy`. The value is
    /// checked against the schema like any other; `serde_json::Value::Null` removes it.
    #[track_caller]
    pub fn set(self, path: &str, value: impl IntoValue<Json>) -> Self {
        let value = value.into_value().into_expr();
        let place = Place::here();
        let mut refused = None;
        self.change(|resource| {
            resource.changed = Some(place);
            let result = match path.split_once('.') {
                Some(("Properties", path)) => resource.properties.set_path(path, value),
                Some(("Metadata", path)) => resource.metadata.set_path(path, value),
                _ => resource.attributes.set_path(path, value),
            };
            refused = result.err().map(str::to_owned);
        });
        if let Some(part) = refused {
            crate::rules::raw_path::report(self.scope, path, &part);
        }
        self
    }

    /// Creates this resource after another one, where no reference says so (`DependsOn`).
    pub fn depends_on<O>(self, other: Resource<'_, O>) -> Self {
        let index = other.node().index;
        self.change(|resource| {
            if !resource.depends_on.contains(&index) {
                resource.depends_on.push(index);
            }
        })
    }

    /// What happens when it leaves the template. Default: `Retain` for types that hold data, else `Delete`.
    pub fn deletion_policy(self, policy: DeletionPolicy) -> Self {
        self.change(|resource| resource.deletion_policy = Some(policy))
    }

    /// What happens to the old one when an update replaces it. Default: `Retain` for types that hold data, else `Delete`.
    pub fn update_replace_policy(self, policy: UpdateReplacePolicy) -> Self {
        self.change(|resource| resource.update_replace_policy = Some(policy))
    }

    /// Adds to the resource's `Metadata`. Default: the construct path alone.
    pub fn metadata(self, key: &'static str, value: impl IntoValue<Json>) -> Self {
        let value = value.into_value().into_expr();
        self.change(|resource| resource.metadata.set(key, value))
    }

    /// Makes it exist only when a condition holds. Default: it always exists.
    pub fn when(self, condition: NodeId) -> Self {
        self.change(|resource| resource.condition = Some(condition.index))
    }

    /// Says which line made it, where that is not the one that added it: what is placed at synthesis.
    pub fn made_at(self, place: Place) -> Self {
        self.scope.app().tree.borrow_mut().nodes[self.node().index as usize].at = place;
        self
    }

    /// Gives it a logical id, as when a template is taken over. Default: made from its path.
    pub fn with_logical_id(self, id: impl Into<String>) -> Self {
        self.change(|resource| resource.logical_id = Some(id.into()))
    }
}

impl<R: CfnResource> Resource<'_, R> {
    /// Changes the resource in place, with its own setters: `vpc.update(|vpc| vpc.enable_dns_support(true))`.
    #[track_caller]
    pub fn update(self, change: impl FnOnce(R) -> R) -> Self {
        let place = Place::here();
        // Out of its slot while `change` runs, which may use the app.
        let mut taken = PropMap::new();
        self.change(|resource| taken = std::mem::take(&mut resource.properties));
        let properties = change(R::from_properties(taken)).into_properties();
        self.change(|resource| {
            resource.properties = properties;
            resource.changed = Some(place);
        })
    }

    /// The value of a property, if it is set.
    pub fn read<T>(self, property: Property<R, T>) -> Option<Value<T>> {
        self.peek(property.name()).map(Value::from_expr)
    }
}

impl Resource<'_, Raw> {
    /// The type's name.
    pub fn type_name(self) -> String {
        let tree = self.scope.app().tree.borrow();
        tree.resource(self.node().index).map(|resource| resource.type_name.to_string()).unwrap_or_default()
    }
}

/// A resource without its app's lifetime.
pub struct ResourceId<R> {
    node: NodeId,
    marker: PhantomData<fn() -> R>,
}

impl<R> ResourceId<R> {
    /// The node.
    pub fn node(self) -> NodeId {
        self.node
    }
}

impl<R> Clone for ResourceId<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for ResourceId<R> {}

impl<R> fmt::Debug for ResourceId<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl<R> PartialEq for ResourceId<R> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<R> Eq for ResourceId<R> {}

impl ResourceNode {
    pub(crate) fn new(type_name: Cow<'static, str>, properties: PropMap, schemas: Option<&'static Schemas>) -> Self {
        Self {
            type_name,
            schemas,
            schema: OnceCell::new(),
            properties,
            depends_on: Vec::new(),
            deletion_policy: None,
            update_replace_policy: None,
            condition: None,
            metadata: PropMap::new(),
            attributes: PropMap::new(),
            logical_id: None,
            changed: None,
            tagged: true,
        }
    }
}
