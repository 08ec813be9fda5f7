//! Stacks that must not need each other.

use crate::app::Report;
use crate::synth::{Passage, Plan};

rule!(
    "CE0204",
    "a stack that must stand alone refers to the one it must do without",
    "A standby is changed while the primary is down. `Fn::GetStackOutput` and imports are resolved on every change, so \
     they would fail then. A parameter whose last value CloudFormation keeps, or a physical name, does not."
);

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    for border in plan.borders.all.iter().filter(|border| border.passage != Passage::Kept) {
        let Some(consumer) = tree.stack(border.consumer_stack) else { continue };
        if consumer.independent_of.contains(&border.producer_stack) {
            let message = format!("refers to `{}`, which it must do without", tree.path_of(border.producer.0));
            let finding = report.error(tree.id(border.consumer), RULE.code, message);
            finding.help = Some("use `Parameter::text().kept_from(&value)`, or the physical name".to_owned());
        }
    }
}
