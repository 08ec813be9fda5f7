//! How much fits into one template.

use crate::app::Report;
use crate::synth::Plan;
use crate::tree::NodeKind;

rule!(
    "CE0101",
    "a template has more entries than CloudFormation takes",
    "CloudFormation takes 500 resources, 200 parameters, 200 outputs and 200 mappings in a template. Outputs that \
     exist because another stack refers to them count. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
);

/// The most entries of each section.
const LIMITS: [(&str, usize); 4] = [("resources", 500), ("parameters", 200), ("outputs", 200), ("mappings", 200)];

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    for (stack, _) in tree.stacks() {
        let members = &plan.members[&stack];
        let count =
            |belongs: fn(&NodeKind) -> bool| members.iter().filter(|node| belongs(&tree.node(**node).kind)).count();
        let shared = plan.borders.outputs.get(&stack).map_or(0, |outputs| outputs.len());
        let counts = [
            count(|kind| matches!(kind, NodeKind::Resource(_))),
            count(|kind| matches!(kind, NodeKind::Parameter(_))),
            count(|kind| matches!(kind, NodeKind::Output(_))) + shared,
            count(|kind| matches!(kind, NodeKind::Mapping(_))),
        ];
        for ((section, limit), count) in LIMITS.into_iter().zip(counts) {
            if count > limit {
                let finding = report.error(
                    tree.id(stack),
                    RULE.code,
                    format!("{count} {section} in one template, at most {limit} fit"),
                );
                finding.help = Some("open a second stack with `app.stack(..)` and move a construct into it".to_owned());
            }
        }
    }
}
