//! Any configuration gives findings, or workflows whose jobs wait for jobs that are there; never a panic.

use ce_constructs::delivery::{
    Approval, AssumedRole, DeployFreeze, GitHubProvider, GitHubRepository, GitHubRole, InfrastructureReview, Pipeline,
    PipelineBuilder, Program, Promotion, RecoveryTest, Subject, Target, Task, TrafficShift, Watch,
};
use ce_constructs::observe::Metric;
use ce_synth::{App, Assembly, Duration, Percent, Region, Scope, Severity};
use proptest::prelude::*;

use super::{PROD, STAGING, parse};

#[derive(Clone, Debug)]
struct Stage {
    name: String,
    production: bool,
    on_push: bool,
    frozen: bool,
    approvals: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
}

/// Mostly a name, now and then anything.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![12 => "[a-z][a-z0-9_]{0,7}", 1 => "[ -~]{0,9}"]
}

fn stage() -> impl Strategy<Value = Stage> {
    let names = || prop::collection::vec(name(), 0..3);
    (name(), any::<[bool; 3]>(), names(), names(), names()).prop_map(|(name, flags, approvals, before, after)| {
        let [production, on_push, frozen] = flags;
        Stage { name, production, on_push, frozen, approvals, before, after }
    })
}

fn target(stage: &Stage) -> Target {
    let environment = if stage.production { PROD } else { STAGING };
    let role = AssumedRole::named(environment, "shop-deploy");
    let mut target = Target::new(&*stage.name, environment, role, Program::example("shop"));
    if stage.on_push {
        target = target.promoted(Promotion::OnPush);
    }
    if stage.frozen {
        target = target.frozen_by(&DeployFreeze::new(format!("/{}/freeze", stage.name), Region::EU_WEST_1));
    }
    let target = stage.approvals.iter().map(Approval::new).fold(target, Target::approval);
    let task = |id: &String| Task::run(id, format!("./{id}.sh"));
    let target = stage.before.iter().map(task).fold(target, Target::before);
    stage.after.iter().map(task).fold(target, Target::after)
}

fn build(stack: Scope<'_>, stages: &[Stage], shares: &[u8], (cron, minutes): (&str, u32)) {
    let github = GitHubProvider::build(stack, "GitHub");
    let repository = GitHubRepository::new("example/shop");
    stages.iter().map(target).fold(Pipeline::builder(), PipelineBuilder::target).build(stack, "Pipeline");
    let Some(first) = stages.first() else { return };
    let role = GitHubRole::builder("shop-deploy", &github, repository, Subject::environment(&first.name));
    let role = role.deploys([format!("{}-*", first.name)]).build(stack, "Role");
    role.heeds(&DeployFreeze::new(&first.name, Region::US_WEST_2));
    let errors = Metric::new("Shop", "Errors").above(5.0).alarm(stack, "Errors");
    let watch = Watch::of(&[errors], Duration::minutes(minutes));
    TrafficShift::canary(target(first), "arn:..:listener/a", "arn:..:old", "arn:..:new", watch)
        .shares(shares.iter().copied().map(Percent::new))
        .build(stack, "Canary");
    InfrastructureReview::builder(target(first), &role).paths([&first.name]).build(stack, "Review");
    RecoveryTest::builder(target(first), "s3://kept/latest", "https://example.com").at(cron).build(stack, "Recovery");
}

/// Every job waits for jobs of its workflow; the text is YAML.
fn whole(assembly: &Assembly) -> Result<(), TestCaseError> {
    for file in ["deploy", "checks", "canary", "infrastructure", "recovery-test"] {
        let Some(text) = assembly.file(&format!("workflows/{file}.yml")) else { continue };
        let workflow = parse(text);
        let jobs = workflow["jobs"].as_object().cloned().unwrap_or_default();
        prop_assert!(!jobs.is_empty(), "{text}");
        for needed in jobs.values().flat_map(|job| job["needs"].as_array().cloned().unwrap_or_default()) {
            prop_assert!(needed.as_str().is_some_and(|id| jobs.contains_key(id)), "{needed} in {file}");
        }
        let frozen = jobs.keys().any(|id| id.starts_with("heed_freeze"));
        let asks = text.contains("override_freeze:");
        prop_assert!(!frozen || asks, "{file} stops at a freeze, and nobody may say why not to");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn deliveries_are_whole_or_say_why(
        stages in prop::collection::vec(stage(), 0..4),
        shares in prop::collection::vec(0u8..=100, 0..4),
        cron in prop_oneof![6 => Just("30 4 * * 1".to_owned()), 1 => "[0-9* /-]{0,12}"],
        minutes in 0u32..90,
    ) {
        let synth = || {
            let app = App::new();
            build(app.stack("Stack", PROD), &stages, &shares, (&cron, minutes));
            app.synth()
        };
        match synth() {
            Ok(assembly) => {
                whole(&assembly)?;
                let again = synth().unwrap_or_else(|findings| panic!("{findings}"));
                prop_assert_eq!(assembly.file("workflows/deploy.yml"), again.file("workflows/deploy.yml"));
            }
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                prop_assert!(errors.count() > 0, "{findings}");
            }
        }
    }
}
