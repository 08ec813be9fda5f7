//! How many alarms one alarm is about.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7012"),
    title: "a composite alarm is about too many alarms, or about none",
    about: "CloudWatch takes up to 100 alarms in the rule of a composite alarm, and none of its parts may be empty. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
};

const LIMIT: usize = 100;

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, alarms: Option<usize>) {
    match alarms {
        None => {
            scope.error(RULE.code, "a condition is about no alarms").help("give `all` and `any` at least one alarm");
        }
        Some(count) if count > LIMIT => {
            scope
                .error(RULE.code, format!("the condition is about `{count}` alarms, at most {LIMIT} are taken"))
                .help("make composite alarms of some of them, and one of those");
        }
        Some(_) => {}
    }
}
