//! One assertion for each option of a workflow, a job and a step.

use ce_cfn::sns;
use ce_constructs::delivery::{
    ActionRef, AssumedRole, Concurrency, Job, JobStep, PermissionScope, Permissions, Trigger, Workflow,
};
use ce_synth::{Document, Duration, join};
use serde_json::{Value, json};

use super::{PROD, built, workflow};

const CACHE: ActionRef = ActionRef::new("example/cache@0123456789abcdef0123456789abcdef01234567").version("v1.2.3");

fn job() -> Job {
    Job::new().step(JobStep::run("Run", "true"))
}

/// What a workflow becomes.
fn written(set: impl FnOnce(Workflow) -> Workflow) -> Value {
    let workflow_of = set(Workflow::new("Test"));
    let assembly = built(|stack| drop(workflow_of.build(stack, "Test")));
    workflow(&assembly, "test")
}

fn with_job(job: Job) -> Value {
    written(|workflow| workflow.on(Trigger::on_request()).job("a", job))["jobs"]["a"].take()
}

fn with_step(step: JobStep) -> Value {
    with_job(Job::new().step(step))["steps"][0].take()
}

#[test]
fn a_workflow_may_read_the_code_by_default() {
    let written = written(|workflow| workflow.on(Trigger::on_request()).job("a", job()));
    assert_eq!(written["name"], "Test");
    assert_eq!(written["permissions"], json!({ "contents": "read" }));
    assert!(written["concurrency"].is_null() && written["env"].is_null());
}

#[test]
fn settings_of_a_workflow() {
    let written = written(|workflow| {
        let permissions = Permissions::none().write(PermissionScope::PullRequests).read(PermissionScope::PullRequests);
        let workflow = workflow.permissions(permissions.read(PermissionScope::Checks));
        workflow.concurrency(Concurrency::newest("a")).env("A", "1").on(Trigger::on_request()).job("a", job())
    });
    assert_eq!(written["permissions"], json!({ "checks": "read", "pull-requests": "write" }));
    assert_eq!(written["concurrency"], json!({ "group": "a", "cancel-in-progress": true }));
    assert_eq!(written["env"], json!({ "A": "1" }));
}

#[test]
fn a_workflow_may_name_its_file() {
    let build = || Workflow::new("A & B").on(Trigger::on_request()).job("a", job());
    let assembly = built(|stack| {
        assert_eq!(build().build(stack, "First").path(), "workflows/a---b.yml");
        let second = build().file("second").build(stack, "Second");
        assert_eq!((second.path(), second.jobs()), ("workflows/second.yml", &["a".to_owned()][..]));
    });
    assert!(assembly.file("workflows/second.yml").is_some());
}

#[test]
fn triggers() {
    let written = written(|workflow| {
        workflow
            .on(Trigger::push(["main"]).paths(["src/**"]))
            .on(Trigger::tag(["v*"]))
            .on(Trigger::pull_request())
            .on(Trigger::schedule("0 4 * * *"))
            .on(Trigger::schedule("*/30 9-17 * * 1-5"))
            .on(Trigger::on_request().input("version", "What is deployed", None).input(
                "size",
                "How much",
                Some("small"),
            ))
            .job("a", job())
    });
    let expected = json!({
        "push": { "branches": ["main"], "paths": ["src/**"], "tags": ["v*"] },
        "pull_request": {},
        "schedule": [{ "cron": "0 4 * * *" }, { "cron": "*/30 9-17 * * 1-5" }],
        "workflow_dispatch": { "inputs": {
            "version": { "description": "What is deployed", "required": true, "type": "string" },
            "size": { "description": "How much", "required": false, "default": "small", "type": "string" },
        } },
    });
    assert_eq!(written["on"], expected);
}

