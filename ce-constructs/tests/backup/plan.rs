//! Plans: the default, and each option.

use ce_constructs::backup::{BackupPlan, BackupPlanBuilder, BackupRule, BackupVault, CopyTo, Selection, VaultName};
use ce_constructs::operations::{ScheduleExpression, TimeZone};
use ce_constructs::security::{Key, Principal, Role};
use ce_synth::{Duration, Parameter, Region, Scope};
use serde_json::{Value, json};

use super::{built, done, of_type, statements};

const NAME: VaultName = VaultName::new("shop-prod");

fn vault(scope: Scope<'_>) -> BackupVault<'_> {
    BackupVault::builder(NAME, &Key::builder().build(scope, "Key")).build(scope, "Vault")
}

fn nightly() -> BackupRule {
    BackupRule::new("nightly", ScheduleExpression::daily(5, 0))
}

/// The one rule of a plan.
fn rule(rule: BackupRule) -> Value {
    let resources = built(|scope| {
        let plan = BackupPlan::builder(&vault(scope)).rule(rule).select(Selection::tagged("all", "Backup", "nightly"));
        done(plan.build(scope, "Plan"));
    });
    of_type(&resources, "AWS::Backup::BackupPlan")[0]["BackupPlan"]["BackupPlanRule"][0].clone()
}

fn plan(build: impl for<'a> FnOnce(BackupPlanBuilder<'a>) -> BackupPlanBuilder<'a>) -> Value {
    built(|scope| done(build(BackupPlan::builder(&vault(scope)).rule(nightly())).build(scope, "Plan")))
}

#[test]
fn the_default_keeps_for_35_days_with_the_policies_of_aws() {
    let resources = plan(|plan| plan.select(Selection::tagged("backups", "Backup", "nightly")));
    insta::assert_json_snapshot!(resources);
}

#[test]
fn a_rule_says_when_and_for_how_long() {
    let written = rule(
        BackupRule::new("monthly", ScheduleExpression::monthly(1, 4, 0))
            .zone(TimeZone::new("Europe/Berlin"))
            .keep(Duration::days(365))
            .cold_after(Duration::days(30))
            .start_within(Duration::hours(2))
            .complete_within(Duration::hours(8))
            .tag("Kind", "monthly"),
    );
    assert_eq!(written["ScheduleExpression"], "cron(0 4 1 * ? *)");
    assert_eq!(written["ScheduleExpressionTimezone"], "Europe/Berlin");
    assert_eq!(written["Lifecycle"], json!({"DeleteAfterDays": 365, "MoveToColdStorageAfterDays": 30}));
    assert_eq!((&written["StartWindowMinutes"], &written["CompletionWindowMinutes"]), (&json!(120), &json!(480)));
    assert_eq!(written["RecoveryPointTags"], json!({"Kind": "monthly"}));
    assert!(rule(nightly().keep_forever())["Lifecycle"].is_null());
    assert_eq!(rule(nightly().continuous())["EnableContinuousBackup"], true);
}

/// To the standby region, and to a test account that is a parameter.
#[test]
fn copies_go_to_other_regions_and_accounts() {
    let resources = built(|scope| {
        let account = scope.parameter("TestAccountId", Parameter::text().pattern("[0-9]{12}"));
        let standby = CopyTo::vault(NAME.arn(Region::US_WEST_2, "111111111111"));
        let test = CopyTo::vault(NAME.arn(Region::US_EAST_1, account))
            .keep(Duration::days(200))
            .cold_after(Duration::days(100));
        let plan = BackupPlan::builder(&vault(scope)).rule(nightly().copy(standby).copy(test));
        done(plan.select(Selection::tagged("all", "Backup", "nightly")).build(scope, "Plan"));
    });
    let copies = &of_type(&resources, "AWS::Backup::BackupPlan")[0]["BackupPlan"]["BackupPlanRule"][0]["CopyActions"];
    assert_eq!(copies[0]["DestinationBackupVaultArn"], "arn:aws:backup:us-west-2:111111111111:backup-vault:shop-prod");
    assert_eq!(copies[0]["Lifecycle"], json!({"DeleteAfterDays": 35}));
    assert!(copies[1]["DestinationBackupVaultArn"].to_string().contains("TestAccountId"), "{copies}");
    assert_eq!(copies[1]["Lifecycle"], json!({"DeleteAfterDays": 200, "MoveToColdStorageAfterDays": 100}));
}

#[test]
fn a_plan_selects_by_tags_and_arns() {
    let arn = "arn:aws:rds:us-east-1:111111111111:cluster:orders";
    let resources = plan(|plan| {
        let tags = Selection::tagged("tags", "Backup", "nightly").or_tagged("Backup", "hourly").except([arn]);
        plan.select(tags).select(Selection::resources("one", [arn]))
    });
    let selections = of_type(&resources, "AWS::Backup::BackupSelection");
    let find =
        |name: &str| selections.iter().map(|one| &one["BackupSelection"]).find(|one| one["SelectionName"] == name);
    let tags = find("tags").unwrap_or(&Value::Null);
    assert_eq!(
        tags["ListOfTags"][1],
        json!({"ConditionType": "STRINGEQUALS", "ConditionKey": "Backup", "ConditionValue": "hourly"})
    );
    assert_eq!(tags["NotResources"], json!([arn]));
    assert_eq!(find("one").map(|one| &one["Resources"]), Some(&json!([arn])));
}

#[test]
fn a_plan_has_a_name() {
    let resources = plan(|plan| plan.named("shop").select(Selection::tagged("all", "Backup", "nightly")));
    assert_eq!(of_type(&resources, "AWS::Backup::BackupPlan")[0]["BackupPlan"]["BackupPlanName"], "shop");
}

#[test]
fn databases_need_less_than_everything() {
    let resources =
        plan(|plan| plan.least_privilege_for_databases().select(Selection::tagged("all", "Backup", "nightly")));
    assert!(of_type(&resources, "AWS::IAM::Role")[0]["ManagedPolicyArns"].is_null());
    let text = statements(&resources);
    assert!(
        text.contains("rds:CreateDBClusterSnapshot") && text.contains("rds:RestoreDBClusterFromSnapshot"),
        "{text}"
    );
    assert!(text.contains("kms:ViaService"), "{text}");
}

#[test]
fn a_role_that_is_there_is_used() {
    let resources = built(|scope| {
        let role = Role::builder(Principal::service("backup.amazonaws.com")).build(scope, "Own");
        let plan =
            BackupPlan::builder(&vault(scope)).rule(nightly()).select(Selection::tagged("all", "Backup", "nightly"));
        assert_eq!(plan.runs_as(&role).build(scope, "Plan").acts_as().arn(), role.arn());
    });
    assert_eq!(of_type(&resources, "AWS::IAM::Role").len(), 1);
}
