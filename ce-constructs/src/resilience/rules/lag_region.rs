//! Where a lag can be seen.

use ce_synth::{Region, Scope};

rule!(
    "CE8413",
    "an alarm looks for a copy's lag where it is not published",
    "CloudWatch has the lag of a copy in the region of the copy: for Aurora in that of the secondary cluster, for Redis \
     in that of the secondary cache, for S3 in that of the destination. \
     Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html \
     https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, what: &str, copy: Region) {
    if scope.region() != copy {
        let finding =
            scope.error(RULE.code, format!("the alarm is in `{}`, the copy `{what}` in `{copy}`", scope.region()));
        finding.help(format!("add it to a stack in `{copy}`"));
    }
}
