//! The pipeline facts of the reference, as its table states them.

use serde_json::{Value, json};

use super::{reference, workflow};

fn contains(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text.contains(wanted),
        Value::Array(items) => items.iter().any(|item| contains(item, wanted)),
        _ => false,
    }
}

fn steps<'v>(job: &'v Value, key: &str) -> Vec<&'v Value> {
    job["steps"].as_array().into_iter().flatten().map(|step| &step[key]).collect()
}

#[test]
fn deployment() {
    let deploy = workflow(&reference::delivery(), "deploy");
    let jobs = &deploy["jobs"];
    assert!(
        deploy["on"]["push"].is_object() && deploy["on"]["workflow_dispatch"].is_object(),
        "10.1-02, 10.1-06, 10.2-04"
    );
    assert!(contains(&deploy["on"]["push"]["branches"], "main"), "10.2-01");
    for job in [
        "test",
        "security_scan",
        "build_image",
        "deploy_staging",
        "deploy_production",
        "integration_tests",
        "smoke_tests",
    ] {
        assert!(jobs[job].is_object(), "{job}");
    }
    let scanners = steps(&jobs["security_scan"], "uses");
    assert!(
        ["snyk/actions", "github/codeql-action"].iter().all(|name| scanners.iter().any(|uses| contains(uses, name))),
        "10.1-08"
    );
    assert_eq!(jobs["deploy_production"]["environment"], "production", "10.1-11");
    assert_eq!(jobs["deploy_staging"]["environment"], "staging", "10.2-03");
    assert_eq!(jobs["approve_1"]["environment"], "production-approval-1", "10.2-07");
    assert_eq!(jobs["approve_2"]["environment"], "production-approval-2", "10.2-07");
    assert_eq!(jobs["approve_2"]["needs"], json!(["approve_1"]), "D-120: one after the other");
    assert!(contains(&jobs["deploy_production"]["needs"], "deploy_staging"), "11-07");
    assert!(contains(&jobs["deploy_production"]["if"], "workflow_dispatch"), "D-127");
    assert!(jobs["deploy_staging"]["if"].is_null(), "D-127");
    assert!(jobs["pre_change_snapshot"].is_object(), "4.1-04");
    assert!(contains(&jobs["migrate"]["needs"], "pre_change_snapshot"), "4.1-05");
    let archive = steps(&jobs["archive_task_definitions"], "run");
    assert!(
        archive.iter().any(|run| contains(run, "s3://claude-enhancer-prod-backups/task-definitions/")),
        "4.2-06, 4.2-07"
    );
}

#[test]
fn infrastructure() {
    let jobs = workflow(&reference::delivery(), "infrastructure")["jobs"].take();
    for job in ["diff", "iam_diff", "cost_diff"] {
        assert!(jobs[job].is_object(), "10.3-01, 10.3-02, 10.3-03: {job}");
    }
    assert_eq!(jobs["apply"]["environment"], "infrastructure", "10.3-04");
    assert_eq!(jobs["apply"]["concurrency"]["cancel-in-progress"], false, "10.3-05");
}

#[test]
fn recovery_test() {
    let test = workflow(&reference::delivery(), "recovery-test");
    assert_eq!(test["on"]["schedule"][0]["cron"], "30 4 * * 1", "4.3-07");
    for job in ["deploy_from_backup", "health_checks", "test_suite"] {
        assert!(test["jobs"][job].is_object(), "4.3-08, 4.3-09, 4.3-10: {job}");
    }
    assert!(contains(&test["jobs"]["cleanup"]["if"], "always()"), "4.3-11");
}

#[test]
fn canary() {
    let jobs = workflow(&reference::delivery(), "canary")["jobs"].take();
    for (job, old, new) in [("shift_5", 95, 5), ("shift_25", 75, 25), ("shift_100", 0, 100), ("roll_back", 100, 0)] {
        let shift = steps(&jobs[job], "run").into_iter().find(|run| contains(run, "modify-listener"));
        let shift = shift.unwrap_or_else(|| panic!("{job} shifts nothing"));
        let weights = format!("$old,Weight={old}}},{{TargetGroupArn=$new,Weight={new}}}");
        assert!(contains(shift, &weights), "D-122: {job} has {shift}");
    }
    assert_eq!(jobs["shift_25"]["needs"], json!(["shift_5"]));
    assert_eq!(jobs["shift_100"]["needs"], json!(["shift_25"]));
}
