//! How many actions an alarm takes.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7003"),
    title: "an alarm has more than five actions for a state",
    about: "CloudWatch takes at most five actions for each state of an alarm. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
};

const LIMIT: usize = 5;

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, state: &str, count: usize) {
    if count == LIMIT + 1 {
        scope.error(RULE.code, format!("more than {LIMIT} `{state}`")).help("let one topic have several subscriptions");
    }
}
