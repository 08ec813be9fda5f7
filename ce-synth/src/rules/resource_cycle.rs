//! Resources that need each other.

use std::collections::BTreeMap;

use crate::app::Report;
use crate::synth::Plan;
use crate::tree::Tree;
use crate::value::Token;

rule!(
    "CE0206",
    "resources of one stack need each other",
    "CloudFormation creates a resource after those it refers to or depends on; a cycle can never be created. Two \
     security groups with rules for each other need standalone rules, as `connections().allow_to(..)` makes them."
);

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    let needs: BTreeMap<u32, Vec<u32>> = tree.resource_nodes().map(|(index, _)| (index, needs(tree, index))).collect();
    let mut state: BTreeMap<u32, bool> = BTreeMap::new();
    for start in needs.keys() {
        if let Some(cycle) = search(*start, &needs, &mut state) {
            let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(|index| plan.names.get(*index)).collect();
            let notes = cycle.iter().map(|index| format!("`{}` is made at {}", tree.path_of(*index), tree.node(*index).at));
            let notes = notes.collect();
            let finding = report.error(tree.id(cycle[0]), RULE.code, format!("resources need each other: {}", names.join(" → ")));
            finding.notes = notes;
            finding.help = Some("take one reference out, or put it into a resource of its own".to_owned());
        }
    }
}

/// The resources of the same stack that one needs to exist first.
fn needs(tree: &Tree, index: u32) -> Vec<u32> {
    let Some(resource) = tree.resource(index) else { return Vec::new() };
    let home = tree.stack_of(index);
    let mut needs = resource.depends_on.clone();
    for (_, value) in resource.properties.iter() {
        value.tokens(&mut |token| match token {
            Token::Ref(node) | Token::Att(node, _) if node.app == tree.app => needs.push(node.index),
            _ => {}
        });
    }
    needs.retain(|other| tree.resource(*other).is_some() && tree.stack_of(*other) == home);
    needs
}

/// Walks without recursion, so that a long chain of resources cannot exhaust the stack. `state` is `false` for nodes on
/// the trail and `true` for finished ones.
fn search(start: u32, needs: &BTreeMap<u32, Vec<u32>>, state: &mut BTreeMap<u32, bool>) -> Option<Vec<u32>> {
    if state.contains_key(&start) {
        return None;
    }
    let mut trail: Vec<(u32, usize)> = vec![(start, 0)];
    state.insert(start, false);
    let mut cycle = None;
    while let Some((here, place)) = trail.last_mut() {
        let next = needs.get(here).and_then(|needs| needs.get(*place)).copied();
        *place += 1;
        match next {
            None => {
                state.insert(*here, true);
                trail.pop();
            }
            Some(next) => match state.get(&next) {
                None => {
                    state.insert(next, false);
                    trail.push((next, 0));
                }
                Some(false) if cycle.is_none() => {
                    let from = trail.iter().position(|(node, _)| *node == next).unwrap_or_default();
                    cycle = Some(trail[from..].iter().map(|(node, _)| *node).collect());
                }
                Some(_) => {}
            },
        }
    }
    cycle
}
