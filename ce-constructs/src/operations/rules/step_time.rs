//! How long steps take.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8305"),
    title: "a step takes longer, or is tried more often, than Automation lets it",
    about: "A step sleeps for a second to seven days, has a second to 30 days, and is tried 1 to 10 times. Source: \
            https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, step: &str, timeout: Option<Duration>, attempts: Option<u8>) {
    if let Some(time) = timeout.filter(|time| *time < Duration::seconds(1) || *time > Duration::days(30)) {
        scope.error(RULE.code, format!("step `{step}` has `{time}`")).help("give it one second to 30 days");
    }
    if let Some(count) = attempts.filter(|count| !(1..=10).contains(count)) {
        scope.error(RULE.code, format!("step `{step}` is tried `{count}` times")).help("try it 1 to 10 times");
    }
}

#[track_caller]
pub(in crate::operations) fn check_sleep(scope: Scope<'_>, step: &str, time: Duration) {
    if time < Duration::seconds(1) || time > Duration::days(7) {
        scope
            .error(RULE.code, format!("step `{step}` sleeps for `{time}`"))
            .help("let it sleep one second to seven days");
    }
}
