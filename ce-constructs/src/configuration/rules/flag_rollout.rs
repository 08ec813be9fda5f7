//! How flags cannot be given out.

use ce_synth::{Code, Rule, Scope};

use crate::configuration::FlagRollout;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7102"),
    title: "flags are given out in a way that AppConfig does not know",
    about: "A change reaches its readers within 24 hours, is watched for up to 24 more, both in whole minutes, and at most \
            five alarms take it back. Sources: \
            https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateDeploymentStrategy.html \
            https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateEnvironment.html",
};

const DAY: u32 = 86_400;
const ALARMS: usize = 5;

#[track_caller]
pub(in crate::configuration) fn check(scope: Scope<'_>, rollout: FlagRollout, alarms: usize) {
    for (what, time) in [("given out over", rollout.over), ("watched for", rollout.bake)] {
        let seconds = time.as_seconds();
        if seconds > DAY || !seconds.is_multiple_of(60) {
            scope.error(RULE.code, format!("flags are {what} `{time}`")).help("give whole minutes up to a day");
        }
    }
    if alarms > ALARMS {
        scope
            .error(RULE.code, format!("`{alarms}` alarms take a change back, at most {ALARMS} can"))
            .help("make a composite alarm of them");
    }
}
