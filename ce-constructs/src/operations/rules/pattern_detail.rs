//! Paths in patterns.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8312"),
    title: "a pattern says two things of one field",
    about: "A field of a pattern is a list of what it may be, or an object of further fields; EventBridge takes the field \
            once, and never matches what no list allows. Source: \
            https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, conflicts: &[String]) {
    for field in conflicts {
        scope
            .error(RULE.code, format!("the pattern says two things of `{field}`, or nothing"))
            .help("list every value in one call: `.detail(\"field\", [..])`");
    }
}
