//! How long a description may be.

use crate::app::Report;

rule!(
    "CE0105",
    "a template's description is too long",
    "CloudFormation takes 1,024 bytes. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
);

const LIMIT: usize = 1_024;

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    for (index, stack) in tree.stacks() {
        let length = stack.description.as_deref().map_or(0, str::len);
        if length > LIMIT {
            let finding = report.error(
                tree.id(index),
                RULE.code,
                format!("the description has {length} bytes, at most {LIMIT} are taken"),
            );
            finding.help = Some("shorten it; long explanations belong in the repository".to_owned());
        }
    }
}
