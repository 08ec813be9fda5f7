//! What is cut off when somebody is in.

use ce_constructs::cidr;
use ce_constructs::compute::{EcsCluster, FargateService, ImageSource, ImageVersion, TaskSize};
use ce_constructs::network::{ExistingVpc, SubnetTier};
use ce_constructs::operations::{EventPattern, EventRule, ThreatIsolation};
use ce_synth::{App, Scope, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{PROD, built, done, of_type, statements};

fn service<'a>(scope: Scope<'a>, cluster: &EcsCluster<'a>, id: &str) -> FargateService<'a> {
    let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"))
        .subnet(SubnetTier::Private, 'a', "subnet-0000001a", cidr!("10.0.11.0/24"))
        .subnet(SubnetTier::Private, 'b', "subnet-0000001b", cidr!("10.0.12.0/24"));
    let image = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
    FargateService::builder(cluster, &vpc.build(scope), image, TaskSize::new::<256, 512>()).build(scope, id)
}

fn guarded() -> Value {
    built(|scope| {
        let cluster = EcsCluster::builder().named("shop").build(scope, "Cluster");
        let [api, web] = ["Api", "Web"].map(|id| service(scope, &cluster, id));
        let isolation = ThreatIsolation::of([&api, &web]).named("shop-isolate").build(scope, "Isolation");
        let findings = EventRule::builder(EventPattern::guard_duty_findings(7.0)).to(&isolation);
        done(findings.build(scope, "Findings"));
    })
}

#[test]
fn a_finding_opens_an_item_and_cuts_its_task_off() {
    let resources = guarded();
    let document = of_type(&resources, "AWS::SSM::Document")[0];
    insta::assert_json_snapshot!(document);
    let transformer = &of_type(&resources, "AWS::Events::Rule")[0]["Targets"][0]["InputTransformer"];
    assert_eq!(transformer["InputTemplate"], r#"{"Finding":["<Finding>"],"Cluster":["<Cluster>"],"Task":["<Task>"]}"#);
    assert_eq!(transformer["InputPathsMap"]["Task"], "$.detail.resource.ecsClusterDetails.taskDetails.arn");
}

#[test]
fn it_may_deny_the_roles_of_its_services_and_no_others() {
    let resources = guarded();
    let policies = of_type(&resources, "AWS::IAM::Policy");
    let all = policies.iter().flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().into_iter().flatten());
    let put: Vec<&Value> =
        all.filter(|statement| statement["Action"].to_string().contains("iam:PutRolePolicy")).collect();
    assert_eq!(put.len(), 1);
    assert_eq!(put[0]["Resource"].as_array().map(Vec::len), Some(2), "{}", put[0]);
    assert!(put[0]["Resource"].to_string().contains("ApiTaskRole"));
    let stops = statements(&resources);
    assert!(stops.contains("ecs:StopTask") && stops.contains(":task/"), "{stops}");
    assert_eq!(of_type(&resources, "AWS::SSM::Document")[0]["Name"], json!("shop-isolate"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_services_are_cut_off_or_it_says_why_not(
        (services, clusters) in (0usize..4, 1usize..3),
        name in prop::option::of(prop_oneof!["[a-zA-Z0-9_.-]{3,40}", "[a-z /]{0,4}"]),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let all: Vec<_> = (0..clusters).map(|place| EcsCluster::builder().build(stack, &format!("Cluster{place}"))).collect();
        let guarded: Vec<_> =
            (0..services).map(|place| service(stack, &all[place % clusters], &format!("Service{place}"))).collect();
        let mut isolation = ThreatIsolation::of(&guarded);
        if let Some(name) = &name { isolation = isolation.named(name.clone()); }
        done(isolation.build(stack, "Isolation"));
        match app.synth() {
            Ok(assembly) => {
                let template: Value = serde_json::from_str(assembly.template("Stack").unwrap_or_default())?;
                let policies = of_type(&template["Resources"], "AWS::IAM::Policy");
                let may_put = policies.iter().filter(|policy| policy.to_string().contains("iam:PutRolePolicy")).count();
                prop_assert_eq!(may_put, 1);
            }
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
                prop_assert!(errors > 0 && (services == 0 || name.is_some()), "{}", findings);
            }
        }
    }
}
