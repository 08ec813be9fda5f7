//! Tests of restores.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8207"),
    title: "a test of restores cannot be",
    about: "Names are 1 to 50 letters, digits and `_`; a plan has a test or more, begins within 1 to 168 hours, takes backups of \
            the last 1 to 365 days, and keeps what it restored at most 168 hours. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html",
};

const WEEK: Duration = Duration::hours(168);

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, plan: &str, tests: &[&str], start: Duration, window: Duration) {
    for name in [plan].iter().chain(tests) {
        if !super::is_name(name, 50, &['_']) {
            scope
                .error(RULE.code, format!("`{name}` is not a name of a test"))
                .help("use 1 to 50 letters, digits and `_`");
        }
    }
    if tests.is_empty() {
        scope.warning(RULE.code, format!("`{plan}` tests nothing")).help("add `.test(RestoreTest::of(..))`");
    }
    for (place, name) in tests.iter().enumerate() {
        if tests[..place].contains(name) {
            scope.error(RULE.code, format!("two tests are named `{name}`")).help("give each a name of its own");
        }
    }
    if start < Duration::hours(1) || start > WEEK {
        scope.error(RULE.code, format!("`{plan}` begins within `{start}`")).help("give it 1 to 168 hours");
    }
    if window < Duration::days(1) || window > Duration::days(365) {
        scope.error(RULE.code, format!("`{plan}` takes backups of the last `{window}`")).help("say 1 to 365 days");
    }
}

#[track_caller]
pub(in crate::backup) fn check_validation(scope: Scope<'_>, test: &str, validation: Option<Duration>) {
    if let Some(time) = validation.filter(|time| *time < Duration::hours(1) || *time > WEEK) {
        scope.error(RULE.code, format!("`{test}` keeps what it restored for `{time}`")).help("keep it 1 to 168 hours");
    }
}
