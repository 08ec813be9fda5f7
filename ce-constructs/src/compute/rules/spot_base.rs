//! Tasks on spare capacity.

use ce_synth::{Code, Rule, Scope};

use crate::compute::Capacity;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2010"),
    title: "every task may be taken away at once",
    about: "Spare capacity is taken back with two minutes' notice, in a zone often all of it. A base on demand keeps a service \
            up; in production its absence is a warning. A strategy whose weights are all zero places nothing beyond the base. \
            Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, capacity: Capacity) {
    let Capacity::Spot { base, on_demand_weight, spot_weight } = capacity else { return };
    if on_demand_weight == 0 && spot_weight == 0 {
        scope.error(RULE.code, "both weights are `0`").help("write `spot_weight: 1`");
    }
    if let Some(weight) = [on_demand_weight, spot_weight].into_iter().find(|weight| *weight > 1_000) {
        scope.error(RULE.code, format!("a weight of `{weight}`")).help("write 0 to 1000");
    }
    if base == 0 && scope.environment().tier.is_production() {
        scope
            .warning(RULE.code, "no task is on demand for sure")
            .help("write a `base` of the tasks that must never go");
    }
}
