//! Tests of restores: the default, and each option.

use ce_constructs::backup::{ProtectedKind, RecoveryPoint, RestoreTest, RestoreTesting, RestoreTestingBuilder};
use ce_constructs::operations::{ScheduleExpression, TimeZone};
use ce_constructs::security::{Principal, Role};
use ce_synth::Duration;
use serde_json::{Value, json};

use super::{built, done, of_type, statements};

fn databases() -> RestoreTest {
    RestoreTest::of("databases", ProtectedKind::Aurora)
}

fn testing(build: impl for<'a> FnOnce(RestoreTestingBuilder<'a>) -> RestoreTestingBuilder<'a>) -> Value {
    built(|scope| {
        done(build(RestoreTesting::builder("monthly", ScheduleExpression::monthly(1, 6, 0))).build(scope, "Tests"));
    })
}

fn plan(resources: &Value) -> &Value {
    of_type(resources, "AWS::Backup::RestoreTestingPlan")[0]
}

#[test]
fn the_default_restores_the_latest_backup() {
    insta::assert_json_snapshot!(testing(|testing| testing.test(databases())));
}

#[test]
fn a_plan_says_which_backups_and_when() {
    let vault = "arn:aws:backup:us-east-1:111111111111:backup-vault:shop";
    let resources = testing(|testing| {
        testing
            .zone(TimeZone::new("Europe/Berlin"))
            .from_vault(vault)
            .restores(RecoveryPoint::Random)
            .not_older_than(Duration::days(7))
            .snapshots_only()
            .start_within(Duration::hours(4))
            .test(databases())
    });
    let expected = json!({
        "Algorithm": "RANDOM_WITHIN_WINDOW", "IncludeVaults": [vault], "RecoveryPointTypes": ["SNAPSHOT"], "SelectionWindowDays": 7,
    });
    assert_eq!(plan(&resources)["RecoveryPointSelection"], expected);
    assert_eq!(plan(&resources)["ScheduleExpressionTimezone"], "Europe/Berlin");
    assert_eq!(plan(&resources)["StartWindowHours"], 4);
}

#[test]
fn a_test_says_what_is_restored_and_how() {
    let arn = "arn:aws:rds:us-east-1:111111111111:cluster:orders";
    let resources = testing(|testing| {
        testing
            .test(
                databases()
                    .only([arn])
                    .restored_with("dbSubnetGroupName", "tests")
                    .validated_within(Duration::hours(4)),
            )
            .test(RestoreTest::of("tagged", ProtectedKind::Aurora).tagged("Critical", "yes"))
    });
    let tests = of_type(&resources, "AWS::Backup::RestoreTestingSelection");
    let find =
        |name: &str| *tests.iter().find(|test| test["RestoreTestingSelectionName"] == name).unwrap_or(&&Value::Null);
    assert_eq!(find("databases")["ProtectedResourceArns"], json!([arn]));
    assert_eq!(find("databases")["RestoreMetadataOverrides"], json!({"dbSubnetGroupName": "tests"}));
    assert_eq!(find("databases")["ValidationWindowHours"], 4);
    let equals = &find("tagged")["ProtectedResourceConditions"]["StringEquals"];
    assert_eq!(*equals, json!([{"Key": "aws:ResourceTag/Critical", "Value": "yes"}]));
}

#[test]
fn every_kind_is_known() {
    let kinds = [
        (ProtectedKind::Aurora, "Aurora"),
        (ProtectedKind::Rds, "RDS"),
        (ProtectedKind::DocumentDb, "DocumentDB"),
        (ProtectedKind::Neptune, "Neptune"),
        (ProtectedKind::DynamoDb, "DynamoDB"),
        (ProtectedKind::Ebs, "EBS"),
        (ProtectedKind::Ec2, "EC2"),
        (ProtectedKind::Efs, "EFS"),
        (ProtectedKind::Fsx, "FSx"),
        (ProtectedKind::S3, "S3"),
    ];
    for (kind, name) in kinds {
        let resources = testing(|testing| testing.test(RestoreTest::of("test", kind)));
        assert_eq!(of_type(&resources, "AWS::Backup::RestoreTestingSelection")[0]["ProtectedResourceType"], name);
    }
}

#[test]
fn its_role_can_be_less_or_another() {
    let resources = testing(|testing| testing.least_privilege_for_databases().test(databases()));
    let text = statements(&resources);
    assert!(
        text.contains("rds:RestoreDBClusterFromSnapshot") && !text.contains("rds:CreateDBClusterSnapshot"),
        "{text}"
    );
    let resources = built(|scope| {
        let role = Role::builder(Principal::service("backup.amazonaws.com")).build(scope, "Own");
        let testing =
            RestoreTesting::builder("monthly", ScheduleExpression::monthly(1, 6, 0)).test(databases()).runs_as(&role);
        assert_eq!(testing.build(scope, "Tests").acts_as().arn(), role.arn());
    });
    assert_eq!(of_type(&resources, "AWS::IAM::Role").len(), 1);
}
