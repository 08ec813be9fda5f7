//! The names X-Ray takes.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7007"),
    title: "a name is too long for X-Ray",
    about: "The name of a sampling rule has 1 to 32 characters, that of a group 1 to 32. Source: \
            https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html",
};

const LIMIT: usize = 32;

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, name: &str) {
    let length = name.chars().count();
    if length == 0 || length > LIMIT {
        scope
            .error(RULE.code, format!("`{name}` has {length} characters, 1 to {LIMIT} are taken"))
            .help("write a shorter name");
    }
}
