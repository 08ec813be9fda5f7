//! One assertion for each option of a pipeline, and the whole of one.

use ce_constructs::delivery::{
    Approval, AssumedRole, ContainerImage, Deployer, GitHubProvider, GitHubRole, InfrastructureReview, Job, JobStep,
    Pipeline, PipelineBuilder, Program, Promotion, RecoveryTest, ScanThreshold, SecurityScan, Subject, Target, Task,
    TrafficShift, Watch,
};
use ce_constructs::observe::Metric;
use ce_synth::{Assembly, Duration, Percent, Region, Scope};
use serde_json::{Value, json};

use super::reference::delivery;
use super::{PROD, STAGING, built, workflow};

fn staging() -> Target {
    let role = AssumedRole::named(STAGING, "shop-staging-deploy");
    Target::new("staging", STAGING, role, Program::example("prod").context("environment", "staging"))
}

fn production() -> Target {
    let role = AssumedRole::named(PROD, "shop-prod-deploy");
    Target::new("production", PROD, role, Program::example("prod")).approval(Approval::new("approval"))
}

fn pipeline(set: impl FnOnce(PipelineBuilder) -> PipelineBuilder) -> Assembly {
    built(|stack| drop(set(Pipeline::builder()).build(stack, "Pipeline")))
}

fn jobs(set: impl FnOnce(PipelineBuilder) -> PipelineBuilder) -> Value {
    workflow(&pipeline(set), "deploy")["jobs"].take()
}

/// The scripts of a job, one after the other.
fn script(job: &Value) -> String {
    let runs = job["steps"].as_array().into_iter().flatten().filter_map(|step| step["run"].as_str());
    runs.collect::<Vec<_>>().join("\n")
}

fn ids(jobs: &Value) -> Vec<&str> {
    jobs.as_object().into_iter().flat_map(|jobs| jobs.keys()).map(String::as_str).collect()
}

#[test]
fn the_whole_way_to_production() {
    insta::assert_snapshot!(delivery().file("workflows/deploy.yml").unwrap_or_default());
}

#[test]
fn the_ladder_of_a_canary() {
    insta::assert_snapshot!(delivery().file("workflows/canary.yml").unwrap_or_default());
}

#[test]
fn the_default_has_every_stage() {
    let jobs = jobs(|pipeline| pipeline.target(staging()).target(production()));
    let mut found = ids(&jobs);
    found.sort_unstable();
    assert_eq!(found, ["approve_1", "deploy_production", "deploy_staging", "lint", "security_scan", "synth", "test"]);
    assert_eq!(jobs["deploy_staging"]["needs"], json!(["synth"]));
    assert_eq!(jobs["approve_1"]["needs"], json!(["deploy_staging"]));
}

#[test]
fn commands_branch_and_toolchain() {
    let assembly = pipeline(|pipeline| {
        pipeline.branch("trunk").toolchain("1.95").lint(["just lint"]).test(["just test", "just doc"]).target(staging())
    });
    let deploy = workflow(&assembly, "deploy");
    assert_eq!(deploy["on"]["push"]["branches"], json!(["trunk"]));
    assert!(script(&deploy["jobs"]["lint"]).ends_with("just lint"));
    assert!(script(&deploy["jobs"]["test"]).ends_with("just test\njust doc"));
    assert!(script(&deploy["jobs"]["synth"]).starts_with("rustup toolchain install 1.95 "));
}

#[test]
fn stages_may_be_left_out() {
    let none: [&str; 0] = [];
    let jobs = jobs(|pipeline| pipeline.lint(none).test(none).without_scan().target(staging()));
    let mut found = ids(&jobs);
    found.sort_unstable();
    assert_eq!(found, ["deploy_staging", "synth"]);
}

#[test]
fn pull_requests_are_checked_unless_not() {
    let checks = workflow(&pipeline(|pipeline| pipeline.target(staging())), "checks");
    assert!(checks["on"]["pull_request"].is_object());
    let mut found = ids(&checks["jobs"]);
    found.sort_unstable();
    assert_eq!(found, ["lint", "synth", "test"]);
    assert!(checks["jobs"]["test"]["permissions"].is_null(), "code of others gets no token");
    assert!(pipeline(|pipeline| pipeline.pull_requests(false)).file("workflows/checks.yml").is_none());
}

