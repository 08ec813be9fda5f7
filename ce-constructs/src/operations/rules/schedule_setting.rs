//! Settings of schedules.

use ce_synth::{Code, Duration, Rule, Scope};

use crate::operations::ScheduleExpression;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8311"),
    title: "a schedule is not one the service takes",
    about: "A schedule's name is 1 to 64 letters, digits, `-`, `_` and `.`; its window 1 minute to a day; rules of EventBridge \
            know no single points in time, no zones, and no windows. Source: \
            https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html",
};

#[track_caller]
pub(in crate::operations) fn check_name(scope: Scope<'_>, name: Option<&str>) {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if let Some(name) = name.filter(|name| !(1..=64).contains(&name.len()) || !name.chars().all(plain)) {
        scope
            .error(RULE.code, format!("`{name}` is not a name of a schedule or rule"))
            .help("use 1 to 64 letters, digits, `-`, `_` and `.`");
    }
}

#[track_caller]
pub(in crate::operations) fn check_window(scope: Scope<'_>, window: Option<Duration>) {
    if let Some(window) = window.filter(|window| *window < Duration::minutes(1) || *window > Duration::days(1)) {
        scope.error(RULE.code, format!("the window is `{window}`")).help("make it one minute to one day");
    }
}

#[track_caller]
pub(in crate::operations) fn check_rule(scope: Scope<'_>, expression: &ScheduleExpression) {
    if expression.is_once() {
        scope
            .error(RULE.code, format!("a rule does not know `{expression}`"))
            .help("use a `Schedule`, which does, or say `ScheduleExpression::daily(..)`");
    }
}

/// A rate has no zone.
#[track_caller]
pub(in crate::operations) fn check_zone(scope: Scope<'_>, expression: &ScheduleExpression, zone: bool) {
    if zone && !expression.is_of_clock() {
        scope
            .warning(RULE.code, format!("`{expression}` is the same in every time zone"))
            .help("leave the zone out, or say `ScheduleExpression::daily(..)`");
    }
}
