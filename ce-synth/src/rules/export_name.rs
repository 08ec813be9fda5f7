//! What an export's name may be made of.

use crate::app::Report;
use crate::tree::NodeKind;
use crate::value::Token;

rule!(
    "CE0111",
    "an export's name refers to a resource",
    "The name of an export is made of texts, parameters and pseudo parameters. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html"
);

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    for index in 0..tree.count() {
        let NodeKind::Output(output) = &tree.node(index).kind else { continue };
        let mut refers = false;
        if let Some(name) = &output.export {
            name.tokens(&mut |token| {
                refers |= match token {
                    Token::Att(..) => true,
                    Token::Ref(node) => node.app == tree.app && tree.resource(node.index).is_some(),
                    _ => false,
                };
            });
        }
        if refers {
            let finding = report.error(tree.id(index), RULE.code, "an export's name refers to a resource");
            finding.help = Some("write the name as a text".to_owned());
        }
    }
}
