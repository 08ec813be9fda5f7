//! Settings of reports of costs.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8114"),
    title: "a report of costs is not one billing takes",
    about: "Its name is 1 to 256 letters, digits and `!-_.*'()`, its prefix 1 to 256 of them and `/`. Source: \
            https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_cur_ReportDefinition.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, name: &str, prefix: &str) {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "!-_.*'()".contains(letter);
    if !(1..=256).contains(&name.len()) || !name.chars().all(plain) {
        scope
            .error(RULE.code, format!("`{name}` is not a report's name"))
            .help("use 1 to 256 letters, digits and `!-_.*'()`");
    }
    let inside = prefix.chars().all(|letter| plain(letter) || letter == '/');
    if !(1..=256).contains(&prefix.len()) || !inside || prefix.ends_with('/') {
        scope
            .error(RULE.code, format!("`{prefix}` is not a report's prefix"))
            .help("use 1 to 256 letters, digits, `!-_.*'()` and `/`, without a slash at the end");
    }
}
