//! How many targets a rule has.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8308"),
    title: "a rule about events has no target, or more than five",
    about: "A rule without targets does nothing; EventBridge takes up to five. Source: \
            https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, targets: usize) {
    match targets {
        0 => {
            scope.warning(RULE.code, "the rule has no target").help("say who hears of it: `.to(&topic)`");
        }
        1..=5 => {}
        _ => {
            scope
                .error(RULE.code, format!("the rule has {targets} targets"))
                .help("split it into two rules; five are the limit");
        }
    }
}
