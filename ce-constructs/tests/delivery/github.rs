//! Whether a workflow has the structure that GitHub reads.
//!
//! Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>

use std::process::Command;

use serde_json::{Map, Value, json};

use super::{parse, reference};

const TOP: &[&str] = &["name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"];
const EVENTS: &[&str] = &["push", "pull_request", "schedule", "workflow_dispatch", "workflow_call", "workflow_run"];
const JOB: &[&str] = &[
    "name",
    "needs",
    "if",
    "runs-on",
    "environment",
    "permissions",
    "concurrency",
    "timeout-minutes",
    "outputs",
    "env",
    "strategy",
    "steps",
    "continue-on-error",
];
const STEP: &[&str] = &[
    "name",
    "id",
    "if",
    "uses",
    "with",
    "env",
    "working-directory",
    "continue-on-error",
    "timeout-minutes",
    "run",
    "shell",
];
const SCOPES: &[&str] = &[
    "actions",
    "attestations",
    "checks",
    "contents",
    "deployments",
    "id-token",
    "issues",
    "packages",
    "pull-requests",
    "security-events",
    "statuses",
];

/// What GitHub would refuse; empty for a workflow that it takes.
pub(super) fn problems(workflow: &Value) -> Vec<String> {
    let mut found = Vec::new();
    known(workflow, TOP, "the workflow", &mut found);
    known(&workflow["on"], EVENTS, "`on`", &mut found);
    permissions(&workflow["permissions"], &mut found);
    for entry in workflow["on"]["schedule"].as_array().into_iter().flatten() {
        text(&entry["cron"], "a cron", &mut found);
    }
    let jobs = workflow["jobs"].as_object().cloned().unwrap_or_default();
    if jobs.is_empty() || map(&workflow["on"]).is_empty() {
        found.push("no jobs, or nothing that starts them".to_owned());
    }
    for (id, body) in &jobs {
        job(id, body, &jobs, &mut found);
    }
    found
}

fn job(id: &str, job: &Value, jobs: &Map<String, Value>, found: &mut Vec<String>) {
    known(job, JOB, id, found);
    text(&job["runs-on"], id, found);
    permissions(&job["permissions"], found);
    scalars(&job["env"], id, found);
    for needed in job["needs"].as_array().into_iter().flatten() {
        if !needed.as_str().is_some_and(|needed| jobs.contains_key(needed) && needed != id) {
            found.push(format!("`{id}` needs {needed}"));
        }
    }
    let steps = job["steps"].as_array().cloned().unwrap_or_default();
    if steps.is_empty() || !job["timeout-minutes"].as_u64().is_some_and(|minutes| (1..=360).contains(&minutes)) {
        found.push(format!("`{id}` has no steps or no time"));
    }
    for step in &steps {
        known(step, STEP, id, found);
        scalars(&step["env"], id, found);
        scalars(&step["with"], id, found);
        match (step["run"].as_str(), step["uses"].as_str()) {
            (Some(script), None) if !script.is_empty() && step["with"].is_null() => {}
            (None, Some(action)) if action.contains('@') || action.starts_with("./") => {}
            other => found.push(format!("a step of `{id}` is neither a script nor an action: {other:?}")),
        }
    }
}

fn map(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn known(value: &Value, keys: &[&str], what: &str, found: &mut Vec<String>) {
    if !value.is_object() {
        found.push(format!("{what} is no map"));
    }
    found
        .extend(map(value).keys().filter(|key| !keys.contains(&key.as_str())).map(|key| format!("{what} has `{key}`")));
}

fn text(value: &Value, what: &str, found: &mut Vec<String>) {
    if value.as_str().is_none_or(str::is_empty) {
        found.push(format!("{what}: {value} is no text"));
    }
}

fn scalars(value: &Value, what: &str, found: &mut Vec<String>) {
    found.extend(
        map(value)
            .iter()
            .filter(|(_, value)| !value.is_string())
            .map(|(key, _)| format!("`{key}` of {what} is no text")),
    );
}

fn permissions(value: &Value, found: &mut Vec<String>) {
    for (scope, level) in map(value) {
        if !SCOPES.contains(&scope.as_str()) || !["read", "write", "none"].map(Value::from).contains(&level) {
            found.push(format!("permission `{scope}: {level}`"));
        }
    }
}

#[test]
fn every_workflow_of_the_reference_is_one_of_github() {
    let assembly = reference::delivery();
    let workflows: Vec<_> = assembly.files().filter(|(path, _)| path.starts_with("workflows/")).collect();
    assert_eq!(workflows.len(), 6);
    for (path, content) in workflows {
        assert_eq!(problems(&parse(content)), Vec::<String>::new(), "{path}");
        assert!(content.lines().all(|line| line == line.trim_end()), "{path} has spaces at the end of a line");
    }
}

#[test]
fn every_script_of_the_reference_is_one_of_a_shell() {
    let assembly = reference::delivery();
    for (path, content) in assembly.files() {
        let workflow = parse(content);
        let steps = map(&workflow["jobs"])
            .into_iter()
            .flat_map(|(_, job)| job["steps"].as_array().cloned().unwrap_or_default());
        for script in steps.filter_map(|step| step["run"].as_str().map(str::to_owned)) {
            let output = Command::new("bash")
                .args(["-n", "-c", &script])
                .output()
                .unwrap_or_else(|error| panic!("bash: {error}"));
            assert!(output.status.success(), "{path}: {}\n{script}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn the_check_itself_can_fail() {
    let step = json!({ "run": "true" });
    let good = json!({
        "on": { "push": {} },
        "jobs": { "a": { "runs-on": "x", "timeout-minutes": 1, "steps": [step] } },
    });
    assert_eq!(problems(&good), Vec::<String>::new());
    let broken = |pointer: &str, value: Value| {
        let mut workflow = good.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
        workflow.pointer_mut(parent).unwrap_or_else(|| panic!("{parent}"))[key] = value;
        problems(&workflow)
    };
    for (pointer, value) in [
        ("/name-of", json!("x")),
        ("/on/pushes", json!({})),
        ("/jobs/a/needs", json!(["b"])),
        ("/jobs/a/steps", json!([])),
        ("/jobs/a/steps", json!([{ "run": "x", "uses": "a/b@c" }])),
        ("/jobs/a/steps", json!([{ "run": "x", "env": { "A": 1 } }])),
        ("/jobs/a/timeout-minutes", json!(361)),
        ("/jobs/a/permissions", json!({ "content": "read" })),
    ] {
        assert!(!broken(pointer, value.clone()).is_empty(), "{pointer} = {value}");
    }
}
