//! Grace periods.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2013"),
    title: "a grace period has nothing to be graceful about",
    about: "The grace period is how long a task's target group does not count; a service without one has no use for it, and \
            ECS refuses it. Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, period: Option<Duration>, behind: bool) {
    if let Some(period) = period.filter(|_| !behind) {
        scope
            .error(RULE.code, format!("a grace period of `{period}` without a target group"))
            .help("write `.behind(&targets)`, or leave it out");
    }
}
