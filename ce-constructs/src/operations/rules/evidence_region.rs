//! Where evidence is kept.

use ce_synth::{Code, Rule, Scope};

use crate::storage::Bucket;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8315"),
    title: "logs are to be copied into a bucket of another region",
    about: "CloudWatch Logs copies log groups into buckets of their own region alone. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateExportTask.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, bucket: Bucket<'_>) {
    let (here, there) = (scope.region(), bucket.scope().region());
    if here != there {
        scope
            .error(
                RULE.code,
                format!("the bucket `{}` is in `{there}`, the logs are in `{here}`", bucket.scope().path()),
            )
            .help(format!("make one in a stack in `{here}`"));
    }
}
