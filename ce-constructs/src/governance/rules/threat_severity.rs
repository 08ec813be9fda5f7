//! Severities.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8107"),
    title: "no finding has this severity",
    about: "Severities of GuardDuty are 1 to 10. Source: \
            https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, severity: f64) {
    if !(1.0..=10.0).contains(&severity) {
        scope
            .error(RULE.code, format!("the severity is `{severity}`"))
            .help("say 4 for medium, 7 for high, 9 for critical");
    }
}
