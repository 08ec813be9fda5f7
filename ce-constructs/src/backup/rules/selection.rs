//! What plans back up.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8206"),
    title: "a plan backs nothing up",
    about: "A plan without a selection does nothing, and so does a selection without a tag or an ARN; its name is 1 to 50 letters, \
            digits, `-`, `_` and `.`. Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
};

#[track_caller]
pub(in crate::backup) fn check_all(scope: Scope<'_>, names: &[&str]) {
    if names.is_empty() {
        scope.warning(RULE.code, "the plan selects nothing").help("say what: `.select(Selection::tagged(..))`");
    }
    for (place, name) in names.iter().enumerate() {
        if names[..place].contains(name) {
            scope.error(RULE.code, format!("two selections are named `{name}`")).help("give each a name of its own");
        }
    }
}

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, name: &str, selected: usize) {
    if selected == 0 {
        scope.error(RULE.code, format!("`{name}` selects nothing")).help("name an ARN or a tag");
    }
    if !super::is_name(name, 50, &['-', '_', '.']) {
        scope
            .error(RULE.code, format!("`{name}` is not a selection's name"))
            .help("use 1 to 50 letters, digits, `-`, `_` and `.`");
    }
}
