//! Scaling that never happens.

use std::collections::BTreeSet;

use ce_cfn::applicationautoscaling::{ScalableTarget, ScalingPolicy};
use ce_synth::{Code, Expr, Report, Rule, Tree};

use crate::compute::checks::references;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2019"),
    title: "nothing moves the number of tasks between its bounds",
    about: "Bounds alone keep the number of tasks at the lower one; a policy or a schedule moves it.",
};

pub(in crate::compute) fn check(tree: &Tree, report: &mut Report<'_>) {
    let policies = tree.resources::<ScalingPolicy>().flat_map(|policy| references(policy.at_path("ScalingTargetId")));
    let scaled: BTreeSet<_> = policies.collect();
    for target in tree.resources::<ScalableTarget>() {
        let of_service = target.at_path("ServiceNamespace").and_then(Expr::as_text) == Some("ecs");
        let scheduled = target.at_path("ScheduledActions").is_some();
        let same = target.at_path("MinCapacity") == target.at_path("MaxCapacity");
        if of_service && !scheduled && !same && !scaled.contains(&target.node()) {
            let finding = report.warning(target.node(), RULE.code, "no policy and no schedule scales the service");
            finding.help = Some("write `.track(\"Cpu\", Tracking::cpu(Percent::new(70)))`".to_owned());
        }
    }
}
