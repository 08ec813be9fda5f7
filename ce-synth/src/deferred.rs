//! What is placed at synthesis: things between two stacks, whose stack depends on which of them uses the other.

use std::collections::BTreeSet;

use crate::App;
use crate::tree::{NodeId, NodeKind, Tree};
use crate::value::{Expr, Token};

/// Something that becomes resources when synthesis begins, such as the rules between two security groups.
pub trait Deferred {
    /// What tells it from the others; the same key said twice is placed once. Deferred things are placed in the order
    /// of their keys, so that the order in which stacks are made does not matter.
    fn key(&self, tree: &Tree) -> String;

    /// Adds its resources.
    fn place(&self, app: &App, placing: &mut Placing);
}

/// Which stacks use which, while deferred things are placed.
pub struct Placing {
    uses: BTreeSet<(u32, u32)>,
}

impl Placing {
    pub(crate) fn run(app: &App, deferred: Vec<Box<dyn Deferred>>) {
        let mut by_key: Vec<_> = app.read(|tree| deferred.into_iter().map(|item| (item.key(tree), item)).collect());
        by_key.sort_by(|(left, _), (right, _)| left.cmp(right));
        by_key.dedup_by(|(left, _), (right, _)| left == right);
        let mut placing = Self { uses: app.read(uses) };
        for (_, item) in by_key {
            item.place(app, &mut placing);
        }
    }

    /// The stack to put a thing between `user` and `used` into: the one that uses the other already, else the user's.
    /// Never closes a cycle.
    pub fn home(&mut self, app: &App, user: NodeId, used: NodeId) -> NodeId {
        let stacks = app.read(|tree| (tree.stack_of(user.index), tree.stack_of(used.index)));
        let (Some(user_stack), Some(used_stack)) = stacks else { return user };
        let home = if self.reaches(used_stack, user_stack) { used_stack } else { user_stack };
        let other = if home == user_stack { used_stack } else { user_stack };
        if home != other {
            self.uses.insert((home, other));
        }
        app.read(|tree| tree.id(home))
    }

    fn reaches(&self, from: u32, to: u32) -> bool {
        let mut open = vec![from];
        let mut seen = BTreeSet::new();
        while let Some(here) = open.pop() {
            if here == to {
                return from != to;
            }
            if seen.insert(here) {
                open.extend(self.uses.range((here, 0)..=(here, u32::MAX)).map(|(_, used)| *used));
            }
        }
        false
    }
}

/// Pairs of stacks of which the first refers to something in the second.
pub(crate) fn uses(tree: &Tree) -> BTreeSet<(u32, u32)> {
    let mut uses = BTreeSet::new();
    for (index, stack) in tree.stacks() {
        uses.extend(stack.needs.iter().map(|needed| (index, *needed)));
    }
    for index in 0..tree.count() {
        let Some(home) = tree.stack_of(index) else { continue };
        let mut visit = |value: &Expr| {
            value.tokens(&mut |token| {
                if let Token::Ref(node) | Token::Att(node, _) = token
                    && node.app == tree.app
                    && let Some(other) = tree.stack_of(node.index)
                    && other != home
                {
                    uses.insert((home, other));
                }
            });
        };
        match &tree.node(index).kind {
            NodeKind::Resource(resource) => {
                let parts = [&resource.properties, &resource.metadata, &resource.attributes];
                parts.into_iter().flat_map(|part| part.iter()).for_each(|(_, value)| visit(value));
            }
            NodeKind::Output(output) => visit(&output.value),
            NodeKind::Parameter(parameter) => parameter.kept_from.iter().for_each(visit),
            _ => {}
        }
    }
    uses
}
