//! The arena that holds every node of an app.

mod node;
mod read;

pub use node::NodeId;
pub(crate) use node::{ConditionNode, MappingNode, Node, NodeKind, OutputNode, ParameterNode, ResourceNode, StackNode};
pub use read::{Found, Tree};
