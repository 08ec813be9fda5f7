//! Roles for other accounts: what each access allows.

use ce_constructs::governance::{Access, CrossAccountRole};
use ce_constructs::security::{Action, Grantee, Key, Statement};
use ce_constructs::storage::Bucket;
use ce_synth::{Duration, IntoValue, Parameter};
use serde_json::Value;

use super::{built, done, of_type, statements};

const OTHER: &str = "222222222222";

#[test]
fn monitoring_reads_metrics_logs_and_traces() {
    let resources = built(|scope| {
        let account = scope.parameter("MonitoringAccountId", Parameter::text().pattern("[0-9]{12}"));
        let role =
            CrossAccountRole::builder(Access::Monitoring, account, "shop-monitoring").named("shop-prod-monitoring");
        done(role.build(scope, "Monitoring"));
    });
    insta::assert_json_snapshot!(resources);
}

fn allowed(access: Access<'_>) -> String {
    let resources = built(|scope| done(CrossAccountRole::builder(access, OTHER, "shop-other").build(scope, "Other")));
    statements(&resources)
}

#[test]
fn audits_read_the_trail() {
    let text = allowed(Access::Audit(None));
    assert!(text.contains("cloudtrail:LookupEvents") && !text.contains("s3:GetObject"), "{text}");
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let bucket = Bucket::builder().encrypted_by(&key).without_access_logs().build(scope, "Audit");
        done(CrossAccountRole::builder(Access::Audit(Some(bucket)), OTHER, "shop-security").build(scope, "Security"));
    });
    let text = statements(&resources);
    assert!(text.contains("s3:GetObject") && text.contains("kms:Decrypt"), "{text}");
}

#[test]
fn backups_are_restored() {
    let text = allowed(Access::Backup(vec!["arn:aws:iam::111111111111:role/restore".into_value()]));
    assert!(text.contains("backup:StartRestoreJob") && text.contains("iam:PassRole"), "{text}");
    assert!(!allowed(Access::Backup(vec![])).contains("iam:PassRole"));
}

#[test]
fn what_else_is_allowed_is_said() {
    let resources = built(|scope| {
        let read = Statement::allow([Action::new("s3:GetObject")]).on(["arn:aws:s3:::shop-assets/*"]);
        let role =
            CrossAccountRole::builder(Access::Nothing, OTHER, "shop-other").allow(read).max_session(Duration::hours(2));
        let role = role.build(scope, "Other");
        assert_eq!(Grantee::role(&role).arn(), role.role().arn());
    });
    assert_eq!(of_type(&resources, "AWS::IAM::Role")[0]["MaxSessionDuration"], 7_200);
    assert!(statements(&resources).contains("s3:GetObject"));
    assert!(!statements(&resources).contains("cloudwatch"));
}

/// Nobody takes the role on without the external id.
#[test]
fn the_external_id_is_asked_for() {
    let resources =
        built(|scope| done(CrossAccountRole::builder(Access::Nothing, OTHER, "shop-other").build(scope, "Other")));
    let trust = &of_type(&resources, "AWS::IAM::Role")[0]["AssumeRolePolicyDocument"]["Statement"];
    assert_eq!(trust[0]["Condition"]["StringEquals"]["sts:ExternalId"], "shop-other");
    assert!(trust[0]["Principal"]["AWS"].to_string().contains(OTHER), "{trust}");
    assert_eq!(trust[1], Value::Null);
}
