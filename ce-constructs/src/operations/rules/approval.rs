//! Who approves.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8306"),
    title: "an approval can never be given",
    about: "A step that waits for approval names 1 to 10 roles or users, and needs no more of them than it names. Source: \
            https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-approve.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, step: &str, approvers: usize, minimum: usize) {
    if !(1..=10).contains(&approvers) {
        scope
            .error(RULE.code, format!("step `{step}` names {approvers} approvers"))
            .help("name 1 to 10 roles or users");
    } else if minimum == 0 || minimum > approvers {
        scope
            .error(RULE.code, format!("step `{step}` needs {minimum} of {approvers} approvers"))
            .help(format!("need 1 to {approvers}"));
    }
}
