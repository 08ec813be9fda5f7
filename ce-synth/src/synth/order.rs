//! The order in which stacks are deployed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Borders, Passage};
use crate::tree::Tree;

/// Which stack needs which, and an order that respects it.
pub(crate) struct Order {
    /// Every stack once; a stack comes after those it needs. Within that, by id, so that the order in which stacks
    /// were made does not matter.
    pub(crate) stacks: Vec<u32>,
    pub(crate) needs: BTreeMap<u32, BTreeSet<u32>>,
    /// Stacks that need each other, if any.
    pub(crate) cycle: Vec<u32>,
}

impl Order {
    pub(crate) fn of(tree: &Tree, borders: &Borders) -> Self {
        let mut needs: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (index, stack) in tree.stacks() {
            needs.entry(index).or_default().extend(stack.needs.iter().filter(|needed| **needed != index));
        }
        for border in borders.all.iter().filter(|border| border.passage != Passage::Kept) {
            needs.entry(border.consumer_stack).or_default().insert(border.producer_stack);
        }
        for (index, resource) in tree.resource_nodes() {
            let Some(home) = tree.stack_of(index) else { continue };
            let others = resource.depends_on.iter().filter_map(|other| tree.stack_of(*other));
            needs.entry(home).or_default().extend(others.filter(|other| *other != home));
        }
        Self::sorted(tree, needs)
    }

    fn sorted(tree: &Tree, needs: BTreeMap<u32, BTreeSet<u32>>) -> Self {
        let mut open: Vec<u32> = tree.stacks().map(|(index, _)| index).collect();
        open.sort_by(|left, right| tree.node(*left).id.cmp(&tree.node(*right).id));
        let mut stacks = Vec::with_capacity(open.len());
        let mut done = BTreeSet::new();
        while let Some(place) = open.iter().position(|stack| needs[stack].is_subset(&done)) {
            let stack = open.remove(place);
            done.insert(stack);
            stacks.push(stack);
        }
        let cycle = cycle_in(&open, &needs);
        stacks.extend(&open);
        Self { stacks, needs, cycle }
    }
}

/// One cycle among stacks that could not be ordered, in the order of need.
fn cycle_in(open: &[u32], needs: &BTreeMap<u32, BTreeSet<u32>>) -> Vec<u32> {
    let Some(mut here) = open.first().copied() else { return Vec::new() };
    let mut trail = Vec::new();
    while !trail.contains(&here) {
        trail.push(here);
        // A stack that is still open needs an open one, else it would have been ordered.
        let Some(next) = needs[&here].iter().find(|next| open.contains(next)) else { return Vec::new() };
        here = *next;
    }
    let start = trail.iter().position(|stack| *stack == here).unwrap_or_default();
    trail.split_off(start)
}
