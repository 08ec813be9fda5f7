//! What the reference's decisions say of workflows beyond the facts, which the example `prod` proves.

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
fn approvals_come_one_after_the_other() {
    let jobs = workflow(&reference::delivery(), "deploy")["jobs"].take();
    assert_eq!(jobs["approve_2"]["needs"], json!(["approve_1"]), "D-120");
}

#[test]
fn production_is_deployed_on_request_and_staging_by_itself() {
    let jobs = workflow(&reference::delivery(), "deploy")["jobs"].take();
    assert!(contains(&jobs["deploy_production"]["if"], "workflow_dispatch"), "D-127");
    assert!(jobs["deploy_staging"]["if"].is_null(), "D-127");
}

#[test]
fn an_apply_is_never_cut_off() {
    let jobs = workflow(&reference::delivery(), "infrastructure")["jobs"].take();
    assert_eq!(jobs["apply"]["concurrency"]["cancel-in-progress"], false, "10.3-05");
}

#[test]
fn a_canary_takes_three_steps() {
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
