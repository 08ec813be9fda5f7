use ce_constructs::data::{
    BackupRetention, DailyWindow, InstanceClass, ManagedLogin, RdsEngine, RdsInstance, WeeklyWindow,
};
use ce_synth::{App, DeletionPolicy, Region, Size};
use serde_json::json;

use super::{DEV, PROD, built, codes, only, resources, vpc, whole};

const INSTANCE: &str = "AWS::RDS::DBInstance";

#[test]
fn default_in_production() {
    let template = built(PROD, |scope| drop(RdsInstance::builder(&vpc(scope)).build(scope, "Orders")));
    insta::assert_json_snapshot!(template);
}

#[test]
fn what_the_references_ask_for_can_be_said() {
    let template = built(PROD, |scope| {
        RdsInstance::builder(&vpc(scope))
            .engine(RdsEngine::postgresql("17.11"))
            .class(InstanceClass::new("db.r5.2xlarge"))
            .storage(Size::gib(1000))
            .storage_up_to(Size::gib(10_000))
            .named("claude-flow-production")
            .database("claudeflow")
            .credentials(ManagedLogin::new("claudeflow"))
            .backup_retention(BackupRetention::days(30))
            .backup_window(DailyWindow::new("03:00-04:00"))
            .maintenance_window(WeeklyWindow::new("sun:04:00-sun:05:00"))
            .copy_backups_to(Region::US_WEST_2, "arn:aws:kms:us-west-2:111111111111:key/1234")
            .parameter("log_min_duration_statement", "500")
            .build(scope, "Database");
    });
    let instance = whole(&template, INSTANCE)[0];
    assert_eq!(
        (&instance["DeletionPolicy"], &instance["UpdateReplacePolicy"]),
        (&json!("Snapshot"), &json!("Snapshot"))
    );
    for (property, value) in [
        ("DBInstanceIdentifier", json!("claude-flow-production")),
        ("EngineVersion", json!("17.11")),
        ("AllocatedStorage", json!("1000")),
        ("MaxAllocatedStorage", json!(10_000)),
        ("MultiAZ", json!(true)),
        ("ManageMasterUserPassword", json!(true)),
        ("MasterUserPassword", json!(null)),
        ("PreferredMaintenanceWindow", json!("sun:04:00-sun:05:00")),
        ("AutomaticBackupReplicationRegion", json!("us-west-2")),
        ("AutomaticBackupReplicationRetentionPeriod", json!(30)),
        ("EngineLifecycleSupport", json!("open-source-rds-extended-support-disabled")),
    ] {
        assert_eq!(instance["Properties"][property], value, "{property}");
    }
    let parameters = &only(&template, "AWS::RDS::DBParameterGroup")["Parameters"];
    assert_eq!(parameters, &json!({ "rds.force_ssl": "1", "log_min_duration_statement": "500" }));
}

#[test]
fn a_small_mysql_has_no_insights() {
    let template = built(DEV, |scope| {
        let class = InstanceClass::new("db.t3.micro");
        RdsInstance::builder(&vpc(scope)).engine(RdsEngine::MYSQL_8_4).class(class).build(scope, "Orders");
    });
    let instance = only(&template, INSTANCE);
    assert_eq!((&instance["EnablePerformanceInsights"], &instance["Port"]), (&json!(false), &json!("3306")));
}

#[test]
fn storage_has_room_to_grow() {
    let template = built(DEV, |scope| {
        RdsInstance::builder(&vpc(scope)).storage(Size::gib(200)).build(scope, "Grows");
        RdsInstance::builder(&vpc(scope)).fixed_storage().build(scope, "Fixed");
    });
    let limits: Vec<_> =
        whole(&template, INSTANCE).iter().map(|it| it["Properties"]["MaxAllocatedStorage"].clone()).collect();
    assert!(limits.contains(&json!(400)) && limits.contains(&json!(null)), "{limits:?}");
}

#[test]
fn a_replica_inherits_what_it_must_not_say() {
    let template = built(PROD, |scope| {
        let source = RdsInstance::builder(&vpc(scope)).build(scope, "Orders");
        RdsInstance::builder(&vpc(scope)).replica_of(&source).build(scope, "Copy");
    });
    let replicas = whole(&template, INSTANCE);
    let replica = replicas.iter().find(|it| !it["Properties"]["SourceDBInstanceIdentifier"].is_null());
    let replica = replica.unwrap_or_else(|| panic!("no replica"));
    assert!(replica["Properties"]["SourceDBInstanceIdentifier"]["Ref"].is_string());
    assert_eq!(replica["DeletionPolicy"], "Delete", "a replica has no final snapshot");
    for absent in
        ["Engine", "MasterUsername", "AllocatedStorage", "KmsKeyId", "DBSubnetGroupName", "BackupRetentionPeriod"]
    {
        assert!(replica["Properties"][absent].is_null(), "{absent}");
    }
}

#[test]
fn a_replica_abroad_names_its_source_by_arn() {
    let app = App::new();
    let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
    let source = RdsInstance::builder(&vpc(here)).named("orders").build(here, "Orders");
    there.stack().independent_of(here);
    RdsInstance::builder(&vpc(there))
        .replica_of(&source)
        .deletion_policy(DeletionPolicy::Retain)
        .build(there, "Orders");
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let there = resources(&assembly, "There");
    let replica = only(&there, INSTANCE);
    let source =
        json!({ "Fn::Join": ["", ["arn:", { "Ref": "AWS::Partition" }, ":rds:us-east-1:111111111111:db:orders"]] });
    assert_eq!(replica["SourceDBInstanceIdentifier"], source);
    assert!(replica["KmsKeyId"].is_object() && replica["DBSubnetGroupName"].is_object());
}

#[test]
fn a_source_without_name_cannot_be_copied_abroad() {
    let app = App::new();
    let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
    let source = RdsInstance::builder(&vpc(here)).build(here, "Orders");
    RdsInstance::builder(&vpc(there)).replica_of(&source).build(there, "Orders");
    assert!(codes(&app.synth()).contains(&"CE3021".to_owned()));
}
