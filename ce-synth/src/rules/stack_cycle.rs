//! Stacks that need each other.

use crate::app::Report;
use crate::synth::Plan;

rule!(
    "CE0201",
    "stacks need each other",
    "A stack is deployed after those it refers to; two that refer to each other can never be. The finding names every \
     reference of the cycle and its line."
);

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    let cycle = &plan.order.cycle;
    let [first, ..] = cycle[..] else { return };
    let mut names: Vec<String> = cycle.iter().map(|stack| tree.path_of(*stack)).collect();
    names.push(tree.path_of(first));
    let pairs: Vec<(u32, u32)> = cycle.iter().copied().zip(cycle.iter().copied().cycle().skip(1)).collect();
    let references =
        plan.borders.all.iter().filter(|border| pairs.contains(&(border.consumer_stack, border.producer_stack)));
    let mut notes: Vec<String> = references
        .map(|border| {
            let at = tree.node(border.consumer).at;
            format!("`{}` refers to `{}` at {at}", tree.path_of(border.consumer), tree.path_of(border.producer.0))
        })
        .collect();
    notes.dedup();
    let finding = report.error(tree.id(first), RULE.code, format!("stacks need each other: {}", names.join(" → ")));
    finding.notes = notes;
    finding.help = Some("move what both need into a third stack, or one construct into the other's".to_owned());
}
