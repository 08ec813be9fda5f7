//! Where detectors are.

use ce_synth::{Code, Region, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8108"),
    title: "a region gets two detectors, or a stack set none",
    about: "An account has one detector in a region; a second one fails. Source: \
            https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, others: &[Region]) {
    let here = scope.region();
    if others.contains(&here) {
        scope
            .error(RULE.code, format!("`{here}` has its detector from this stack, and one from the stack set"))
            .help("leave it out of the other regions");
    }
    for (place, region) in others.iter().enumerate() {
        if others[..place].contains(region) {
            scope.error(RULE.code, format!("`{region}` is listed twice")).help("list it once");
        }
    }
    if others.is_empty() {
        scope.error(RULE.code, "the stack set has no regions").help("list the regions that have no stack of their own");
    }
}
