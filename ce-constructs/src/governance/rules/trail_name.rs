//! Names of trails.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8101"),
    title: "a trail's name is not one CloudTrail takes",
    about: "It is 3 to 128 letters, digits, `-`, `_` and `.`, begins and ends with a letter or digit, and has no two signs in a \
            row. Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, name: &str) {
    let sign = |letter: char| matches!(letter, '-' | '_' | '.');
    let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || sign(letter));
    let ends = !name.starts_with(sign) && !name.ends_with(sign);
    let apart = !name.chars().zip(name.chars().skip(1)).any(|(left, right)| sign(left) && sign(right));
    if !(3..=128).contains(&name.len()) || !letters || !ends || !apart {
        scope
            .error(RULE.code, format!("`{name}` is not a trail's name"))
            .help("use 3 to 128 letters and digits, with one of `-`, `_` and `.` between them");
    }
}
