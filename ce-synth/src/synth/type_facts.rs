//! What synthesis asks the schema table about a type.

use std::borrow::Cow;

use crate::tree::ResourceNode;
use crate::value::Expr;

pub(super) fn gives_list(_resource: &ResourceNode, _attribute: &str) -> bool {
    false
}

pub(crate) fn is_stateful(_resource: &ResourceNode) -> bool {
    false
}

pub(super) fn add_tags(_resource: &mut ResourceNode, _tags: Vec<(Cow<'static, str>, Expr)>) {}
