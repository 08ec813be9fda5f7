//! Two paths that give one logical id.

use std::collections::BTreeMap;

use crate::app::Report;
use crate::synth::Plan;
use crate::tree::NodeKind;

rule!(
    "CE0104",
    "two things in one template have the same logical id",
    "Ids made from paths differ unless letters and digits are all that tells two single-part paths apart, or one was \
     given by hand or moved onto the other."
);

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    for (stack, _) in tree.stacks() {
        let mut taken: BTreeMap<(u8, &str), u32> = BTreeMap::new();
        for index in plan.members[&stack].iter().copied() {
            // Resources and parameters share a name space: both are what `Ref` takes.
            let section = match tree.node(index).kind {
                NodeKind::Resource(_) | NodeKind::Parameter(_) => 0,
                NodeKind::Output(_) => 1,
                NodeKind::Condition(_) => 2,
                NodeKind::Mapping(_) => 3,
                NodeKind::Root | NodeKind::Scope | NodeKind::Stack(_) => continue,
            };
            let id = plan.names.get(index);
            if let Some(first) = taken.insert((section, id), index) {
                let finding = report.error(
                    tree.id(index),
                    RULE.code,
                    format!("`{id}` is also the logical id of `{}`", tree.path_of(first)),
                );
                finding.notes.push(format!("the first one is made at {}", tree.node(first).at));
                finding.help = Some("give one of them another id".to_owned());
            }
        }
    }
}
