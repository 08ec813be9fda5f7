//! One test for each rule of delivery: what triggers it, and what does not.

use ce_constructs::delivery::{
    ActionRef, Approval, AssumedRole, GitHubProvider, GitHubRepository, GitHubRole, Job, JobStep, PermissionScope,
    Permissions, Pipeline, Program, Promotion, Subject, Target, TrafficShift, Trigger, Watch, Workflow,
};
use ce_constructs::observe::Metric;
use ce_synth::{Duration, Percent, Scope};

use super::{PROD, STAGING, codes, synth};

const SHOP: GitHubRepository = GitHubRepository::new("example/shop");

fn found(build: impl FnOnce(Scope<'_>)) -> Vec<String> {
    codes(&synth(build))
}

fn nothing() -> Vec<String> {
    Vec::new()
}

fn of_job(job: Job) -> Vec<String> {
    found(|stack| drop(Workflow::new("Test").on(Trigger::on_request()).job("a", job).build(stack, "Test")))
}

fn of_step(step: JobStep) -> Vec<String> {
    of_job(Job::new().step(step))
}

fn job() -> Job {
    Job::new().step(JobStep::run("Run", "true"))
}

fn target(name: &str) -> Target {
    Target::new(name, STAGING, AssumedRole::named(STAGING, "deploy"), Program::example("prod"))
}

fn of_targets(targets: impl IntoIterator<Item = Target>) -> Vec<String> {
    let pipeline = targets.into_iter().fold(Pipeline::builder(), |pipeline, target| pipeline.target(target));
    found(|stack| drop(pipeline.build(stack, "Pipeline")))
}

#[test]
fn subject_name() {
    let of = |subject| {
        found(|stack| drop(GitHubRole::builder("r", &GitHubProvider::existing(), SHOP, subject).build(stack, "R")))
    };
    for subject in
        [Subject::environment("*"), Subject::branch(""), Subject::branch("refs/heads/main"), Subject::tag("v?")]
    {
        assert_eq!(of(subject), ["CE8501"]);
    }
    assert_eq!(of(Subject::branch("release/1")), nothing());
    assert_eq!(of(Subject::PullRequest), nothing());
}

#[test]
fn workflow_parts() {
    assert_eq!(found(|stack| drop(Workflow::new("Test").job("a", job()).build(stack, "Test"))), ["CE8502"]);
    assert_eq!(found(|stack| drop(Workflow::new("Test").on(Trigger::on_request()).build(stack, "Test"))), ["CE8502"]);
    assert_eq!(of_job(Job::new()), ["CE8502"]);
    assert_eq!(of_job(job().timeout(Duration::hours(7))), ["CE8502"]);
    assert_eq!(of_job(job().timeout(Duration::hours(6))), nothing());
}

#[test]
fn names() {
    let with = |ids: &[&str]| {
        let workflow = Workflow::new("Test").on(Trigger::on_request());
        let workflow = ids.iter().fold(workflow, |workflow, id| workflow.job(*id, job()));
        found(|stack| drop(workflow.build(stack, "Test")))
    };
    assert_eq!(with(&["deploy staging"]), ["CE8503"]);
    assert_eq!(with(&["1st"]), ["CE8503"]);
    assert_eq!(with(&["test", "Test"]), ["CE8503"]);
    assert_eq!(with(&["test", "_test-2"]), nothing());
    assert_eq!(of_step(JobStep::run("Run", "true").id("a b")), ["CE8503"]);
}

#[test]
fn unpinned_action() {
    assert_eq!(of_step(JobStep::uses("Cache", ActionRef::new("actions/cache@v4"))), ["CE8504"]);
    assert_eq!(of_step(JobStep::uses("Own", ActionRef::new("./.github/actions/own"))), nothing());
    assert_eq!(of_step(JobStep::check_out()), nothing());
}

#[test]
fn script_injection() {
    for foreign in ["github.event.pull_request.title", "github.head_ref", "inputs.version", "github.ref_name"] {
        assert_eq!(of_step(JobStep::run("Say", format!("echo \"${{{{ {foreign} }}}}\""))), ["CE8505"], "{foreign}");
        let variable = JobStep::run("Say", "echo \"$TEXT\"").env("TEXT", format!("${{{{ {foreign} }}}}"));
        assert_eq!(of_step(variable), nothing(), "{foreign}");
    }
    assert_eq!(of_step(JobStep::run("Say", "echo \"${{ github.sha }}\"")), nothing());
}

#[test]
fn schedule_form() {
    let of = |cron: &str| {
        found(|stack| drop(Workflow::new("T").on(Trigger::schedule(cron)).job("a", job()).build(stack, "T")))
    };
    for cron in ["0 4 * *", "0 24 * * *", "cron(0 4 * * ? *)", "60 * * * *", "0 0 ? * 1"] {
        assert_eq!(of(cron), ["CE8506"], "{cron}");
    }
    assert_eq!(of("30 4 1,15 */2 1-5"), nothing());
}

#[test]
fn needs() {
    assert_eq!(of_job(job().needs("b")), ["CE8507"]);
    assert_eq!(of_job(job().needs("a")), ["CE8507"]);
    let circle = Workflow::new("T").on(Trigger::on_request()).job("a", job().needs("b")).job("b", job().needs("a"));
    assert_eq!(found(|stack| drop(circle.build(stack, "T"))), ["CE8507"]);
}

#[test]
fn lost_value() {
    assert_eq!(of_job(job().env("V", "${{ needs.b.outputs.v }}")), ["CE8508"]);
    assert_eq!(of_job(job().when("steps.x.outputs.y == 'z'")), ["CE8508"]);
    let reads = |output: &str| {
        let reader = job().needs("b").env("V", format!("${{{{ needs.b.outputs.{output} }}}}"));
        let workflow = Workflow::new("T").on(Trigger::on_request()).job("a", reader).job("b", job().output("v", "1"));
        found(|stack| drop(workflow.build(stack, "T")))
    };
    assert_eq!(reads("w"), ["CE8508"]);
    assert_eq!(reads("v"), nothing());
}

#[test]
fn missing_token() {
    let signs_in = || Job::new().step(JobStep::sign_in(&AssumedRole::named(PROD, "shop"), PROD.region));
    assert_eq!(of_job(signs_in().permissions(Permissions::read_code())), ["CE8509"]);
    assert_eq!(of_job(signs_in().permissions(Permissions::none().write(PermissionScope::IdToken))), nothing());
    assert_eq!(of_job(signs_in()), nothing());
}

#[test]
fn gate() {
    let production = || Target::new("production", PROD, AssumedRole::named(PROD, "deploy"), Program::example("prod"));
    assert_eq!(of_targets([production()]), ["CE8510"]);
    assert_eq!(of_targets([production().approval(Approval::new("a")).promoted(Promotion::OnPush)]), ["CE8510"]);
    assert_eq!(of_targets([production().approval(Approval::new("a"))]), nothing());
    assert_eq!(of_targets([target("staging")]), nothing());
}

#[test]
fn shares() {
    let of = |shares: &[u8]| {
        let shares: Vec<Percent> = shares.iter().map(|share| Percent::new(*share)).collect();
        found(|stack| {
            let alarm = Metric::new("Shop", "Errors").above(1.0).alarm(stack, "Errors");
            let shift =
                TrafficShift::canary(target("s"), "listener", "old", "new", Watch::of(&[alarm], Duration::minutes(1)));
            shift.shares(shares).build(stack, "Shift");
        })
    };
    assert!(of(&[25, 5, 100]).contains(&"CE8511".to_owned()));
    assert_eq!(of(&[5, 25]), ["CE8511"]);
    assert_eq!(of(&[0, 100]), ["CE8511"]);
    assert_eq!(of(&[1, 99, 100]), nothing());
}

#[test]
fn target_names() {
    assert!(of_targets([target("eu-1"), target("eu_1")]).contains(&"CE8512".to_owned()));
    let two = |first: Approval, second: Approval| of_targets([target("staging").approval(first).approval(second)]);
    assert_eq!(two(Approval::new("a"), Approval::new("a")), ["CE8512"]);
    assert_eq!(two(Approval::new("a").reviewers(["ann", "bob"]), Approval::new("b").reviewers(["bob"])), ["CE8512"]);
    assert_eq!(two(Approval::new("a").reviewers(["ann"]), Approval::new("b").reviewers(["bob"])), nothing());
}

#[test]
fn role_of_target() {
    let of = |subject| {
        found(|stack| {
            let role = GitHubRole::builder("r", &GitHubProvider::existing(), SHOP, subject).build(stack, "R");
            Pipeline::builder().target(Target::new("staging", STAGING, &role, Program::example("p"))).build(stack, "P");
        })
    };
    assert_eq!(of(Subject::branch("main")), ["CE8513"]);
    assert_eq!(of(Subject::environment("production")), ["CE8513"]);
    assert_eq!(of(Subject::environment("staging")), nothing());
}
