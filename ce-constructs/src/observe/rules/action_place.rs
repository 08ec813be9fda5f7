//! Where an alarm's topic is.

use ce_synth::{Code, Rule, Scope};

use crate::observe::AlarmAction;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7004"),
    title: "an alarm tells a topic of another region",
    about: "The targets of an alarm's actions are in its own region. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html",
};

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, action: &AlarmAction) {
    let here = scope.region();
    if let Some(there) = action.at.map(|environment| environment.region).filter(|there| *there != here) {
        scope
            .error(RULE.code, format!("the alarm is in `{here}`, the topic in `{there}`"))
            .help(format!("make a topic in a stack in `{here}`"));
    }
}
