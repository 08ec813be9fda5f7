//! The two halves of a pair in the finished tree.

use std::collections::BTreeMap;

use ce_synth::value::Token;
use ce_synth::{Expr, Found, NodeId, Tree};

use super::SiteRole;
use super::site::Stacks;

/// The resources of both sites.
pub(super) struct Comparison<'t> {
    tree: &'t Tree,
    /// Site and id of each stack, by its path.
    stacks: BTreeMap<String, (SiteRole, String)>,
}

impl<'t> Comparison<'t> {
    pub(super) fn new(tree: &'t Tree, stacks: &Stacks) -> Self {
        let mut all = BTreeMap::new();
        for (role, opened) in [(SiteRole::Primary, &stacks.primary), (SiteRole::Standby, &stacks.standby)] {
            for (id, node) in opened.borrow().iter() {
                all.insert(tree.path(*node), (role, id.clone()));
            }
        }
        Self { tree, stacks: all }
    }

    /// Every resource of a site.
    pub(super) fn resources(&self, role: SiteRole) -> impl Iterator<Item = Found<'t, ()>> {
        self.tree.all_resources().filter(move |found| self.is_in(role, found))
    }

    /// Every resource of a type in a site.
    pub(super) fn of_type(&self, role: SiteRole, type_name: &'static str) -> impl Iterator<Item = Found<'t, ()>> {
        self.anywhere(type_name).filter(move |found| self.is_in(role, found))
    }

    fn is_in(&self, role: SiteRole, found: &Found<'t, ()>) -> bool {
        let path = found.path();
        let stack = path.split('/').next().unwrap_or_default();
        self.stacks.get(stack).is_some_and(|(site, _)| *site == role)
    }

    /// Every resource of a type in the app, whether in a site or not.
    pub(super) fn anywhere(&self, type_name: &'static str) -> impl Iterator<Item = Found<'t, ()>> {
        self.tree.all_resources().filter(move |found| found.type_name() == type_name)
    }

    /// A path that a thing and its copy share: the stack's id as both sites know it, and the path below.
    pub(super) fn shared_path(&self, node: NodeId) -> String {
        let path = self.tree.path(node);
        let (stack, below) = path.split_once('/').unwrap_or((&path, ""));
        match self.stacks.get(stack) {
            Some((_, id)) => format!("{id}/{below}"),
            None => path,
        }
    }
}

/// Whether an expression refers to a node, by `Ref` or an attribute.
pub(super) fn refers_to(expr: &Expr, node: NodeId) -> bool {
    let mut refers = false;
    expr.tokens(&mut |token| {
        if let Token::Ref(known) | Token::Att(known, _) = token {
            refers |= *known == node;
        }
    });
    refers
}
