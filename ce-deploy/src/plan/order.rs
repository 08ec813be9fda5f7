//! Which stack comes before which.

use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::{Assembly, StackId};

/// Which way through the graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// What is needed comes first.
    Up,
    /// What needs comes first: for deletions.
    Down,
}

/// Which stack waits for which.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Order {
    waits: BTreeMap<StackId, BTreeSet<StackId>>,
}

impl Order {
    /// The order among some stacks of an assembly. What is not among them is not waited for.
    pub fn new(assembly: &Assembly, among: &BTreeSet<StackId>, direction: Direction) -> Self {
        let mut order = Self { waits: among.iter().map(|id| (id.clone(), BTreeSet::new())).collect() };
        for stack in assembly.stacks.iter().filter(|stack| among.contains(&stack.id)) {
            for need in stack.needs.iter().filter(|need| among.contains(need)) {
                match direction {
                    Direction::Up => order.add(&stack.id, need),
                    Direction::Down => order.add(need, &stack.id),
                }
            }
        }
        order
    }

    /// Makes one wait for another.
    pub fn add(&mut self, waiting: &StackId, first: &StackId) {
        if waiting != first {
            self.waits.entry(waiting.clone()).or_default().insert(first.clone());
        }
    }

    /// Lets one no longer wait for another.
    pub fn remove(&mut self, waiting: &StackId, first: &StackId) {
        if let Some(waits) = self.waits.get_mut(waiting) {
            waits.remove(first);
        }
    }

    /// What a stack waits for.
    pub fn waits_for(&self, stack: &StackId) -> impl Iterator<Item = &StackId> {
        self.waits.get(stack).into_iter().flatten()
    }

    /// Whether a stack waits for another, if only through others.
    pub fn reaches(&self, stack: &StackId, other: &StackId) -> bool {
        let mut open = vec![stack];
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            for first in self.waits_for(next) {
                if first == other {
                    return true;
                }
                if seen.insert(first) {
                    open.push(first);
                }
            }
        }
        false
    }

    /// The stacks that never come to their turn because they wait for each other.
    pub fn cycle(&self) -> Vec<StackId> {
        self.waits.keys().filter(|stack| self.reaches(stack, stack)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Order;
    use crate::assembly::StackId;

    #[test]
    fn what_is_reached_and_what_is_a_cycle() {
        let [a, b, c] = ["A", "B", "C"].map(StackId::new);
        let mut order = Order::default();
        order.add(&b, &a);
        order.add(&c, &b);
        assert!(order.reaches(&c, &a));
        assert!(!order.reaches(&a, &c));
        assert!(order.cycle().is_empty());
        order.add(&a, &c);
        assert_eq!(order.cycle(), [a, b, c]);
    }
}
