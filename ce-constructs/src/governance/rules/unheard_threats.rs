//! Threats nobody hears of.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8105"),
    title: "nobody hears of what GuardDuty finds",
    about: "A finding that waits in a console is found by nobody; in production somebody should be told. Source: \
            https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, targets: usize) {
    if targets == 0 && scope.environment().tier.is_production() {
        scope.warning(RULE.code, "nobody hears of findings").help("say who: `.alert(&topic)`");
    }
}
