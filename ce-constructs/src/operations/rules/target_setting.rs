//! How targets are tried.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8310"),
    title: "a target is tried more often or longer than EventBridge does",
    about: "A target is tried 0 to 185 times over a minute to a day. Source: \
            https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, retry: Option<(u16, Duration)>) {
    let Some((attempts, age)) = retry else { return };
    if attempts > 185 {
        scope.error(RULE.code, format!("the target is tried `{attempts}` times")).help("try it at most 185 times");
    }
    if age < Duration::minutes(1) || age > Duration::days(1) {
        scope.error(RULE.code, format!("the target is tried for `{age}`")).help("try it for one minute to one day");
    }
}
