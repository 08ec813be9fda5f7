//! Buckets for logs.

use crate::storage::{Bucket, LogSource};

rule!(
    "CE4006",
    "logs cannot be written there",
    "Load balancers and S3's own access logs write only into buckets that S3 encrypts, and a prefix ends in a slash. \
     Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html"
);

#[track_caller]
pub(crate) fn check(bucket: Bucket<'_>, source: &LogSource, prefix: &str) {
    if bucket.key().is_some() && source.refuses_keys() {
        let finding =
            bucket.scope().error(RULE.code, "these logs cannot be written into a bucket with a key of your own");
        finding.help("leave `.encrypted_by(..)` out: S3 encrypts them");
    }
    if !prefix.is_empty() && !prefix.ends_with('/') {
        let finding = bucket.scope().error(RULE.code, format!("the prefix `{prefix}` does not end in a slash"));
        finding.help(format!("write `{prefix}/`"));
    }
}
