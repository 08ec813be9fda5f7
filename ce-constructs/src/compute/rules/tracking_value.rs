//! What a metric is kept near.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2022"),
    title: "a metric is kept near zero or less",
    about: "More tasks lower a metric but never to zero: the policy would add tasks up to the bound and leave them there.",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, value: f64) {
    if !(value > 0.0 && value.is_finite()) {
        scope.error(RULE.code, format!("a metric is kept near `{value}`")).help("write a value above 0");
    }
}
