//! Nodes: what the arena is made of.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::diagnostics::{Code, Place};
use crate::environment::Environment;
use crate::resource::{DeletionPolicy, UpdateReplacePolicy};
use crate::schema::{Schemas, TypeSchema};
use crate::stack::Sharing;
use crate::value::{Expr, PropMap};

/// The place of a node in its app's arena; names the app too, so that nodes of two apps are never mixed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    pub(crate) app: u32,
    pub(crate) index: u32,
}

pub(crate) struct Node {
    pub(crate) parent: Option<u32>,
    pub(crate) id: Arc<str>,
    pub(crate) kind: NodeKind,
    pub(crate) at: Place,
    pub(crate) children: IndexMap<Arc<str>, u32>,
    /// What few nodes have; boxed to keep the others small.
    pub(crate) extras: Option<Box<Extras>>,
}

/// Settings of a scope that few scopes have.
#[derive(Default)]
pub(crate) struct Extras {
    pub(crate) tags: Vec<(Cow<'static, str>, Expr)>,
    pub(crate) waivers: Vec<(Code, String)>,
    pub(crate) moved_from: Option<String>,
}

pub(crate) enum NodeKind {
    Root,
    Scope,
    Stack(Box<StackNode>),
    Resource(Box<ResourceNode>),
    Parameter(Box<ParameterNode>),
    Output(Box<OutputNode>),
    Condition(Box<ConditionNode>),
    Mapping(Box<MappingNode>),
}

pub(crate) struct StackNode {
    pub(crate) environment: Environment,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) termination_protection: bool,
    pub(crate) sharing: Sharing,
    /// The role that lets other accounts read its outputs.
    pub(crate) reader_role: Option<String>,
    /// Paths of resources that were taken out on purpose.
    pub(crate) removed: Vec<String>,
    pub(crate) needs: Vec<u32>,
    pub(crate) transforms: Vec<Cow<'static, str>>,
    pub(crate) independent_of: Vec<u32>,
}

pub(crate) struct ResourceNode {
    pub(crate) type_name: Cow<'static, str>,
    pub(crate) schemas: Option<&'static Schemas>,
    /// The type's schema, once it was looked up.
    pub(crate) schema: OnceCell<Option<&'static TypeSchema>>,
    pub(crate) properties: PropMap,
    pub(crate) depends_on: Vec<u32>,
    pub(crate) deletion_policy: Option<DeletionPolicy>,
    pub(crate) update_replace_policy: Option<UpdateReplacePolicy>,
    pub(crate) condition: Option<u32>,
    pub(crate) metadata: PropMap,
    /// `CreationPolicy`, `UpdatePolicy` and whatever else is set raw beside the properties.
    pub(crate) attributes: PropMap,
    pub(crate) logical_id: Option<String>,
    /// Where the properties were last changed, if they were.
    pub(crate) changed: Option<Place>,
    pub(crate) tagged: bool,
}

pub(crate) struct ParameterNode {
    pub(crate) body: PropMap,
    pub(crate) kept_from: Option<Expr>,
}

pub(crate) struct OutputNode {
    pub(crate) value: Expr,
    pub(crate) description: Option<String>,
    pub(crate) export: Option<Expr>,
    pub(crate) condition: Option<u32>,
}

pub(crate) struct ConditionNode {
    pub(crate) test: Expr,
}

pub(crate) struct MappingNode {
    pub(crate) entries: PropMap,
}

impl ResourceNode {
    /// What the table says about its type; looked up once.
    pub(crate) fn schema(&self) -> Option<&'static TypeSchema> {
        *self.schema.get_or_init(|| self.schemas?.find(&self.type_name))
    }
}
