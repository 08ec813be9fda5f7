//! Standards of Security Hub.

use ce_synth::{Code, Rule, Scope};

use crate::governance::Standard;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8109"),
    title: "a hub checks no standard, or not one it leaves a control out of",
    about: "Without a standard Security Hub checks nothing of its own; a control is left out of a standard that is checked. \
            Source: https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, standards: usize, unknown: &[&(Standard, String, String)]) {
    if standards == 0 {
        scope
            .warning(RULE.code, "the hub checks no standard")
            .help("say one: `.standards([Standard::AwsFoundational])`");
    }
    for (standard, control, _) in unknown {
        scope
            .error(RULE.code, format!("`{control}` is left out of `{standard:?}`, which is not checked"))
            .help("check that standard too, or leave `without_control` out");
    }
}
