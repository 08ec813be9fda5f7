//! A window that the service refuses for its length.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3018"),
    title: "a window is too short",
    about: "A backup or maintenance window of RDS is at least 30 minutes long, one of ElastiCache 60. Sources: \
            https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, \
            https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
};

#[track_caller]
pub(in crate::data) fn check(scope: Scope<'_>, window: &str, minutes: u16, least: u16) {
    if minutes < least {
        scope
            .error(RULE.code, format!("the window `{window}` is {minutes} minutes long"))
            .help(format!("give it at least {least} minutes"));
    }
}
