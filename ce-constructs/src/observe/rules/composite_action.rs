//! What an alarm about alarms cannot do.

use ce_synth::{Code, Rule, Scope};

use crate::observe::AlarmAction;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7013"),
    title: "a composite alarm scales something",
    about: "A composite alarm tells topics, invokes functions, and opens items and incidents; scaling policies follow alarms \
            about metrics. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html",
};

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, action: &AlarmAction) {
    if action.scales {
        scope
            .error(RULE.code, "a composite alarm cannot run a scaling policy")
            .help("give the policy to `on_alarm` of an alarm about a metric");
    }
}
