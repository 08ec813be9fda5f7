//! Evidence that can be deleted.

use ce_synth::{Code, Rule, Scope};

use crate::storage::Bucket;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8314"),
    title: "logs are kept where they can be deleted",
    about: "Whoever is in may delete what tells of it; objects that are locked stay for their time. Source: \
            https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, bucket: Bucket<'_>) {
    if !bucket.locks_objects() {
        scope
            .warning(RULE.code, format!("the bucket `{}` does not lock what is written", bucket.scope().path()))
            .help("lock it: `.object_lock(ObjectLock::Governance(Duration::days(365)))`");
    }
}
