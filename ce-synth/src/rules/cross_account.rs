//! References to another account.

use crate::app::Report;
use crate::synth::{Passage, Plan};

rule!(
    "CE0202",
    "a reference to another account has no role to read with",
    "`Fn::GetStackOutput` reads a stack of another account with a role of that account. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html"
);

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    for border in plan.borders.all.iter().filter(|border| border.passage != Passage::Kept) {
        let (Some(from), Some(to)) = (tree.stack(border.producer_stack), tree.stack(border.consumer_stack)) else {
            continue;
        };
        if from.environment.account != to.environment.account && from.reader_role.is_none() {
            let message =
                format!("refers to `{}` in account {}", tree.path_of(border.producer.0), from.environment.account);
            let finding = report.error(tree.id(border.consumer), RULE.code, message);
            finding.help =
                Some("give the stack there a reader: `scope.stack().read_with_role(\"arn:aws:iam::…\")`".to_owned());
        }
    }
}
