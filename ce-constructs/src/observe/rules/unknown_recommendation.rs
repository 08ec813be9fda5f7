//! Alarms that were to be changed and are not there.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7011"),
    title: "a watchlist has no alarm of this id",
    about: "An alarm that is left out or changed is named by its id, which the documentation of each construct lists; a \
            wrong one would leave the alarm as it was. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
};

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, title: &str, unknown: &[String]) {
    for id in unknown {
        scope
            .error(RULE.code, format!("the watchlist of `{title}` has no alarm `{id}`"))
            .help("look the ids up at `watchlist` of the construct");
    }
}
