//! Resources that need each other.

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
    let needs: Vec<Vec<u32>> = (0..tree.count()).map(|index| needs(tree, index)).collect();
    let mut state = vec![State::Open; needs.len()];
    for start in 0..tree.count() {
        if let Some(cycle) = search(start, &needs, &mut state) {
            let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(|index| plan.names.get(*index)).collect();
            let notes =
                cycle.iter().map(|index| format!("`{}` is made at {}", tree.path_of(*index), tree.node(*index).at));
            let notes = notes.collect();
            let finding =
                report.error(tree.id(cycle[0]), RULE.code, format!("resources need each other: {}", names.join(" → ")));
            finding.notes = notes;
            finding.help = Some("take one reference out, or put it into a resource of its own".to_owned());
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    OnTrail,
    Done,
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

/// Walks without recursion, so that a long chain of resources cannot exhaust the stack.
fn search(start: u32, needs: &[Vec<u32>], state: &mut [State]) -> Option<Vec<u32>> {
    if state[start as usize] != State::Open {
        return None;
    }
    let mut trail: Vec<(u32, usize)> = vec![(start, 0)];
    state[start as usize] = State::OnTrail;
    let mut cycle = None;
    while let Some((here, place)) = trail.last_mut() {
        let next = needs[*here as usize].get(*place).copied();
        *place += 1;
        let Some(next) = next else {
            state[*here as usize] = State::Done;
            trail.pop();
            continue;
        };
        match state[next as usize] {
            State::Open => {
                state[next as usize] = State::OnTrail;
                trail.push((next, 0));
            }
            State::OnTrail if cycle.is_none() => {
                let from = trail.iter().position(|(node, _)| *node == next).unwrap_or_default();
                cycle = Some(trail[from..].iter().map(|(node, _)| *node).collect());
            }
            State::OnTrail | State::Done => {}
        }
    }
    cycle
}
