//! Names of steps.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8302"),
    title: "a step's name is taken, or is none",
    about: "Other steps go on with a step, and use what it leaves, by its name: 3 to 128 letters, digits, `-` and `_`, once in \
            a document. Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, names: &[&str]) {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    for (place, name) in names.iter().enumerate() {
        if !(3..=128).contains(&name.len()) || !name.chars().all(plain) {
            scope
                .error(RULE.code, format!("`{name}` is not a step's name"))
                .help("use 3 to 128 letters, digits, `-` and `_`");
        }
        if names[..place].contains(name) {
            scope.error(RULE.code, format!("two steps are named `{name}`")).help("give each step a name of its own");
        }
    }
}
