//! How long a deletion can be taken back.

use ce_synth::{Duration, Scope};

rule!(
    "CE5111",
    "a key's deletion window is out of bounds",
    "KMS waits 7 to 30 days before it deletes a key. \
     Source: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"
);

/// The window in days, the nearest that KMS takes.
#[track_caller]
pub(crate) fn checked(scope: Scope<'_>, window: Duration) -> u32 {
    if !window.as_days().is_some_and(|days| (7..=30).contains(&days)) {
        let finding = scope.error(RULE.code, format!("a deletion window of `{window}` is not 7 to 30 whole days"));
        finding.help("write `.pending_window(Duration::days(30))`");
    }
    window.days_rounded_up().clamp(7, 30)
}
