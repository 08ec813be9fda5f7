//! The delivery of the reference architecture: every option at once.

use ce_constructs::compute::Repository;
use ce_constructs::delivery::{
    Approval, AssumedRole, ContainerImage, GitHubProvider, GitHubRepository, GitHubRole, InfrastructureReview,
    Pipeline, Program, RecoveryTest, Subject, Target, Task, TrafficShift, Watch,
};
use ce_constructs::observe::{Alarm, Metric};
use ce_constructs::operations::{ApiCall, ApiOperation, AutomationDocument, Step};
use ce_synth::{Assembly, Duration, Region, Scope, join};

use super::{PROD, STAGING, built};

const REPOSITORY: GitHubRepository = GitHubRepository::new("example/claude-enhancer");
const BACKUP: ApiOperation = ApiOperation::new("backup:StartBackupJob");
const SERVICES: [&str; 3] = ["auth", "core", "agent"];

pub(super) fn delivery() -> Assembly {
    built(build)
}

pub(super) fn build(stack: Scope<'_>) {
    let github = GitHubProvider::build(stack, "GitHub");
    let role =
        |name: &str, subject| GitHubRole::builder(format!("claude-enhancer-prod-{name}"), &github, REPOSITORY, subject);
    let deploy = role("deploy", Subject::environment("production"))
        .deploys(["claude-enhancer-prod-*"])
        .in_regions([Region::US_EAST_1, Region::US_WEST_2])
        .build(stack, "DeployRole");
    let infrastructure = role("infrastructure", Subject::environment("infrastructure"))
        .deploys(["claude-enhancer-prod-*"])
        .in_regions([Region::US_EAST_1, Region::US_WEST_2])
        .build(stack, "InfrastructureRole");
    let reader = role("review", Subject::PullRequest).reads(["claude-enhancer-prod-*"]).build(stack, "ReviewRole");
    let builder = role("images", Subject::branch("main")).build(stack, "ImageRole");
    let repository = Repository::builder().named("claude-enhancer/core").build(stack, "Core");
    repository.allow_push(&builder);
    let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count").above(5.0);
    let errors = errors.named("claude-enhancer-prod-errors").alarm(stack, "Errors");
    let snapshot = runbook(stack, "claude-enhancer-prod-db-pre-change-snapshot", "StartBackupJob");
    let rollback = runbook(stack, "claude-enhancer-prod-rollback", "UpdateServiceToPreviousTaskDefinition");
    deploy.starts(&snapshot).starts(&rollback).watches(&[errors]);

    Pipeline::builder()
        .image(ContainerImage::new("core", &repository).folder("services/core"), &builder)
        .target(staging())
        .target(production(&deploy, &snapshot, &rollback, errors))
        .build(stack, "Pipeline");
    let target = Target::new("infrastructure", PROD, &infrastructure, Program::example("prod"));
    InfrastructureReview::builder(target, &reader).paths(["infrastructure/**"]).build(stack, "Review");
    recovery_test(stack);
    canary(stack, &deploy, errors);
}

fn runbook<'a>(stack: Scope<'a>, name: &str, step: &str) -> AutomationDocument<'a> {
    let call = ApiCall::new(BACKUP).on(["arn:aws:rds:us-east-1:111111111111:cluster:claude-enhancer-prod"]);
    AutomationDocument::builder(name).named(name).step(Step::call(step, call)).build(stack, name)
}

fn staging() -> Target {
    let role = AssumedRole::named(STAGING, "claude-enhancer-staging-deploy");
    Target::new("staging", STAGING, role, Program::example("prod").context("environment", "staging"))
        .after(Task::run("integration_tests", "cargo test --locked --test integration -- --include-ignored"))
        .after(Task::run("smoke_tests", "./tests/smoke.sh https://staging.example.com").without_role())
}

fn production(
    deploy: &GitHubRole<'_>,
    snapshot: &AutomationDocument<'_>,
    rollback: &AutomationDocument<'_>,
    errors: Alarm<'_>,
) -> Target {
    let archive = SERVICES.iter().fold(String::new(), |script, service| {
        script
            + &format!(
                "aws ecs describe-task-definition --task-definition claude-enhancer-prod-{service} > {service}.json\n\
                 aws s3 cp --only-show-errors {service}.json \
                 \"s3://claude-enhancer-prod-backups/task-definitions/$GITHUB_SHA/{service}.json\"\n"
            )
    });
    Target::new("production", PROD, deploy, Program::example("prod"))
        .approval(Approval::new("production-approval-1").reviewers(["team-backend"]))
        .approval(Approval::new("production-approval-2").reviewers(["team-devops"]))
        .before(Task::automation("pre_change_snapshot", snapshot))
        .before(Task::run("migrate", "cargo run --quiet --locked --bin migrate"))
        .watched(Watch::of(&[errors], Duration::minutes(10)))
        .rolls_back(Task::automation("roll_back", rollback))
        .after(Task::run("archive_task_definitions", archive))
}

fn recovery_test(stack: Scope<'_>) {
    let role = AssumedRole::named(STAGING, "claude-enhancer-staging-recovery");
    let target = Target::new("recovery-test", STAGING, role, Program::example("prod")).stacks(["recovery-*"]);
    let backup = "s3://claude-enhancer-prod-backups/assemblies/latest";
    RecoveryTest::builder(target, backup, "https://recovery.example.com/health")
        .at("30 4 * * 1")
        .test("./tests/recovery.sh https://recovery.example.com")
        .build(stack, "RecoveryTest");
}

fn canary(stack: Scope<'_>, deploy: &GitHubRole<'_>, errors: Alarm<'_>) {
    let arn = |rest: &str| join!["arn:aws:elasticloadbalancing:us-east-1:111111111111:", rest];
    let (listener, old, new) =
        (arn("listener/app/core/1/2"), arn("targetgroup/core/1"), arn("targetgroup/core-next/2"));
    deploy.shifts([listener.clone()]);
    let target = Target::new("production", PROD, deploy, Program::example("prod"));
    let watch = || Watch::of(&[errors], Duration::minutes(10));
    let (listener, old, new) = (listener.cast(), old.cast(), new.cast());
    TrafficShift::canary(target.clone(), listener.clone(), old.clone(), new.clone(), watch()).build(stack, "Canary");
    TrafficShift::blue_green(target, listener, old, new, watch()).build(stack, "BlueGreen");
}
