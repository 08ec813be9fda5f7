//! Rules of a plan.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8205"),
    title: "a plan has no rules, or two of one name",
    about: "A plan has one rule or more, each with a name of 1 to 50 letters, digits, `-`, `_` and `.`. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html",
};

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, names: &[&str]) {
    if names.is_empty() {
        scope.error(RULE.code, "the plan has no rules").help("add one: `.rule(BackupRule::new(\"nightly\", ..))`");
    }
    for (place, name) in names.iter().enumerate() {
        if !super::is_name(name, 50, &['-', '_', '.']) {
            scope
                .error(RULE.code, format!("`{name}` is not a rule's name"))
                .help("use 1 to 50 letters, digits, `-`, `_` and `.`");
        }
        if names[..place].contains(name) {
            scope.error(RULE.code, format!("two rules are named `{name}`")).help("give each rule a name of its own");
        }
    }
}
