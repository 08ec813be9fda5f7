//! What an objective cannot be.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7015"),
    title: "an objective asks for what cannot be",
    about: "An objective is more than 0 and less than 100 percent: at 100 nothing may fail and there is no budget. It looks \
            back 1 to 365 whole days, and has at most ten windows for how fast the budget burns. Source: \
            https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_CreateServiceLevelObjective.html",
};

const MOST_DAYS: u32 = 365;
const MOST_WINDOWS: usize = 10;
const DAY: u32 = 86_400;

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, percent: f64, warn_at: f64, windows: usize) {
    for (what, share) in [("the objective", percent), ("what is left when it is at risk", warn_at)] {
        if !(share > 0.0 && share < 100.0) {
            scope.error(RULE.code, format!("{what} is `{share}` percent")).help("give more than 0 and less than 100");
        }
    }
    if windows > MOST_WINDOWS {
        scope.error(RULE.code, format!("burning is measured over `{windows}` windows")).help("give ten at most");
    }
}

/// The days it looks back.
#[track_caller]
pub(in crate::observe) fn checked_days(scope: Scope<'_>, over: Duration) -> i64 {
    let seconds = over.as_seconds();
    if !seconds.is_multiple_of(DAY) || !(1..=MOST_DAYS).contains(&(seconds / DAY)) {
        scope
            .error(RULE.code, format!("the objective looks back `{over}`"))
            .help(format!("write `.over(Duration::days(n))` with 1 to {MOST_DAYS}"));
    }
    i64::from(seconds.div_ceil(DAY).clamp(1, MOST_DAYS))
}
