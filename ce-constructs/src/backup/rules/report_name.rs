//! Names of reports.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8211"),
    title: "a report's name is not one AWS Backup takes",
    about: "It is a letter, then letters, digits and `_`, 256 at most. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateReportPlan.html",
};

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, name: &str) {
    if !super::is_name(name, 256, &['_']) || !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        scope
            .error(RULE.code, format!("`{name}` is not a report's name"))
            .help("use a letter, then letters, digits and `_`");
    }
}
