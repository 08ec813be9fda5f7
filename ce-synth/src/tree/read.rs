//! Reading the tree: for checks, tests and synthesis.

use std::marker::PhantomData;
use std::sync::Arc;

use super::node::{Extras, Node, NodeId, NodeKind, ResourceNode, StackNode};
use crate::diagnostics::Place;
use crate::document::FileNode;
use crate::environment::Environment;
use crate::resource::CfnResource;
use crate::value::{Expr, PropMap, Property, Value};

/// Every node of an app; read-only for checks.
pub struct Tree {
    pub(crate) app: u32,
    pub(crate) nodes: Vec<Node>,
    pub(crate) files: Vec<FileNode>,
}

impl Tree {
    /// The number of nodes; an index into an arena of over four billion would not fit its ids.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.nodes.len()).expect("an app has fewer than four billion nodes")
    }

    pub(crate) fn id(&self, index: u32) -> NodeId {
        NodeId { app: self.app, index }
    }

    pub(crate) fn node(&self, index: u32) -> &Node {
        &self.nodes[index as usize]
    }

    pub(crate) fn resource(&self, index: u32) -> Option<&ResourceNode> {
        match &self.node(index).kind {
            NodeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    pub(crate) fn resource_mut(&mut self, index: u32) -> Option<&mut ResourceNode> {
        match &mut self.nodes[index as usize].kind {
            NodeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    pub(crate) fn stack(&self, index: u32) -> Option<&StackNode> {
        match &self.node(index).kind {
            NodeKind::Stack(stack) => Some(stack),
            _ => None,
        }
    }

    pub(crate) fn extras_mut(&mut self, index: u32) -> &mut Extras {
        self.nodes[index as usize].extras.get_or_insert_default()
    }

    /// Node indices from `index` up to the root.
    pub(crate) fn upwards(&self, index: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(index), |here| self.node(*here).parent)
    }

    /// The stack a node belongs to; `None` for the root.
    pub(crate) fn stack_of(&self, index: u32) -> Option<u32> {
        self.upwards(index).find(|here| self.stack(*here).is_some())
    }

    /// Ids from the root down, `Shop/Api/Service`; empty for the root.
    pub fn path(&self, node: NodeId) -> String {
        self.path_of(node.index)
    }

    pub(crate) fn path_of(&self, index: u32) -> String {
        let mut parts: Vec<&str> = self.upwards(index).map(|here| &*self.node(here).id).collect();
        parts.pop();
        parts.reverse();
        parts.join("/")
    }

    /// Ids below the stack, the ground of logical ids; a subtree that was moved answers its old path.
    pub(crate) fn path_in_stack(&self, index: u32) -> Vec<Arc<str>> {
        let mut parts = Vec::new();
        for here in self.upwards(index) {
            let node = self.node(here);
            if matches!(node.kind, NodeKind::Stack(_) | NodeKind::Root) {
                break;
            }
            if let Some(old) = node.extras.as_ref().and_then(|extras| extras.moved_from.as_deref()) {
                parts.extend(old.rsplit('/').map(Arc::from));
                break;
            }
            parts.push(node.id.clone());
        }
        parts.reverse();
        parts
    }

    /// Ids below the stack joined by slashes, as logical ids are made from them: what was moved answers its old path.
    pub fn lasting_path(&self, node: NodeId) -> String {
        self.path_in_stack(node.index).join("/")
    }

    /// Ids below the stack as they are now, whatever was moved.
    pub(crate) fn path_in_stack_now(&self, index: u32) -> String {
        let below = |here: &u32| !matches!(self.node(*here).kind, NodeKind::Stack(_) | NodeKind::Root);
        let mut parts: Vec<&str> = self.upwards(index).take_while(below).map(|here| &*self.node(here).id).collect();
        parts.reverse();
        parts.join("/")
    }

    /// Stacks, in the order they were made.
    pub(crate) fn stacks(&self) -> impl Iterator<Item = (u32, &StackNode)> {
        (0..self.count()).filter_map(|index| Some((index, self.stack(index)?)))
    }

    /// The nodes of all stacks, in the order they were made.
    pub fn stack_nodes(&self) -> impl Iterator<Item = NodeId> {
        self.stacks().map(|(index, _)| self.id(index))
    }

    pub(crate) fn resource_nodes(&self) -> impl Iterator<Item = (u32, &ResourceNode)> {
        (0..self.count()).filter_map(|index| Some((index, self.resource(index)?)))
    }

    /// Every resource of type `R`.
    pub fn resources<R: CfnResource>(&self) -> impl Iterator<Item = Found<'_, R>> {
        let found = self.resource_nodes().filter(|(_, resource)| resource.type_name == R::TYPE);
        found.map(|(index, resource)| Found { tree: self, index, resource, marker: PhantomData })
    }

    /// Every resource, whatever its type; read its properties as untyped expressions.
    pub fn all_resources(&self) -> impl Iterator<Item = Found<'_, ()>> {
        let found = self.resource_nodes();
        found.map(|(index, resource)| Found { tree: self, index, resource, marker: PhantomData })
    }

    /// Where the stack of a node is deployed.
    pub fn environment(&self, node: NodeId) -> Option<Environment> {
        self.stack_of(node.index).and_then(|stack| self.stack(stack)).map(|stack| stack.environment)
    }
}

/// A resource that was found in the tree.
pub struct Found<'t, R> {
    tree: &'t Tree,
    index: u32,
    resource: &'t ResourceNode,
    marker: PhantomData<fn() -> R>,
}

impl<'t, R> Found<'t, R> {
    /// The node, to report on.
    pub fn node(&self) -> NodeId {
        self.tree.id(self.index)
    }

    /// The construct path.
    pub fn path(&self) -> String {
        self.tree.path_of(self.index)
    }

    /// The CloudFormation type.
    pub fn type_name(&self) -> &'t str {
        &self.resource.type_name
    }

    /// The line that made it.
    pub fn at(&self) -> Place {
        self.tree.node(self.index).at
    }

    /// All properties that are set.
    pub fn properties(&self) -> &'t PropMap {
        &self.resource.properties
    }

    /// The raw value at a dotted path of properties.
    pub fn at_path(&self, path: &str) -> Option<&'t Expr> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let value = self.resource.properties.get(first)?;
        rest.map_or(Some(value), |rest| value.at(rest))
    }
}

impl<R: CfnResource> Found<'_, R> {
    /// The value of a property, if it is set.
    pub fn read<T>(&self, property: Property<R, T>) -> Option<Value<T>> {
        self.resource.properties.get(property.name()).cloned().map(Value::from_expr)
    }
}
