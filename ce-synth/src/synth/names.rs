//! The names things have in templates.

use crate::logical_id::logical_id;
use crate::tree::{NodeKind, Tree};

/// Logical ids by node; empty for nodes that have none.
pub(crate) struct Names(Vec<String>);

impl Names {
    pub(crate) fn of(tree: &Tree) -> Self {
        let name = |index: u32| match &tree.node(index).kind {
            NodeKind::Root | NodeKind::Scope | NodeKind::Stack(_) => String::new(),
            NodeKind::Resource(resource) if resource.logical_id.is_some() => {
                resource.logical_id.clone().unwrap_or_default()
            }
            _ => logical_id(tree.path_in_stack(index)),
        };
        Self((0..tree.count()).map(name).collect())
    }

    pub(crate) fn get(&self, index: u32) -> &str {
        self.0.get(index as usize).map_or("", String::as_str)
    }
}
