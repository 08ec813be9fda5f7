//! What a logical id may look like.

use crate::app::Report;
use crate::synth::Plan;
use crate::tree::NodeKind;

rule!(
    "CE0103",
    "a logical id is not letters and digits",
    "Logical ids are 1 to 255 letters and digits. Ids made from paths always are, unless no part of the path has a \
     letter or digit; ids that are given by hand may not be. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html"
);

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    for index in 0..tree.count() {
        if matches!(tree.node(index).kind, NodeKind::Root | NodeKind::Scope | NodeKind::Stack(_)) {
            continue;
        }
        let id = plan.names.get(index);
        if id.is_empty() || id.len() > 255 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let finding = report.error(tree.id(index), RULE.code, format!("`{id}` is not a logical id"));
            finding.help = Some("use 1 to 255 letters and digits, such as `OrdersQueue`".to_owned());
        }
    }
}
