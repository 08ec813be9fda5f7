//! Locks of objects.

use ce_synth::{Duration, Scope};

rule!(
    "CE4004",
    "objects cannot be locked like this",
    "A lock needs versions, and lasts 1 day to 100 years. \
     Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html"
);

const LONGEST: u32 = 36_500;

#[track_caller]
pub(crate) fn check_versions(scope: Scope<'_>, locked: bool, versions: bool) {
    if locked && !versions {
        let finding = scope.error(RULE.code, "the bucket locks versions and keeps none");
        finding.help("leave `.without_versions()` out");
    }
}

#[track_caller]
pub(crate) fn check_days(scope: Scope<'_>, time: Duration) {
    if !time.as_days().is_some_and(|days| (1..=LONGEST).contains(&days)) {
        let finding = scope.error(RULE.code, format!("a lock of `{time}` is not 1 to {LONGEST} whole days"));
        finding.help("write `Duration::days(35)`");
    }
}
