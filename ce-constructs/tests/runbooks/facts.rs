//! The runbook facts of the reference: every document and schedule they ask for, said with the public API alone.

use ce_constructs::operations::{ApiCall, ApiOperation, AutomationDocument, Schedule, ScheduleExpression, Step};
use ce_constructs::runbooks::procedure::{self, Fleet, GlobalDatabase};
use ce_constructs::runbooks::{Runbook, RunbookStep};
use ce_synth::{Assembly, Region, Scope, join};
use serde_json::Value;

use super::{built, of_type};

const TABLE: &str = include_str!("../../../tests/reference/claude-enhancer.toml");
const EAST: Region = Region::US_EAST_1;
const GROUP: &str = "arn:aws:elasticache:us-east-1:111111111111:replicationgroup:claude-enhancer-prod";

fn reference() -> Assembly {
    built(|stack| {
        recovery(stack);
        operations(stack);
        data(stack);
    })
}

fn fleets() -> [Fleet; 2] {
    ["auth", "core"]
        .map(|name| Fleet::named(Region::US_WEST_2, "claude-enhancer-dr", format!("claude-enhancer-dr-{name}"), 3))
}

fn recovery(stack: Scope<'_>) {
    let member =
        |region: Region, name: &str| (region, join!["arn:aws:rds:", region.as_str(), ":111111111111:cluster:", name]);
    let (primary, standby) = (member(EAST, "claude-enhancer-prod"), member(Region::US_WEST_2, "claude-enhancer-dr"));
    let database = GlobalDatabase::new("claude-enhancer", primary, standby);
    let health = "https://dr.example.com/health";
    procedure::failover(&database, &fleets(), health, "app.example.com")
        .automated("claude-enhancer-dr-manual-failover")
        .build(stack, "Failover");
    procedure::failback(&database, &fleets(), "app.example.com")
        .automated("claude-enhancer-dr-failback")
        .build(stack, "Failback");
    procedure::restore_test(EAST, "claude-enhancer-prod")
        .automated("claude-enhancer-prod-restore-validation")
        .build(stack, "RestoreTest");
    procedure::database_rollback(
        EAST,
        "claude-enhancer-prod",
        Some("claude-enhancer"),
        "claude-enhancer/prod/database",
    )
    .automated("claude-enhancer-prod-db-pitr")
    .build(stack, "DatabaseRollback");
}

fn operations(stack: Scope<'_>) {
    let fleets = ["auth", "core"].map(|name| Fleet::named(EAST, "claude-enhancer-prod", name, 3));
    let document = "claude-enhancer-prod-cost-review";
    let review = procedure::cost_review(EAST, &fleets).automated(document).build(stack, "CostReview");
    let review = review.automation().expect("the review is automated");
    Schedule::builder(ScheduleExpression::cron("0 9 1 * ? *"), &review).named(document).build(stack, "Monthly");
    let weekly = ScheduleExpression::weekly(2, 9, 0);
    Schedule::builder(weekly, &review).named("claude-enhancer-prod-rightsizing-weekly").build(stack, "Weekly");
    procedure::key_rotation(EAST, ["claude-enhancer/prod/partner"])
        .automated("claude-enhancer-prod-rotate-api-keys")
        .build(stack, "KeyRotation");
    procedure::deployment_rollback(&fleets).automated("claude-enhancer-prod-rollback").build(stack, "Rollback");
    procedure::incident_response(&fleets[0], "claude-enhancer-prod-task", "/ecs/claude-enhancer-prod")
        .automated("claude-enhancer-prod-isolate")
        .build(stack, "Incident");
    procedure::manual_qa("https://staging.example.com").build(stack, "ManualQa");
}

fn data(stack: Scope<'_>) {
    procedure::connection_exhaustion(EAST, "claude-enhancer-prod")
        .automated("claude-enhancer-prod-db-connections")
        .build(stack, "Connections");
    for (name, step) in [
        ("claude-enhancer-prod-db-pre-change-snapshot", "StartBackupJob"),
        ("claude-enhancer-prod-redis-pre-change-snapshot", "CreateSnapshot"),
        ("claude-enhancer-prod-redis-add-shard", "IncreaseNodeGroupsInGlobalReplicationGroup"),
        ("claude-enhancer-prod-redis-scale-up", "ModifyNodeType"),
    ] {
        Runbook::builder(name)
            .purpose("Prepares a change.")
            .when("Before it.")
            .who("Owner of the data")
            .step(RunbookStep::new("Do it").automated(Step::call(step, call())))
            .verify(RunbookStep::new("Look at it"))
            .roll_back(RunbookStep::new("Leave it"))
            .automated(name)
            .build(stack, step);
    }
    let name = "claude-enhancer-prod-redis-snapshot-janitor";
    let janitor = AutomationDocument::builder("Deletes old snapshots").named(name);
    let janitor = janitor.step(Step::call("DeleteSnapshotsOlderThan30Days", call())).build(stack, "Janitor");
    Schedule::builder(ScheduleExpression::every_days(1), &janitor).named(name).build(stack, "Daily");
}

fn call() -> ApiCall {
    const CREATE: ApiOperation = ApiOperation::new("elasticache:CreateSnapshot");
    ApiCall::new(CREATE).on([GROUP])
}

/// The steps of a document.
fn steps(documents: &[Value], name: &str) -> Vec<String> {
    let document = documents.iter().find(|document| document["Name"] == name);
    let document = document.unwrap_or_else(|| panic!("no document `{name}`"));
    let steps = document["Content"]["mainSteps"].as_array().into_iter().flatten();
    steps.filter_map(|step| step["name"].as_str().map(str::to_owned)).collect()
}

#[test]
fn every_document_has_the_steps_that_the_table_asks_for() {
    let table: toml::Table = TABLE.parse().unwrap_or_else(|error| panic!("{error}"));
    let documents = of_type(&reference(), "AWS::SSM::Document");
    let mut rows = 0;
    let facts = table["fact"].as_array().into_iter().flatten();
    for fact in facts.filter(|fact| fact["kind"].as_str() == Some("runbook")) {
        let expected = fact.get("expect").and_then(toml::Value::as_array).into_iter().flatten();
        for row in expected.filter(|row| row["type"].as_str() == Some("AWS::SSM::Document")) {
            let name = row["where"]["Name"].as_str().unwrap_or_default();
            let step = row["contains"].as_str().unwrap_or_default();
            assert!(
                steps(&documents, name).iter().any(|known| known == step),
                "{:?}: `{name}` has no step `{step}`",
                fact["id"]
            );
            rows += 1;
        }
    }
    assert!(rows >= 30, "the table was read: {rows}");
}

#[test]
fn schedules_are_those_of_the_table() {
    let schedules = of_type(&reference(), "AWS::Scheduler::Schedule");
    let expression = |name: &str| {
        let schedule = schedules.iter().find(|schedule| schedule["Name"] == name);
        schedule.unwrap_or_else(|| panic!("no schedule `{name}`"))["ScheduleExpression"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(expression("claude-enhancer-prod-cost-review"), "cron(0 9 1 * ? *)");
    assert_eq!(expression("claude-enhancer-prod-redis-snapshot-janitor"), "rate(1 day)");
    assert!(expression("claude-enhancer-prod-rightsizing-weekly").starts_with("cron("));
}

#[test]
fn the_manual_qa_of_the_table_is_a_file() {
    assert!(reference().file("runbooks/manual-qa.md").is_some(), "10.2-06");
}
