//! Conditions of another stack.

use crate::app::Report;
use crate::tree::NodeKind;
use crate::value::{Expr, Token};

rule!(
    "CE0205",
    "a condition or mapping of another stack is used",
    "Conditions and mappings are part of one template; only values pass from stack to stack."
);

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    for index in 0..tree.count() {
        let home = tree.stack_of(index);
        let mut elsewhere = None;
        let mut see = |other: u32| {
            if tree.stack_of(other) != home {
                elsewhere = Some(other);
            }
        };
        let mut visit = |value: &Expr| {
            value.tokens(&mut |token| match token {
                Token::LogicalId(node) if node.app == tree.app => see(node.index),
                _ => {}
            });
        };
        match &tree.node(index).kind {
            NodeKind::Resource(resource) => {
                resource.properties.iter().for_each(|(_, value)| visit(value));
                resource.condition.into_iter().for_each(see);
            }
            NodeKind::Output(output) => {
                visit(&output.value);
                output.condition.into_iter().for_each(see);
            }
            NodeKind::Condition(condition) => visit(&condition.test),
            _ => {}
        }
        if let Some(other) = elsewhere {
            let message = format!("`{}` belongs to another stack", tree.path_of(other));
            let finding = report.error(tree.id(index), RULE.code, message);
            finding.help = Some("make it again in this stack".to_owned());
        }
    }
}