#[test]
fn scans() {
    let scan = SecurityScan::new().languages(["rust", "python"]).fails_at(ScanThreshold::Critical).token("SNYK");
    let jobs = jobs(|pipeline| {
        let image = ContainerImage::named("api", PROD, "shop/api").file("docker/api");
        pipeline.scan(scan).image(image, AssumedRole::named(PROD, "shop-images")).target(staging())
    });
    let steps = &jobs["security_scan"]["steps"];
    assert_eq!(steps[1]["with"]["languages"], "rust,python");
    assert_eq!(steps[4]["env"], json!({ "SNYK_TOKEN": "${{ secrets.SNYK }}" }));
    assert!(script(&jobs["security_scan"]).contains("--severity-threshold=critical"));
    let build = script(&jobs["build_image"]);
    let order = ["--file docker/api .", "snyk container test", "docker push"].map(|part| build.find(part));
    assert!(order.is_sorted() && order[0].is_some(), "an image is looked into before it is pushed: {build}");
    assert!(build.contains("IMAGE=111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/api:$GITHUB_SHA\n"));
    assert_eq!(jobs["deploy_staging"]["needs"], json!(["synth", "build_image"]));
}

#[test]
fn an_assembly_is_synthesized_once_and_locked() {
    let jobs = jobs(|pipeline| pipeline.target(staging()).target(production()));
    let synth = script(&jobs["synth"]);
    assert!(synth.contains(
        "cargo run --quiet --locked --example prod -- --locked --out ce.out/staging --context environment=staging\n"
    ));
    assert!(!script(&jobs["deploy_staging"]).contains("cargo run"), "what is deployed is what was tested");
}

#[test]
fn programs() {
    let role = || AssumedRole::named(STAGING, "deploy");
    let line = |program: Program| {
        script(&jobs(|pipeline| pipeline.target(Target::new("t", STAGING, role(), program)))["synth"])
    };
    assert!(
        line(Program::package("shop"))
            .contains("cargo run --quiet --locked --package shop -- --locked --out ce.out/t\n")
    );
    assert!(line(Program::command("./synth")).contains("\n./synth --locked --out ce.out/t\n"));
    assert!(line(Program::command("./synth").context("a", "b c")).contains(" --context \"a=b c\"\n"));
}

#[test]
fn the_deployer_is_the_stock_cli_or_ours() {
    let deploy = |set: fn(PipelineBuilder) -> PipelineBuilder| {
        script(&jobs(|pipeline| set(pipeline.target(staging())))["deploy_staging"])
    };
    let role = "arn:aws:iam::222222222222:role/cdk-hnb659fds-cfn-exec-role-222222222222-us-east-1";
    let stock = deploy(|pipeline| pipeline);
    assert!(stock.contains("aws-cdk@2.1148.1 diff --app ce.out/staging --method template\n"), "{stock}");
    assert!(stock.contains("aws-cdk@2.1148.1 deploy --app ce.out/staging --all --require-approval never"), "{stock}");
    assert!(stock.ends_with(&format!("--role-arn {role}")), "{stock}");
    assert!(deploy(|pipeline| pipeline.deployer(Deployer::Cdk("2.9.9".to_owned()))).contains("aws-cdk@2.9.9 deploy"));
    assert!(deploy(|pipeline| pipeline.deployer(Deployer::Ce)).contains("ce deploy ce.out/staging --all --yes"));
}

#[test]
fn a_target_may_choose_stacks_and_roles() {
    let target = staging().stacks(["Shop-*", "Edge"]).execution_role("arn:aws:iam::222222222222:role/own");
    let deploy = script(&jobs(|pipeline| pipeline.target(target))["deploy_staging"]);
    assert!(
        deploy.contains(" 'Shop-*' 'Edge' --require-approval")
            && deploy.ends_with("--role-arn arn:aws:iam::222222222222:role/own")
    );
}

