//! Weights of a forward action that AWS refuses.

use ce_synth::{Code, Rule, Scope};

use crate::network::load_balancer::Action;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1060"),
    title: "a weighted forward has weights or groups AWS refuses",
    about: "A forward action has one to five target groups, each with a weight of 0 to 999. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, action: &Action<'_>) {
    if action.weighted && !(1..=5).contains(&action.weights.len()) {
        scope
            .error(RULE.code, format!("a forward to `{}` target groups", action.weights.len()))
            .help("use one to five");
    }
    if let Some(weight) = action.weights.iter().find(|weight| **weight > 999) {
        scope.error(RULE.code, format!("a weight of `{weight}`")).help("use 0 to 999");
    }
}
