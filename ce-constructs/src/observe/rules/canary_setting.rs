//! Settings that Synthetics refuses.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7014"),
    title: "a canary has a setting that Synthetics does not take",
    about: "A canary is named by 1 to 255 small letters, digits, `_` and `-`, runs every 1 to 60 minutes, and has 3 seconds \
            to 14 minutes for a run, no more than the time to the next. Source: \
            https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CreateCanary.html",
};

#[track_caller]
pub(in crate::observe) fn check_name(scope: Scope<'_>, name: &str) {
    let legal = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '-');
    if name.is_empty() || name.len() > 255 || !name.chars().all(legal) {
        let finding = scope.error(RULE.code, format!("`{name}` is no name of a canary"));
        finding.help("use small letters, digits, `_` and `-`");
    }
}

/// The minutes between runs.
#[track_caller]
pub(in crate::observe) fn checked_minutes(scope: Scope<'_>, every: Duration) -> u32 {
    let seconds = every.as_seconds();
    if !seconds.is_multiple_of(60) || !(1..=60).contains(&(seconds / 60)) {
        let finding = scope.error(RULE.code, format!("the canary runs every `{every}`"));
        finding.help("write `.every(Duration::minutes(1))`, or up to an hour");
    }
    seconds.div_ceil(60).clamp(1, 60)
}

#[track_caller]
pub(in crate::observe) fn check_timeout(scope: Scope<'_>, timeout: Duration, every: Duration) {
    let most = every.as_seconds().min(840);
    if !(3..=most).contains(&timeout.as_seconds()) {
        let finding = scope.error(RULE.code, format!("a run may take `{timeout}` of `{every}`"));
        finding.help(format!("give 3 to {most} seconds"));
    }
}
