//! How a change comes to production: the roles that workflows act with in every account, and the workflows.

use ce::delivery::{
    Approval, AssumedRole, ContainerImage, GitHubProvider, GitHubRepository, GitHubRole, GitHubRoleBuilder,
    InfrastructureReview, Pipeline, Program, RecoveryTest, Subject, Target, Task, TrafficShift, Watch,
};
use ce::prelude::*;
use ce::synth::Document;

use super::System;
use super::environments;
use super::runbooks::Runbooks;
use super::settings::Settings;

const REPOSITORY: GitHubRepository = GitHubRepository::new("example/claude-enhancer");

/// The roles of an account that workflows take on.
pub struct Delivery<'a> {
    stack: Scope<'a>,
    github: GitHubProvider,
    deploy: GitHubRole<'a>,
    images: Option<GitHubRole<'a>>,
}

impl<'a> Delivery<'a> {
    /// What deploys, trusted from one environment of GitHub alone.
    pub fn roles(stack: Scope<'a>, settings: &Settings<'a>) -> Self {
        let github = GitHubProvider::build(stack, "GitHub");
        let deploy = role(settings, "deploy", &github, Subject::environment(settings.target));
        Self { deploy: deploying(deploy, settings).build(stack, "DeployRole"), github, stack, images: None }
    }

    /// What pushes images, and what keeps the configuration that is deployed.
    pub fn for_system(mut self, settings: &Settings<'a>, system: &System<'a>) -> Self {
        let images = role(settings, "images", &self.github, Subject::branch("main")).build(self.stack, "ImagesRole");
        for (_, repository) in system.services.images.all() {
            repository.allow_push(&images);
        }
        self.images = Some(images);
        system.storage.backups.grants().read_write(&self.deploy);
        if settings.target == environments::staging().target {
            let recovery = role(settings, "recovery", &self.github, Subject::environment("recovery-test"));
            let recovery = deploying(recovery, settings).build(self.stack, "RecoveryRole");
            system.storage.backups.grants().read(&recovery);
        }
        self
    }

    /// From a commit to production, and what else changes it.
    pub fn workflows(&self, settings: &Settings<'a>, system: &System<'a>, runbooks: &Runbooks<'a>) {
        let core = ContainerImage::new("core", &system.services.images.core).folder("services/core");
        let production = self.production(settings, system, runbooks, &core);
        let pipeline = self.images.iter().fold(Pipeline::builder(), |pipeline, role| {
            let images = system.services.images.all().map(everywhere);
            images.into_iter().fold(pipeline, |pipeline, image| pipeline.image(image, role))
        });
        pipeline
            .target(
                target(&environments::dev())
                    .after(Task::run("integration_tests", "./tests/integration.sh development")),
            )
            .target(target(&settings.recovery_tests()).stacks(["Recovery"]))
            .target(staging())
            .target(production.clone())
            .build(self.stack, "Pipeline");

        self.review(settings);
        recovery_test(self.stack);
        self.canary(settings, production, system, &core);
    }

    fn production(
        &self,
        settings: &Settings<'a>,
        system: &System<'a>,
        runbooks: &Runbooks<'a>,
        core: &ContainerImage,
    ) -> Target {
        let services = &system.services;
        self.deploy.starts(&runbooks.snapshot).starts(&runbooks.rollback).watches(&[services.errors]);
        self.deploy.releases(&services.core).heeds(&Settings::freeze());
        Target::new("production", settings.environment, &self.deploy, program(settings))
            .frozen_by(&Settings::freeze())
            // Those of another account are deployed by its own target.
            .all_stacks_but(["Recovery"])
            .approval(Approval::new("production-approval-1").reviewers(["team-backend"]))
            .approval(Approval::new("production-approval-2").reviewers(["team-devops"]))
            .before(Task::automation("pre_change_snapshot", &runbooks.snapshot))
            .before(Task::once("migrate", &services.core, core, ["migrate"]))
            .watched(Watch::of(&[services.errors], Duration::minutes(10)))
            .rolls_back(Task::automation("roll_back", &runbooks.rollback))
            .after(Task::run("archive_task_definitions", keep_task_definitions(settings, system)).with_assemblies())
    }

    /// What a pull request would change, and who applies it.
    fn review(&self, settings: &Settings<'a>) {
        let apply = role(settings, "infrastructure", &self.github, Subject::environment("infrastructure"));
        let apply = deploying(apply, settings).build(self.stack, "InfrastructureRole");
        let reader = role(settings, "review", &self.github, Subject::PullRequest);
        let reader =
            reader.reads(settings.stack_names()).in_regions(settings.regions()).build(self.stack, "ReviewRole");
        let target = Target::new("infrastructure", settings.environment, &apply, program(settings));
        apply.heeds(&Settings::freeze());
        InfrastructureReview::builder(target.all_stacks_but(["Recovery"]).frozen_by(&Settings::freeze()), &reader)
            .paths(["infrastructure/**", "Cargo.lock", "ce.lock"])
            .build(self.stack, "Review");
    }

