//! What a canary may do.

use ce_synth::{Scope, join};

use crate::security::{Action, Principal, Role, Statement, own_arn};
use crate::storage::Bucket;

/// The role of a canary that keeps its runs in a bucket.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html>
#[track_caller]
pub(super) fn role<'a>(scope: Scope<'a>, name: &str, artifacts: Bucket<'a>) -> Role<'a> {
    let role = Role::builder(Principal::service("lambda.amazonaws.com")).build(scope, "Role");
    let keep = [Action::new("s3:GetObject"), Action::new("s3:PutObject")];
    role.allow(Statement::allow(keep).on([artifacts.objects(&format!("{name}/*"))]));
    role.allow(Statement::allow([Action::new("s3:GetBucketLocation")]).on([artifacts.arn()]));
    let write =
        [Action::new("logs:CreateLogGroup"), Action::new("logs:CreateLogStream"), Action::new("logs:PutLogEvents")];
    let group = format!("log-group:/aws/lambda/cwsyn-{name}-*");
    let groups = own_arn("logs", join!["", group]);
    role.allow(Statement::allow(write).on([groups]));
    let measure = Statement::allow([Action::new("cloudwatch:PutMetricData")]).on(["*"]);
    let measure = measure.when("StringEquals", "cloudwatch:namespace", "CloudWatchSynthetics");
    role.allow(measure.with_wildcard_reason("the action knows no resources; the namespace narrows it"));
    let list = Statement::allow([Action::new("s3:ListAllMyBuckets")]).on(["*"]);
    role.allow(list.with_wildcard_reason("Synthetics looks for its bucket among all"));
    if let Some(key) = artifacts.key() {
        key.grants().encrypt_decrypt(&role);
    }
    role
}
