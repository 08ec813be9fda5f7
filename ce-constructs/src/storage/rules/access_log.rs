//! Who asked for what.

use ce_synth::Scope;

rule!(
    "CE4001",
    "nothing records who uses a bucket",
    "In production somebody will ask who read an object. Access logs are written to another bucket. \
     Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, undecided: bool) {
    if undecided && scope.environment().tier.is_production() {
        let finding = scope.warning(RULE.code, "nothing records who uses the bucket");
        finding.help("add `.access_logs_to(&logs, \"prefix/\")`, or `.without_access_logs()`");
    }
}
