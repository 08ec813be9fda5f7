//! How often a key is rotated.

use ce_synth::{Duration, Scope};

use crate::security::KeySpec;

rule!(
    "CE5112",
    "a key's rotation period is out of bounds, or there is none",
    "KMS rotates symmetric keys every 90 to 2,560 days. A symmetric key that is never rotated is a warning. \
     Source: https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html"
);

/// The period in days, the nearest that KMS takes; none for a key that is not rotated.
#[track_caller]
pub(crate) fn checked(scope: Scope<'_>, spec: KeySpec, period: Option<Duration>) -> Option<u32> {
    if !spec.can_rotate() {
        return None;
    }
    let Some(period) = period else {
        scope
            .warning(RULE.code, "the key is never rotated")
            .help("leave out `.never_rotated()`, or accept this with a reason");
        return None;
    };
    if !period.as_days().is_some_and(|days| (90..=2_560).contains(&days)) {
        let finding =
            scope.error(RULE.code, format!("a rotation every `{period}` is not every 90 to 2,560 whole days"));
        finding.help("write `.rotated_every(Duration::days(365))`");
    }
    Some(period.days_rounded_up().clamp(90, 2_560))
}