#[test]
fn settings_of_a_job() {
    let written = written(|workflow| {
        let other = job;
        let job = job()
            .needs("b")
            .needs("c")
            .needs("b")
            .named("A")
            .when("always()")
            .runs_on("large")
            .environment("production");
        let job = job
            .concurrency(Concurrency::queue("q"))
            .env("A", "1")
            .timeout(Duration::minutes(90))
            .permissions(Permissions::none());
        let job = job.step(JobStep::run("Out", "true").id("out")).output("version", "${{ steps.out.outputs.version }}");
        workflow.on(Trigger::on_request()).job("a", job).job("b", other()).job("c", other())
    });
    let job = &written["jobs"]["a"];
    assert_eq!(job["needs"], json!(["b", "c"]));
    assert_eq!((&job["name"], &job["if"], &job["runs-on"]), (&json!("A"), &json!("always()"), &json!("large")));
    assert_eq!((&job["environment"], &job["timeout-minutes"]), (&json!("production"), &json!(90)));
    assert_eq!(job["concurrency"], json!({ "group": "q", "cancel-in-progress": false }));
    assert_eq!((&job["env"], &job["permissions"]), (&json!({ "A": "1" }), &json!({})));
    assert_eq!(job["outputs"], json!({ "version": "${{ steps.out.outputs.version }}" }));
}

#[test]
fn a_job_has_half_an_hour_on_a_fixed_release() {
    let job = with_job(job());
    assert_eq!((&job["runs-on"], &job["timeout-minutes"]), (&json!("ubuntu-24.04"), &json!(30)));
    assert!(job["permissions"].is_null());
}

#[test]
fn a_job_that_signs_in_may_write_its_token() {
    let job = with_job(Job::new().step(JobStep::sign_in(&AssumedRole::named(PROD, "shop"), PROD.region)));
    assert_eq!(job["permissions"], json!({ "contents": "read", "id-token": "write" }));
    let expected = json!({
        "role-to-assume": "arn:aws:iam::111111111111:role/shop",
        "aws-region": "us-east-1",
        "allowed-account-ids": "111111111111",
    });
    assert_eq!(job["steps"][0]["with"], expected);
}

#[test]
fn settings_of_a_step() {
    let step = JobStep::run("Run", "one\ntwo\n").id("run").when("always()").env("A", "1").folder("services");
    let step = with_step(step.goes_on_after_failure().timeout(Duration::minutes(5)));
    let expected = json!({
        "name": "Run", "id": "run", "if": "always()", "env": { "A": "1" }, "working-directory": "services",
        "continue-on-error": true, "timeout-minutes": 5, "run": "one\ntwo",
    });
    assert_eq!(step, expected);
}

#[test]
fn actions_show_their_version() {
    let build = Workflow::new("Test").on(Trigger::on_request());
    let build = build.job("a", Job::new().step(JobStep::uses("Cache", CACHE).with("path", "target")));
    let assembly = built(|stack| drop(build.build(stack, "Test")));
    let text = assembly.file("workflows/test.yml").unwrap_or_default();
    assert!(text.contains("uses: example/cache@0123456789abcdef0123456789abcdef01234567 # v1.2.3\n"), "{text}");
    assert_eq!(workflow(&assembly, "test")["jobs"]["a"]["steps"][0]["with"], json!({ "path": "target" }));
}

#[test]
fn nothing_is_left_behind_by_a_check_out() {
    assert_eq!(with_step(JobStep::check_out())["with"], json!({ "persist-credentials": "false" }));
}

#[test]
fn scripts_may_name_resources() {
    let assembly = built(|stack| {
        let topic = stack.add("Pages", sns::Topic::new().topic_name("pages"));
        let script = Document::from("set -x\naws sns publish --message \"$TEXT\" --topic-arn ")
            .shell(join!["x:", topic.topic_name()]);
        let pages = stack.output("PagesName", topic.topic_name());
        let _ = pages;
        let step = JobStep::run("Publish", script.text("\n"));
        Workflow::new("Test").on(Trigger::on_request()).job("a", Job::new().step(step)).build(stack, "Test");
    });
    let run = workflow(&assembly, "test")["jobs"]["a"]["steps"][0]["run"].take();
    let run = run.as_str().unwrap_or_default();
    assert!(run.starts_with("set -x\naws sns publish --message \"$TEXT\" --topic-arn x:$(aws cloudformation"), "{run}");
    assert!(run.contains("OutputKey=='PagesName'"), "{run}");
}
