//! What recorders leave out.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8104"),
    title: "a recorder leaves types out in two ways",
    about: "A recorder either records everything, with global types or without, or everything but a list of types; AWS Config \
            takes one of the two. Source: https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, global: bool, excluded: &[&str]) {
    if !global && !excluded.is_empty() {
        scope.error(RULE.code, "the recorder leaves global types out, and a list of types").help(
            "list the global types too: `AWS::IAM::Role`, `AWS::IAM::User`, `AWS::IAM::Group`, `AWS::IAM::Policy`",
        );
    }
}
