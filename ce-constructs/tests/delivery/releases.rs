//! Images in several registries, deployments that leave stacks to others, and versions that commits make.

use std::process::Command;

use ce_constructs::cidr;
use ce_constructs::compute::{EcsCluster, FargateService, ImageSource, ImageVersion, Repository, TaskSize};
use ce_constructs::delivery::{
    AssumedRole, ContainerImage, GitHubProvider, GitHubRepository, GitHubRole, Pipeline, Program, RecoveryTest,
    Subject, Target, Task, TrafficShift, Watch,
};
use ce_constructs::network::{ExistingVpc, SubnetTier};
use ce_constructs::observe::Metric;
use ce_synth::{Assembly, Duration, Scope};
use serde_json::{Value, json};

use super::{STAGING, built, resources, workflow};

fn service(stack: Scope<'_>) -> FargateService<'_> {
    let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"))
        .subnet(SubnetTier::Private, 'a', "subnet-0000a000", cidr!("10.0.11.0/24"))
        .subnet(SubnetTier::Private, 'b', "subnet-0000b000", cidr!("10.0.12.0/24"))
        .build(stack);
    let cluster = EcsCluster::builder().named("shop").build(stack, "Cluster");
    let image = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
    let service = FargateService::builder(&cluster, &vpc, image, TaskSize::new::<256, 512>());
    service.named("core").port(8080).build(stack, "Core")
}

fn image(stack: Scope<'_>) -> ContainerImage {
    ContainerImage::new("core", &Repository::builder().named("shop/core").build(stack, "Images"))
}

fn target() -> Target {
    let role = AssumedRole::named(STAGING, "shop-staging-deploy");
    Target::new("staging", STAGING, role, Program::example("prod"))
}

fn deployed(target: Target) -> Value {
    let assembly = built(|stack| drop(Pipeline::builder().target(target).build(stack, "Pipeline")));
    workflow(&assembly, "deploy")["jobs"].take()
}

/// The scripts of a job, one after the other; each is one of a shell.
fn script(job: &Value) -> String {
    let runs = job["steps"].as_array().into_iter().flatten().filter_map(|step| step["run"].as_str());
    let script = runs.collect::<Vec<_>>().join("\n");
    let output = Command::new("bash").args(["-n", "-c", &script]).output().unwrap_or_else(|error| panic!("{error}"));
    assert!(output.status.success(), "{}\n{script}", String::from_utf8_lossy(&output.stderr));
    script
}

#[test]
fn an_image_is_built_once_and_pushed_everywhere() {
    let assembly = built(|stack| {
        let role = AssumedRole::named(STAGING, "shop-staging-images");
        let image = image(stack).copied_to(STAGING, "shop-staging-core", role);
        let own = AssumedRole::named(super::PROD, "shop-images");
        Pipeline::builder().image(image, own).target(target()).build(stack, "Pipeline");
    });
    let job = workflow(&assembly, "deploy")["jobs"]["build_image"].take();
    let script = script(&job);
    assert_eq!(script.matches("docker build").count(), 1);
    assert_eq!(script.matches("snyk container test").count(), 1);
    for account in ["111111111111", "222222222222"] {
        assert!(script.contains(&format!("--password-stdin {account}.dkr.ecr.us-east-1.amazonaws.com")), "{script}");
    }
    assert!(script.contains("\"222222222222.dkr.ecr.us-east-1.amazonaws.com/shop-staging-core:$GITHUB_SHA\""));
    let roles: Vec<&str> = (job["steps"].as_array().into_iter().flatten())
        .filter_map(|step| step["with"]["role-to-assume"].as_str())
        .collect();
    let arn = |account: &str, name: &str| format!("arn:aws:iam::{account}:role/{name}");
    assert_eq!(roles, [arn("111111111111", "shop-images"), arn("222222222222", "shop-staging-images")]);
}

#[test]
fn stacks_of_other_accounts_are_left_to_their_own_target() {
    let script = script(&deployed(target().all_stacks_but(["Recovery", "Audit"]))["deploy_staging"]);
    assert!(script.contains("deploy --app ce.out/staging '!(Recovery|Audit)' --exclusively"), "{script}");
    assert!(script.contains("diff --app ce.out/staging '!(Recovery|Audit)' --exclusively"), "{script}");
    let script = self::script(&deployed(target().stacks(["Recovery"]))["deploy_staging"]);
    assert!(script.contains("deploy --app ce.out/staging 'Recovery' --require-approval"), "{script}");
    assert!(script.contains("diff --app ce.out/staging 'Recovery' --exclusively"), "{script}");
}

#[test]
fn a_task_may_have_the_assemblies() {
    let jobs = deployed(target().after(Task::run("archive", "ls ce.out/staging").with_assemblies()));
    let uses: Vec<_> = jobs["archive"]["steps"].as_array().into_iter().flatten().map(|step| &step["uses"]).collect();
    assert!(uses.iter().any(|uses| uses.to_string().contains("download-artifact")), "{uses:?}");
    assert!(!uses.iter().any(|uses| uses.to_string().contains("checkout")), "{uses:?}");
}

#[test]
fn a_migration_runs_once_with_the_image_of_the_commit() {
    let assembly = built(|stack| {
        let migrate = Task::once("migrate", &service(stack), &image(stack), ["migrate", "--all"]);
        Pipeline::builder().target(target().before(migrate)).build(stack, "Pipeline");
    });
    let jobs = workflow(&assembly, "deploy")["jobs"].take();
    let script = script(&jobs["migrate"]);
    for part in [
        "cluster=shop\nservice=core\n",
        "/shop/core:$GITHUB_SHA\n",
        ".family += \"-once\"",
        "\"command\":[\"migrate\",\"--all\"]",
        "aws ecs wait tasks-stopped",
        "exit 1",
    ] {
        assert!(script.contains(part), "{part} is not in\n{script}");
    }
    assert!(jobs["deploy_staging"]["needs"].to_string().contains("migrate"));
}

fn canary() -> Assembly {
    built(|stack| {
        let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count").above(5.0).alarm(stack, "Errors");
        let watch = Watch::of(&[errors], Duration::minutes(10));
        TrafficShift::canary(target(), "arn:listener", "arn:old", "arn:new", watch)
            .releases(&service(stack), &image(stack), 2)
            .build(stack, "Canary");
    })
}

#[test]
fn a_canary_may_start_and_end_the_new_version_itself() {
    let jobs = workflow(&canary(), "canary")["jobs"].take();
    let start = script(&jobs["start_new"]);
    assert!(start.contains("desiredCount: 2") && start.contains("group=arn:new\n"), "{start}");
    assert!(start.contains("create-service") && start.contains("--services \"$service-next\""), "{start}");
    assert_eq!(jobs["shift_5"]["needs"], json!(["start_new"]));
    assert_eq!(jobs["settle"]["needs"], json!(["shift_100"]));
    let settle = script(&jobs["settle"]);
    let places = ["update-service", "Weight=0", "delete-service"].map(|word| settle.find(word));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{settle}");
    let back = script(&jobs["roll_back"]);
    assert!(back.find("Weight=0") < back.find("delete-service"), "requests first: {back}");
    assert_eq!(jobs["roll_back"]["needs"], json!(["start_new", "shift_5", "shift_25", "shift_100", "settle"]));
}

#[test]
fn a_role_may_release_one_service_and_hand_over_its_roles() {
    let assembly = built(|stack| {
        let github = GitHubProvider::build(stack, "GitHub");
        let shop = GitHubRepository::new("example/shop");
        let role = GitHubRole::builder("shop-deploy", &github, shop, Subject::environment("production"));
        role.build(stack, "Deploy").releases(&service(stack));
    });
    let all = resources(&assembly);
    let policies = all
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(id, one)| one["Type"] == "AWS::IAM::Policy" && id.starts_with("Deploy"));
    let text: String = policies.map(|(_, policy)| policy["Properties"]["PolicyDocument"].to_string()).collect();
    for part in ["ecs:RunTask", "ecs:CreateService", "-next", "iam:PassRole", "ecs-tasks.amazonaws.com", "TaskRole"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn a_test_of_recovery_may_return_to_what_is_deployed() {
    let assembly = built(|stack| {
        let test = RecoveryTest::builder(target(), "s3://shop/previous", "https://example.com/health");
        test.returns_to("s3://shop/latest").build(stack, "Recovery");
    });
    let jobs = workflow(&assembly, "recovery-test")["jobs"].take();
    let (deploy, back) = (script(&jobs["deploy_from_backup"]), script(&jobs["cleanup"]));
    assert!(deploy.contains("s3://shop/previous recovered") && deploy.contains("deploy --app recovered"), "{deploy}");
    assert!(back.contains("s3://shop/latest recovered") && back.contains("deploy --app recovered"), "{back}");
    assert!(!back.contains("destroy"), "{back}");
}
