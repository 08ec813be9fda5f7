//! The ready-made runbooks, whole: no findings, and the text that people get.

use std::process::Command;

use ce_constructs::runbooks::RunbookBuilder;
use ce_constructs::runbooks::procedure::{self, Fleet, GlobalDatabase};
use ce_synth::Region;

use serde_json::Value;

use super::{built, codes, of_type, synth, text};

const EAST: Region = Region::US_EAST_1;

fn all() -> Vec<(&'static str, RunbookBuilder)> {
    let west = "arn:aws:rds:us-west-2:111111111111:cluster:shop-dr";
    let east = "arn:aws:rds:us-east-1:111111111111:cluster:shop-prod";
    let database = GlobalDatabase::new("shop", (EAST, east), (Region::US_WEST_2, west));
    let fleets = ["api", "web"].map(|name| Fleet::named(Region::US_WEST_2, "shop-dr", name, 4));
    vec![
        ("failover", procedure::failover(&database, &fleets, "https://dr.example.com/health", "shop.example.com")),
        ("failback", procedure::failback(&database, &fleets, "shop.example.com")),
        ("restore-test", procedure::restore_test(EAST, "shop-prod")),
        ("database-rollback", procedure::database_rollback(EAST, "shop-prod", Some("shop"), "shop/prod/database")),
        ("key-rotation", procedure::key_rotation(EAST, ["shop/prod/partner"])),
        ("cost-review", procedure::cost_review(EAST, &fleets)),
        ("deployment-rollback", procedure::deployment_rollback(&fleets)),
        ("incident-response", procedure::incident_response(&fleets[0], "shop-task", "/ecs/shop")),
        ("manual-qa", procedure::manual_qa("https://staging.example.com")),
        ("database-connections", procedure::connection_exhaustion(EAST, "shop-prod")),
    ]
}

#[test]
fn they_have_no_findings_and_every_part() {
    for (name, runbook) in all() {
        let result = synth(|stack| drop(runbook.build(stack, "Runbook")));
        assert_eq!(codes(&result), Vec::<String>::new(), "{name}");
        let assembly = result.unwrap_or_else(|findings| panic!("{findings}"));
        let text = text(&assembly, name);
        for part in ["| When | ", "| Who | ", "| Takes | ", "## Steps", "## Verification", "## Rollback"] {
            assert!(text.contains(part), "{name} lacks {part}");
        }
    }
}

#[test]
fn their_commands_are_those_of_a_shell() {
    for (name, runbook) in all() {
        let assembly = built(|stack| drop(runbook.build(stack, "Runbook")));
        let text = text(&assembly, name);
        assert_eq!(text.matches("```").count() % 2, 0, "{name}");
        for block in text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            assert_eq!(shell_errors(block), "", "{name}: {block}");
            assert!(!block.lines().any(|line| line.ends_with(' ')), "{name}: {block}");
        }
    }
    assert_ne!(shell_errors("echo \"${X:?nobody's}\""), "", "the check itself can fail");
}

/// What bash says about a script that it does not run.
fn shell_errors(script: &str) -> String {
    let output =
        Command::new("bash").args(["-n", "-c", script]).output().unwrap_or_else(|error| panic!("bash: {error}"));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_failover_reads_like_this() {
    let Some((name, failover)) = all().into_iter().next() else { return };
    let assembly = built(|stack| drop(failover.automated("shop-dr-failover").build(stack, "Failover")));
    insta::assert_snapshot!(text(&assembly, name));
}

/// The document that a procedure becomes: its steps' names and actions.
fn steps(runbook: RunbookBuilder) -> Vec<(String, String)> {
    let assembly = built(|stack| drop(runbook.automated("shop-runbook").build(stack, "Runbook")));
    let document = of_type(&assembly, "AWS::SSM::Document").pop().unwrap_or_default();
    let word = |step: &Value, key: &str| step[key].as_str().unwrap_or_default().to_owned();
    let steps = document["Content"]["mainSteps"].as_array().cloned().unwrap_or_default();
    steps.iter().map(|step| (word(step, "name"), word(step, "action"))).collect()
}

#[test]
fn a_machine_does_what_it_can() {
    let done: Vec<String> = all()
        .into_iter()
        .flat_map(|(_, runbook)| steps(runbook))
        .filter(|(_, action)| action != "aws:pause")
        .map(|(name, _)| name)
        .collect();
    let expected = [
        "PromoteAuroraSecondary",
        "WaitForPromotion",
        "ScaleUpEcsServices",
        "ExecuteFailback",
        "PutRestoreValidationResult",
        "ReadRestorableTimes",
        "RestoreClusterToPointInTime",
        "WaitForTheNewCluster",
        "ReadCostsByService",
        "ReadP95Utilisation",
        "EnrolComputeOptimizer",
        "ReviewSavingsPlansCoverage",
        "ReviewReservedInstanceCoverage",
        "UpdateServiceToPreviousTaskDefinition",
    ];
    assert_eq!(done, expected);
}

#[test]
fn a_pipeline_can_start_a_rollback_and_need_not_wait_for_people() {
    let rollback = all().into_iter().find(|(name, _)| *name == "deployment-rollback");
    let steps = rollback.map(|(_, runbook)| steps(runbook)).unwrap_or_default();
    assert_eq!(steps, [("UpdateServiceToPreviousTaskDefinition".to_owned(), "aws:executeScript".to_owned())]);
}
