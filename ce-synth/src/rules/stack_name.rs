//! What a stack may be called.

use crate::app::Report;

rule!(
    "CE0106",
    "a stack's name is not one CloudFormation takes",
    "A stack's name starts with a letter and goes on with letters, digits and hyphens, 128 at most. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"
);

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    for (index, stack) in tree.stacks() {
        let name = &stack.name;
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if name.len() > 128 || !letters || !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let finding = report.error(tree.id(index), RULE.code, format!("`{name}` cannot be a stack's name"));
            finding.help = Some("start with a letter and use letters, digits and hyphens: `shop-network`".to_owned());
        }
    }
}
