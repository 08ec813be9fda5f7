//! Sessions of roles.

use ce_synth::{Duration, Scope};

rule!(
    "CE5108",
    "a role's sessions are too short or too long",
    "IAM takes 1 to 12 hours. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html"
);

/// The length, if IAM takes it.
#[track_caller]
pub(crate) fn checked(scope: Scope<'_>, length: Option<Duration>) -> Option<Duration> {
    let length = length?;
    if !(Duration::hours(1)..=Duration::hours(12)).contains(&length) {
        let finding = scope.error(RULE.code, format!("a session of `{length}` is not between 1 and 12 hours"));
        finding.help("write `.max_session(Duration::hours(1))`, or up to 12");
        return None;
    }
    Some(length)
}
