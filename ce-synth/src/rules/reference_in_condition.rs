//! What a condition may look at.

use crate::app::Report;
use crate::tree::NodeKind;
use crate::value::Token;

rule!(
    "CE0110",
    "a condition refers to a resource",
    "Conditions are evaluated before anything is created: they see parameters and pseudo parameters only. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html"
);

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    for index in 0..tree.count() {
        let NodeKind::Condition(condition) = &tree.node(index).kind else { continue };
        let mut refers = false;
        condition.test.tokens(&mut |token| {
            refers |= match token {
                Token::Att(..) => true,
                Token::Ref(node) => node.app == tree.app && tree.resource(node.index).is_some(),
                _ => false,
            };
        });
        if refers {
            let finding = report.error(tree.id(index), RULE.code, "a condition refers to a resource");
            finding.help = Some("compare parameters or pseudo parameters".to_owned());
        }
    }
}
