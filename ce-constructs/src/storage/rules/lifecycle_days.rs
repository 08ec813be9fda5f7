//! Ages of objects.

use ce_synth::{Duration, Scope};

use crate::storage::StorageClass;

rule!(
    "CE4003",
    "a lifecycle's ages do not fit together",
    "Ages are whole days. Objects move to an infrequent-access class after 30 days at the earliest, stay there for 30, and \
     are deleted after they have moved. \
     Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, transitions: &[(StorageClass, Duration)], expiration: Option<Duration>) {
    for (class, age) in transitions {
        whole_days(scope, *age);
        let least = class.least_days_before();
        if *age < Duration::days(least) {
            let finding = scope.error(RULE.code, format!("objects move to `{}` after `{age}`", class.as_str()));
            finding.help(format!("write at least `Duration::days({least})`"));
        }
    }
    for pair in transitions.windows(2) {
        let [(from, first), (to, second)] = pair else { continue };
        let least = first.as_seconds().saturating_add(Duration::days(from.least_days_in()).as_seconds());
        if second.as_seconds() < least {
            let (from, to) = (from.as_str(), to.as_str());
            let finding = scope
                .error(RULE.code, format!("objects move to `{from}` after `{first}` and to `{to}` after `{second}`"));
            finding.help(format!(
                "write at least `Duration::days({})` for `{to}`",
                Duration::seconds(least).days_rounded_up()
            ));
        }
    }
    let Some(expiration) = expiration else { return };
    whole_days(scope, expiration);
    if let Some((class, age)) = transitions.last().filter(|(_, age)| expiration <= *age) {
        let message =
            format!("objects are deleted after `{expiration}` and move to `{}` after `{age}`", class.as_str());
        scope.error(RULE.code, message).help("delete them later, or leave the transition out");
    } else if expiration == Duration::days(0) {
        scope.error(RULE.code, "objects are deleted after no time").help("write at least `Duration::days(1)`");
    }
}

#[track_caller]
fn whole_days(scope: Scope<'_>, age: Duration) {
    if age.as_days().is_none() {
        scope.error(RULE.code, format!("an age of `{age}` is not whole days")).help("write `Duration::days(..)`");
    }
}

/// How many replaced versions are kept.
#[track_caller]
pub(crate) fn check_kept(scope: Scope<'_>, kept: Option<u8>, expiration: Option<Duration>) {
    let Some(kept) = kept else { return };
    if !(1..=100).contains(&kept) {
        let finding = scope.error(RULE.code, format!("`{kept}` replaced versions are kept, not 1 to 100"));
        finding.help("write `.keep_noncurrent(3)`");
    }
    if expiration.is_none() {
        let finding = scope.error(RULE.code, "replaced versions are kept by number, and none is deleted");
        finding.help("add `.expire_noncurrent_after(..)`");
    }
}

/// When unfinished uploads are thrown away.
#[track_caller]
pub(crate) fn check_uploads(scope: Scope<'_>, age: Option<Duration>) {
    if let Some(age) = age.filter(|age| age.as_days().is_none_or(|days| days == 0)) {
        let finding =
            scope.error(RULE.code, format!("unfinished uploads are thrown away after `{age}`, not after whole days"));
        finding.help("write `.abort_uploads_after(Duration::days(7))`");
    }
}

/// Deletion removes markers by itself.
#[track_caller]
pub(crate) fn report_markers(scope: Scope<'_>) {
    let finding = scope.error(RULE.code, "one rule deletes objects and removes delete markers");
    finding.help("leave `.remove_delete_markers()` out: deletion does both");
}
