//! Copies of objects.

use ce_synth::Scope;

use crate::storage::Replication;

rule!(
    "CE4005",
    "objects cannot be copied like this",
    "Replication needs versions in both buckets, and a key of the destination's region for objects that a key encrypts: \
     without one they are skipped in silence. \
     Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, versions: bool, encrypted: bool, rules: &[Replication]) {
    if !rules.is_empty() && !versions {
        let finding = scope.error(RULE.code, "the bucket copies versions and keeps none");
        finding.help("leave `.without_versions()` out");
    }
    if encrypted && rules.iter().any(|rule| !rule.has_key()) {
        let finding = scope.error(RULE.code, "objects that the bucket's key encrypts would not be copied");
        finding.help("add `.encrypted_by(key)` to the replication, with a key of the destination's region");
    }
}
