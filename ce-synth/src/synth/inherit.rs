//! What resources get from where they stand: tags of their scopes, policies of their kind.

use std::borrow::Cow;

use super::type_facts;
use crate::resource::{DeletionPolicy, UpdateReplacePolicy};
use crate::tree::Tree;
use crate::value::Expr;

/// Types that hold data are kept when they leave a template or are replaced, unless the app says otherwise.
pub(super) fn policies(tree: &mut Tree) {
    for index in 0..tree.count() {
        let Some(resource) = tree.resource_mut(index) else { continue };
        if type_facts::is_stateful(resource) {
            resource.deletion_policy.get_or_insert(DeletionPolicy::Retain);
            resource.update_replace_policy.get_or_insert(UpdateReplacePolicy::Retain);
        }
    }
}

/// Tags of scopes are inherited by the subtree, on types that take them; the nearest scope wins, and a tag that is
/// set on the resource wins over all.
pub(super) fn tags(tree: &mut Tree) {
    for index in 0..tree.count() {
        if tree.resource(index).is_none_or(|resource| !resource.tagged) {
            continue;
        }
        let inherited = inherited(tree, index);
        if let Some(resource) = tree.resource_mut(index)
            && !inherited.is_empty()
        {
            type_facts::add_tags(resource, inherited);
        }
    }
}

fn inherited(tree: &Tree, index: u32) -> Vec<(Cow<'static, str>, Expr)> {
    let mut tags: Vec<(Cow<'static, str>, Expr)> = Vec::new();
    for extras in tree.upwards(index).filter_map(|here| tree.node(here).extras.as_ref()) {
        for (key, value) in &extras.tags {
            if tags.iter().all(|(known, _)| known != key) {
                tags.push((key.clone(), value.clone()));
            }
        }
    }
    tags.sort_by(|(left, _), (right, _)| left.cmp(right));
    tags
}