#[test]
fn production_waits_to_be_asked_for() {
    let deployed = jobs(|pipeline| pipeline.target(staging()).target(production()));
    for job in ["approve_1", "deploy_production"] {
        assert_eq!(deployed[job]["if"], "github.event_name == 'workflow_dispatch'", "{job}");
    }
    assert!(deployed["deploy_staging"]["if"].is_null());
    let asked = jobs(|pipeline| pipeline.target(staging().promoted(Promotion::OnRequest)));
    assert_eq!(asked["deploy_staging"]["if"], "github.event_name == 'workflow_dispatch'");
}

#[test]
fn tasks_are_jobs_in_their_order() {
    let target = staging()
        .before(Task::run("snapshot", "./snapshot"))
        .before(Task::run("migrate", "./migrate").timeout(Duration::hours(1)))
        .after(Task::run("tests", "./test").step(JobStep::run("More", "./more")).without_role())
        .after(Task::run("report", "./report"));
    let jobs = jobs(|pipeline| pipeline.target(target));
    assert_eq!(jobs["migrate"]["needs"], json!(["snapshot"]));
    assert_eq!(jobs["deploy_staging"]["needs"], json!(["synth", "migrate"]));
    assert_eq!(jobs["tests"]["needs"], json!(["deploy_staging"]));
    assert_eq!(jobs["report"]["needs"], json!(["tests"]));
    assert_eq!((&jobs["migrate"]["environment"], &jobs["migrate"]["timeout-minutes"]), (&json!("staging"), &json!(60)));
    assert!(jobs["tests"]["environment"].is_null() && jobs["tests"]["permissions"].is_null());
    assert_eq!(script(&jobs["tests"]), "./test\n./more");
}

#[test]
fn approvals_of_two_targets_keep_apart() {
    let role = AssumedRole::named(PROD, "deploy");
    let second = Target::new("eu", PROD, role, Program::example("prod")).approval(Approval::new("eu-approval"));
    let jobs = jobs(|pipeline| pipeline.target(production()).target(second));
    assert_eq!(jobs["approve_1"]["environment"], "approval");
    assert_eq!(jobs["approve_eu_1"]["environment"], "eu-approval");
}

#[test]
fn a_raised_alarm_rolls_back() {
    let assembly = built(|stack| {
        let named = Metric::new("Shop", "Errors").above(1.0).named("shop errors").alarm(stack, "Errors");
        let unnamed = Metric::new("Shop", "Slow").above(1.0).alarm(stack, "Slow");
        let target = staging().watched(Watch::of(&[named, unnamed], Duration::minutes(5)));
        Pipeline::builder().target(target.rolls_back(Task::run("back", "./back"))).build(stack, "Pipeline");
    });
    let jobs = workflow(&assembly, "deploy")["jobs"].take();
    assert_eq!(jobs["back"]["if"], "failure() && needs.watch_staging.result == 'failure'");
    assert_eq!(jobs["back"]["needs"], json!(["deploy_staging", "watch_staging"]));
    let watch = script(&jobs["watch_staging"]);
    assert!(watch.contains("  'shop errors'\n"), "{watch}");
    assert!(watch.contains("--logical-resource-id Slow"), "{watch}");
    assert!(watch.contains("$(seq 5)"), "{watch}");
}

#[test]
fn a_pipeline_takes_other_jobs() {
    let jobs = jobs(|pipeline| pipeline.job("notes", Job::new().step(JobStep::run("Write", "./notes"))));
    assert_eq!(script(&jobs["notes"]), "./notes");
}

#[test]
fn a_pipeline_knows_its_files() {
    built(|stack| {
        let pipeline = Pipeline::builder().target(staging()).build(stack, "Pipeline");
        assert_eq!(pipeline.deploy().path(), "workflows/deploy.yml");
        assert_eq!(pipeline.checks().map(|checks| checks.path()), Some("workflows/checks.yml"));
        assert!(pipeline.deploy().jobs().contains(&"deploy_staging".to_owned()));
    });
}

