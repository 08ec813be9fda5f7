//! References to another partition.

use crate::app::Report;
use crate::synth::{Passage, Plan};

rule!(
    "CE0203",
    "a reference crosses partitions",
    "The partitions of AWS (`aws`, `aws-cn`, `aws-us-gov`) share neither accounts nor roles: nothing in one can read \
     an output of another."
);

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    for border in plan.borders.all.iter().filter(|border| border.passage != Passage::Kept) {
        let (Some(from), Some(to)) = (tree.stack(border.producer_stack), tree.stack(border.consumer_stack)) else {
            continue;
        };
        let (there, here) = (from.environment.region, to.environment.region);
        if there.partition() != here.partition() {
            let message = format!("refers to `{}` in {there}, from {here}", tree.path_of(border.producer.0));
            let finding = report.error(tree.id(border.consumer), RULE.code, message);
            finding.help = Some("pass the value as a parameter".to_owned());
        }
    }
}
