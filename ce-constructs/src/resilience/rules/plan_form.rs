//! The form of plans and steps.

use ce_synth::{Duration, Scope};

rule!(
    "CE8411",
    "a plan's name, times or steps are none that Region switch takes",
    "A plan is named by 1 to 32 letters, digits and inner dashes; its recovery time objective is 1 to 10,080 whole \
     minutes; its steps have names of their own; at most ten alarms start it, together. \
     Source: https://docs.aws.amazon.com/arc-region-switch/latest/api/API_CreatePlan.html"
);

#[track_caller]
pub(crate) fn check_name(scope: Scope<'_>, name: &str) {
    let inner = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let edge = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let formed = name.len() <= 32 && name.chars().all(inner) && edge(name.chars().next()) && edge(name.chars().last());
    if !formed {
        scope
            .error(RULE.code, format!("`{name}` is no name of a plan"))
            .help("use 1 to 32 letters, digits and inner dashes");
    }
}

/// The time in minutes.
#[track_caller]
pub(crate) fn checked_minutes(scope: Scope<'_>, what: &str, time: Duration) -> f64 {
    let seconds = time.as_seconds();
    if !seconds.is_multiple_of(60) || !(1..=10_080).contains(&(seconds / 60)) {
        let finding = scope.error(RULE.code, format!("{what} is `{time}`"));
        finding.help("give whole minutes, one minute to seven days");
    }
    f64::from(seconds.div_ceil(60).clamp(1, 10_080))
}

#[track_caller]
pub(crate) fn check_steps<'n>(scope: Scope<'_>, names: impl IntoIterator<Item = &'n str>) {
    let mut seen = std::collections::BTreeSet::new();
    let mut count = 0;
    for name in names {
        count += 1;
        if !seen.insert(name) {
            scope.error(RULE.code, format!("two steps are named `{name}`")).help("give each step a name of its own");
        }
    }
    if count == 0 {
        scope.error(RULE.code, "the plan has no steps").help("add `.step(SwitchStep::promote(..))`");
    }
}

#[track_caller]
pub(crate) fn check_triggers(scope: Scope<'_>, count: usize) {
    if count > 10 {
        let finding = scope.error(RULE.code, format!("`{count}` alarms start the plan together"));
        finding.help("use at most ten, or one composite alarm");
    }
}