    /// A version of the core on five, then twenty-five percent of the requests, where ECS does not shift them itself.
    fn canary(&self, settings: &Settings<'a>, production: Target, system: &System<'a>, image: &ContainerImage) {
        let (door, services) = (&system.front.core, &system.services);
        let Some(next) = door.next.as_ref().filter(|_| settings.rollout.is_none()) else { return };
        self.deploy.shifts([door.rule.rule_arn().cast::<String>()]);
        let listener = system.front.balancer.listener().arn();
        let watch = Watch::of(&[services.errors], Duration::minutes(10));
        TrafficShift::canary(production, listener, door.targets.arn(), next.arn(), watch)
            .rule(door.rule)
            .releases(&services.core, image, 2)
            .build(self.stack, "Canary");
    }
}

fn role(settings: &Settings<'_>, name: &str, github: &GitHubProvider, subject: Subject) -> GitHubRoleBuilder {
    GitHubRole::builder(settings.name(name), github, REPOSITORY, subject)
}

fn deploying(role: GitHubRoleBuilder, settings: &Settings<'_>) -> GitHubRoleBuilder {
    role.deploys(settings.stack_names()).in_regions(settings.regions())
}

/// The program as it is for an environment, with the images of the commit.
fn program(settings: &Settings<'_>) -> Program {
    let program = Program::example("prod").context("environment", settings.environment.name);
    let program = program.context("release", "$GITHUB_SHA");
    settings.profile().into_iter().fold(program, |program, profile| program.context("profile", profile))
}

/// Deploys to an environment whose roles its own program makes.
fn target(settings: &Settings<'_>) -> Target {
    let role = AssumedRole::named(settings.environment, &settings.name("deploy"));
    Target::new(settings.target, settings.environment, role, program(settings))
}

/// What is built once is pushed to the registry of every account.
fn everywhere((name, repository): (&'static str, Repository<'_>)) -> ContainerImage {
    let image = ContainerImage::new(name, &repository).folder(format!("services/{name}"));
    [environments::staging(), environments::dev()].iter().fold(image, |image, other| {
        let role = AssumedRole::named(other.environment, &other.name("images"));
        image.copied_to(other.environment, other.shared_name(name), role)
    })
}

fn staging() -> Target {
    let staging = environments::staging();
    let smoke = format!("./tests/smoke.sh https://origin.{}", staging.domain);
    target(&staging)
        .after(Task::run("smoke_tests", smoke).without_role())
        .after(Task::run("archive_staging", keep_assembly("staging", &staging)).with_assemblies())
}

/// What is deployed is kept, and what was before it.
fn keep_assembly(target: &str, settings: &Settings<'_>) -> String {
    let kept = format!("s3://{}/assemblies", settings.bucket("backups"));
    format!(
        "aws s3 sync --only-show-errors {kept}/latest {kept}/previous\n\
         aws s3 sync --only-show-errors ce.out/{target} {kept}/latest\n"
    )
}

fn keep_task_definitions(settings: &Settings<'_>, system: &System<'_>) -> Document {
    let services = &system.services;
    let all = [&services.auth, &services.core, &services.agent, &services.workflow];
    all.into_iter().fold(Document::from(keep_assembly("production", settings)), |script, service| {
        script
            .text("service=")
            .shell(service.name())
            .text("\naws ecs describe-task-definition --task-definition \"$service\" > \"$service.json\"\n")
            .text("aws s3 cp --only-show-errors \"$service.json\" \"s3://")
            .value(system.storage.backups.name().cast::<String>())
            .text("/task-definitions/$GITHUB_SHA/$service.json\"\n")
    })
}

/// Every Monday staging is what it was before, from what was kept, and then what it is.
fn recovery_test(stack: Scope<'_>) {
    let staging = environments::staging();
    let role = AssumedRole::named(staging.environment, &staging.name("recovery"));
    let target = Target::new("recovery-test", staging.environment, role, program(&staging));
    let kept = format!("s3://{}/assemblies", staging.bucket("backups"));
    let address = format!("https://origin.{}", staging.domain);
    RecoveryTest::builder(target, format!("{kept}/previous"), format!("{address}/core/health"))
        .test(format!("./tests/recovery.sh {address}"))
        .returns_to(format!("{kept}/latest"))
        .build(stack, "RecoveryTest");
}
