//! A place in the tree.

use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Finding, Place, Severity};
use crate::document::{Document, FileNode};
use crate::environment::Environment;
use crate::resource::{CfnResource, Raw, Resource};
use crate::stack::Stack;
use crate::template::{Output, Parameter, ParameterRef};
use crate::tree::{ConditionNode, MappingNode, NodeId, NodeKind, OutputNode, ResourceNode};
use crate::value::{Expr, IntoValue, PropMap, Value};
use crate::{App, Region};

/// A place in the tree where constructs and resources are added: an app and a node, `Copy`.
///
/// A construct takes a scope and an id, opens its own scope with [`child`](Scope::child), adds to that, and keeps the
/// handles it got.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    app: &'a App,
    index: u32,
}

impl<'a> Scope<'a> {
    pub(crate) fn of(app: &'a App, index: u32) -> Self {
        Self { app, index }
    }

    /// The app it belongs to.
    pub fn app(self) -> &'a App {
        self.app
    }

    /// The node, to keep where no lifetime can be.
    pub fn node(self) -> NodeId {
        NodeId { app: self.app.number(), index: self.index }
    }

    /// Ids from the root down: `Shop/Api/Service`.
    pub fn path(self) -> String {
        self.app.tree.borrow().path_of(self.index)
    }

    /// Its own id, the last part of the path.
    pub fn id(self) -> String {
        self.app.tree.borrow().node(self.index).id.to_string()
    }

    /// A new scope below this one.
    #[track_caller]
    pub fn child(self, id: &str) -> Self {
        self.app.add(self.index, id, NodeKind::Scope, Place::here())
    }

    /// The resource of type `R` that was already added at a path below this scope, such as `DefaultPolicy/Resource`:
    /// for constructs that make a part of theirs at its first use.
    pub fn find<R: CfnResource>(self, path: &str) -> Option<R::Handle<'a>> {
        let tree = self.app.tree.borrow();
        let index = path.split('/').try_fold(self.index, |here, id| tree.node(here).children.get(id).copied())?;
        let found = tree.resource(index).is_some_and(|resource| resource.type_name == R::TYPE);
        found.then(|| Resource::<R>::of(Scope::of(self.app, index)).into())
    }

    /// The stack it belongs to.
    ///
    /// # Panics
    /// On the app's root, which is in no stack.
    #[track_caller]
    pub fn stack(self) -> Stack<'a> {
        let index = self.app.tree.borrow().stack_of(self.index);
        let index = index.expect("the app's root is in no stack: add it to one made with `app.stack(..)`");
        Stack { scope: Scope::of(self.app, index) }
    }

    /// Where its stack is deployed.
    #[track_caller]
    pub fn environment(self) -> Environment {
        let stack = self.stack();
        self.app.read_stack(stack.node(), |stack| stack.environment).expect("a stack's node is a stack")
    }

    /// The region its stack is deployed to.
    #[track_caller]
    pub fn region(self) -> Region {
        self.environment().region
    }

    /// Adds a typed resource.
    #[track_caller]
    pub fn add<R: CfnResource>(self, id: &str, resource: R) -> R::Handle<'a> {
        let node = ResourceNode::new(R::TYPE.into(), resource.into_properties(), Some(R::SCHEMAS));
        Resource::<R>::of(self.add_resource(id, node, Place::here())).into()
    }

    /// Adds a resource of a type that is not typed here, or not in this version.
    #[track_caller]
    pub fn raw<K, const N: usize>(
        self,
        id: &str,
        type_name: impl Into<Cow<'static, str>>,
        properties: [(K, Expr); N],
    ) -> Resource<'a, Raw>
    where
        K: Into<Cow<'static, str>>,
    {
        let properties = properties.into_iter().map(|(key, value)| (key.into(), value)).collect();
        let schemas = *self.app.schemas.borrow();
        Resource::of(self.add_resource(id, ResourceNode::new(type_name.into(), properties, schemas), Place::here()))
    }

    fn add_resource(self, id: &str, node: ResourceNode, at: Place) -> Self {
        self.app.add(self.index, id, NodeKind::Resource(Box::new(node)), at)
    }

    /// Adds a template parameter.
    #[track_caller]
    pub fn parameter(self, id: &str, parameter: Parameter) -> ParameterRef<'a> {
        let scope = self.app.add(self.index, id, NodeKind::Parameter(Box::new(parameter.into_node())), Place::here());
        ParameterRef::of(scope)
    }

    /// Adds an output of the stack.
    #[track_caller]
    pub fn output(self, id: &str, value: impl IntoValue<String>) -> Output<'a> {
        let value = value.into_value().into_expr();
        let node = OutputNode { value, description: None, export: None, condition: None };
        Output { scope: self.app.add(self.index, id, NodeKind::Output(Box::new(node)), Place::here()) }
    }

    /// Adds a condition; its node is used by [`if_`](crate::value::if_) and [`Resource::when`].
    #[track_caller]
    pub fn condition(self, id: &str, test: crate::template::Test) -> NodeId {
        let node = ConditionNode { test: test.into_expr() };
        self.app.add(self.index, id, NodeKind::Condition(Box::new(node)), Place::here()).node()
    }

    /// Adds a mapping of two levels of keys; its node is used by [`find_in_map`](crate::value::find_in_map).
    #[track_caller]
    pub fn mapping<const N: usize>(self, id: &str, entries: [(&'static str, PropMap); N]) -> NodeId {
        let entries = entries.into_iter().map(|(key, inner)| (key.into(), inner.into())).collect();
        self.app.add(self.index, id, NodeKind::Mapping(Box::new(MappingNode { entries })), Place::here()).node()
    }

    /// Adds a file to the assembly, by its path below the assembly's folder: a runbook, a workflow. What it names is
    /// read at synthesis, see [`Document`].
    #[track_caller]
    pub fn file(self, path: impl Into<String>, contents: impl Into<Document>) {
        let file = FileNode { scope: self.index, path: path.into(), document: contents.into(), at: Place::here() };
        self.app.tree.borrow_mut().files.push(file);
    }

    /// Tags every resource of the subtree that takes tags; a tag nearer to the resource wins.
    pub fn tag(self, key: impl Into<Cow<'static, str>>, value: impl IntoValue<String>) -> Self {
        let value: Value<String> = value.into_value();
        let mut tree = self.app.tree.borrow_mut();
        let tags = &mut tree.extras_mut(self.index).tags;
        let key = key.into();
        tags.retain(|(known, _)| *known != key);
        tags.push((key, value.into_expr()));
        self
    }

    /// Accepts findings of a code in the subtree, for a reason that is recorded in the assembly.
    pub fn accept(self, code: Code, reason: impl Into<String>) -> Self {
        self.app.tree.borrow_mut().extras_mut(self.index).waivers.push((code, reason.into()));
        self
    }

    /// Keeps the logical ids of a subtree that had another path below its stack: `scope.moved_from("Old/Path")`.
    pub fn moved_from(self, path: impl Into<String>) -> Self {
        self.app.tree.borrow_mut().extras_mut(self.index).moved_from = Some(path.into());
        self
    }

    /// Records an error about this scope, at the caller's line.
    #[track_caller]
    pub fn error(self, code: Code, message: impl Into<String>) -> Finding<'a> {
        self.record(code, Severity::Error, message.into(), Place::here())
    }

    /// Records a warning about this scope, at the caller's line.
    #[track_caller]
    pub fn warning(self, code: Code, message: impl Into<String>) -> Finding<'a> {
        self.record(code, Severity::Warning, message.into(), Place::here())
    }

    fn record(self, code: Code, severity: Severity, message: String, at: Place) -> Finding<'a> {
        let path = self.path();
        let finding = Diagnostic { code, severity, message, path, at: Some(at), notes: Vec::new(), help: None };
        self.app.record(self.index, finding)
    }
}
