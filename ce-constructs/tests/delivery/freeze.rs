//! What stops deployments.

use ce_constructs::delivery::{
    Approval, AssumedRole, DeployFreeze, GitHubProvider, GitHubRole, InfrastructureReview, Pipeline, Program, Subject,
    Target, Task, TrafficShift, Watch,
};
use ce_constructs::observe::Metric;
use ce_constructs::runbooks::{Runbook, RunbookStep};
use ce_synth::{Assembly, Duration, Region};
use serde_json::{Value, json};

use super::{PROD, STAGING, built, resources, workflow};

fn freeze() -> DeployFreeze {
    DeployFreeze::new("/shop/deploy-freeze", Region::US_WEST_2)
}

fn production() -> Target {
    let role = AssumedRole::named(PROD, "shop-prod-deploy");
    Target::new("production", PROD, role, Program::example("prod"))
        .approval(Approval::new("approval"))
        .frozen_by(&freeze())
}

fn pipeline() -> Assembly {
    let role = AssumedRole::named(STAGING, "shop-staging-deploy");
    let staging = Target::new("staging", STAGING, role, Program::example("prod"));
    let production = production().before(Task::run("migrate", "./migrate.sh"));
    built(|stack| drop(Pipeline::builder().target(staging).target(production).build(stack, "Pipeline")))
}

fn last_script(job: &Value) -> &str {
    job["steps"].as_array().and_then(|steps| steps.last()).and_then(|step| step["run"].as_str()).unwrap_or_default()
}

#[test]
fn nothing_is_done_to_a_target_before_the_flag_was_looked_at() {
    let deploy = workflow(&pipeline(), "deploy");
    let jobs = &deploy["jobs"];
    assert_eq!(jobs["heed_freeze_production"]["needs"], json!(["approve_1"]));
    assert_eq!(jobs["migrate"]["needs"], json!(["heed_freeze_production"]));
    assert_eq!(jobs["heed_freeze_staging"], Value::Null, "staging has no flag");
    insta::assert_snapshot!(last_script(&jobs["heed_freeze_production"]));
}

#[test]
fn whoever_deploys_all_the_same_says_why_and_is_written_down() {
    let deploy = workflow(&pipeline(), "deploy");
    let input = &deploy["on"]["workflow_dispatch"]["inputs"]["override_freeze"];
    assert_eq!((&input["required"], &input["type"]), (&json!(false), &json!("string")));
    let heed = &deploy["jobs"]["heed_freeze_production"];
    let step = heed["steps"].as_array().and_then(|steps| steps.last()).unwrap_or(&Value::Null);
    assert_eq!(step["env"]["OVERRIDE"], "${{ inputs.override_freeze }}", "a variable, never part of the script");
    assert!(last_script(heed).contains("--name /shop/deploy-freeze-override"));
}

#[test]
fn other_ways_to_production_heed_it_too() {
    let assembly = built(|stack| {
        let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count").above(5.0).alarm(stack, "Errors");
        let watch = Watch::of(&[errors], Duration::minutes(10));
        let (old, new) = ("arn:..:targetgroup/old", "arn:..:targetgroup/new");
        TrafficShift::canary(production(), "arn:..:listener/a", old, new, watch).build(stack, "Canary");
        let reader = AssumedRole::named(PROD, "shop-prod-read");
        InfrastructureReview::builder(production(), reader).build(stack, "Review");
    });
    let canary = &workflow(&assembly, "canary")["jobs"];
    assert_eq!(canary["shift_5"]["needs"], json!(["heed_freeze"]));
    assert_eq!(
        canary["roll_back"]["if"], "(failure() || cancelled()) && needs.heed_freeze.result == 'success'",
        "nothing was begun that could be taken back"
    );
    let apply = &workflow(&assembly, "infrastructure")["jobs"]["apply"]["steps"];
    let names: Vec<&str> = apply.as_array().into_iter().flatten().filter_map(|step| step["name"].as_str()).collect();
    assert!(names.ends_with(&["Sign in to AWS", "Heed a freeze", "Deploy"]), "{names:?}");
}

#[test]
fn a_role_that_heeds_it_may_see_the_flag_and_write_the_override() {
    let assembly = built(|stack| {
        let github = GitHubProvider::build(stack, "GitHub");
        let repository = ce_constructs::delivery::GitHubRepository::new("example/shop");
        GitHubRole::builder("shop-prod-deploy", &github, repository, Subject::environment("production"))
            .build(stack, "Role")
            .heeds(&freeze());
    });
    let policies = resources(&assembly).to_string();
    assert!(
        policies.contains(":parameter/shop/deploy-freeze\"") && policies.contains("ssm:GetParameters"),
        "{policies}"
    );
    assert!(policies.contains(":parameter/shop/deploy-freeze-override\""), "{policies}");
}

#[test]
fn runbooks_put_it_up_first_and_take_it_down_last() {
    let assembly = built(|stack| {
        Runbook::builder("Failover")
            .purpose("Serves from the other region.")
            .when("This one does not answer.")
            .who("Whoever is on call")
            .step(freeze().lowered())
            .first(freeze().raised())
            .verify(RunbookStep::new("Deploy").expect("it goes through").left_to_people())
            .roll_back(freeze().lowered())
            .automated("shop-failover")
            .build(stack, "Failover");
    });
    let text = assembly.file("runbooks/failover.md").unwrap_or_default();
    assert!(text.contains("aws ssm put-parameter --region us-west-2 --name /shop/deploy-freeze"), "{text}");
    assert!(text.contains("aws ssm delete-parameters --region us-west-2 --names /shop/deploy-freeze"), "{text}");
    let resources = resources(&assembly);
    let steps = resources.as_object().into_iter().flat_map(|all| all.values());
    let steps = steps.filter(|resource| resource["Type"] == "AWS::SSM::Document");
    let names: Vec<&str> = steps
        .flat_map(|document| document["Properties"]["Content"]["mainSteps"].as_array().into_iter().flatten())
        .filter_map(|step| step["name"].as_str())
        .collect();
    assert_eq!(names, ["FreezeDeployments", "AllowDeploymentsAgain"]);
}
