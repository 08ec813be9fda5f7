//! References to another app.

use crate::app::Report;
use crate::tree::NodeKind;
use crate::value::{Expr, Token};

rule!(
    "CE0004",
    "a value refers to a resource of another app",
    "A handle belongs to the app that made it. Two apps in one program have nothing to do with each other: what one \
     needs of the other goes through a parameter or a physical name."
);

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    for index in 0..tree.count() {
        let mut foreign = false;
        let mut visit = |value: &Expr| {
            value.tokens(&mut |token| {
                if let Token::Ref(node) | Token::Att(node, _) | Token::LogicalId(node) = token {
                    foreign |= node.app != tree.app;
                }
            });
        };
        match &tree.node(index).kind {
            NodeKind::Resource(resource) => resource.properties.iter().for_each(|(_, value)| visit(value)),
            NodeKind::Output(output) => visit(&output.value),
            _ => {}
        }
        if foreign {
            let finding = report.error(tree.id(index), RULE.code, "a value refers to a resource of another app");
            finding.help = Some("build both in one `App`, or pass the physical name".to_owned());
        }
    }
}