#[test]
fn a_review_compares_and_applies() {
    let assembly = built(|stack| {
        let review = InfrastructureReview::builder(staging(), AssumedRole::named(STAGING, "shop-read"));
        review.toolchain("1.95").deployer(Deployer::Ce).build(stack, "Review");
    });
    let review = workflow(&assembly, "infrastructure");
    assert_eq!(review["on"]["pull_request"], json!({}));
    assert_eq!(
        review["jobs"]["diff"]["steps"][3]["with"]["role-to-assume"],
        "arn:aws:iam::222222222222:role/shop-read"
    );
    assert!(script(&review["jobs"]["iam_diff"]).contains("ce diff ce.out/head --security-only"));
    assert!(review["jobs"]["cost_diff"]["permissions"].is_null(), "costs need no account");
    assert_eq!(review["jobs"]["apply"]["concurrency"]["group"], "deploy-staging");
    assert!(script(&review["jobs"]["apply"]).contains("rustup toolchain install 1.95"));
}

#[test]
fn a_recovery_test_takes_scripts() {
    let assembly = built(|stack| {
        let test =
            RecoveryTest::builder(staging(), "s3://backups/latest", "https://example.com/health").at("0 3 * * 0");
        test.deploy("./deploy").test("./test").clean_up("./clean").build(stack, "Recovery");
    });
    let test = workflow(&assembly, "recovery-test");
    assert_eq!(test["on"]["schedule"], json!([{ "cron": "0 3 * * 0" }]));
    for (job, run) in [("deploy_from_backup", "./deploy"), ("test_suite", "./test"), ("cleanup", "./clean")] {
        assert_eq!(script(&test["jobs"][job]), run);
    }
    assert_eq!(test["jobs"]["cleanup"]["needs"], json!(["deploy_from_backup", "health_checks", "test_suite"]));
}

#[test]
fn a_recovery_test_deletes_what_it_deployed() {
    let target = staging().stacks(["recovery-*"]);
    let test =
        RecoveryTest::builder(target, "s3://backups/latest", "https://example.com/health").deployer(Deployer::Ce);
    let assembly = built(|stack| drop(test.build(stack, "Recovery")));
    let clean = script(&workflow(&assembly, "recovery-test")["jobs"]["cleanup"]);
    assert!(clean.contains(
        "aws s3 sync --only-show-errors s3://backups/latest recovered\nce destroy recovered 'recovery-*' --yes"
    ));
}

fn shift(set: impl FnOnce(TrafficShift) -> TrafficShift, name: &str) -> Value {
    let assembly = built(|stack: Scope<'_>| {
        let errors = Metric::new("Shop", "Errors").above(1.0).named("errors").alarm(stack, "Errors");
        let watch = Watch::of(&[errors], Duration::minutes(3));
        let canary = TrafficShift::canary(staging(), "listener", "old", "new", watch);
        set(canary).build(stack, "Shift");
    });
    workflow(&assembly, name)["jobs"].take()
}

#[test]
fn a_shift_takes_other_shares() {
    let jobs = shift(|shift| shift.shares([10, 100].map(Percent::new)), "canary");
    let mut found = ids(&jobs);
    found.sort_unstable();
    assert_eq!(found, ["roll_back", "shift_10", "shift_100"]);
    assert_eq!(jobs["roll_back"]["needs"], json!(["shift_10", "shift_100"]));
    assert!(script(&jobs["shift_10"]).contains("--listener-arn listener"));
}

#[test]
fn blue_green_is_one_step() {
    let jobs = workflow(&delivery(), "blue-green")["jobs"].take();
    assert_eq!(jobs.as_object().map(serde_json::Map::len), Some(2));
    assert!(jobs["shift_100"].is_object() && jobs["roll_back"].is_object());
}

#[test]
fn roles_of_the_app_are_known_by_their_arn() {
    let assembly = built(|stack| {
        let github = GitHubProvider::build(stack, "GitHub");
        let repository = ce_constructs::delivery::GitHubRepository::new("example/shop");
        let role = GitHubRole::builder("shop-deploy", &github, repository, Subject::environment("production"));
        let role = role.deploys(["shop-*"]).in_regions([Region::US_EAST_1]).build(stack, "Deploy");
        let target = Target::new("production", PROD, &role, Program::example("prod")).approval(Approval::new("a"));
        Pipeline::builder().target(target).build(stack, "Pipeline");
    });
    let sign_in = workflow(&assembly, "deploy")["jobs"]["deploy_production"]["steps"][1].take();
    assert_eq!(sign_in["with"]["role-to-assume"], "arn:aws:iam::111111111111:role/shop-deploy");
}
