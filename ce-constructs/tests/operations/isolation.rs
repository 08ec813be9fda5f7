//! What is cut off when somebody is in.

use ce_constructs::cidr;
use ce_constructs::compute::{EcsCluster, FargateService, ImageSource, ImageVersion, TaskSize};
use ce_constructs::edge::WebFirewall;
use ce_constructs::edge::firewall::BlockList;
use ce_constructs::network::{ExistingVpc, SubnetTier};
use ce_constructs::observe::LogGroup;
use ce_constructs::operations::{EventPattern, EventRule, Evidence, SourceBlock, ThreatIsolation};
use ce_constructs::storage::{Bucket, ObjectLock};
use ce_synth::{App, Duration, Scope, Severity};
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
    assert_eq!(
        transformer["InputTemplate"],
        r#"{"Finding":["<Finding>"],"Detector":["<Detector>"],"Id":["<Id>"],"Cluster":["<Cluster>"],"Task":["<Task>"]}"#
    );
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

/// What an isolation of one service becomes.
fn isolated(settings: impl for<'a> FnOnce(Scope<'a>, ThreatIsolation<'a>) -> ThreatIsolation<'a>) -> Value {
    built(|scope| {
        let cluster = EcsCluster::builder().named("shop").build(scope, "Cluster");
        let api = service(scope, &cluster, "Api");
        let isolation = ThreatIsolation::of([&api]).named("shop-isolate");
        done(settings(scope, isolation).build(scope, "Isolation"));
    })
}

fn document<'v>(resources: &'v Value, name: &str) -> &'v Value {
    let all = of_type(resources, "AWS::SSM::Document");
    all.into_iter().find(|document| document["Name"] == name).unwrap_or(&Value::Null)
}

fn step<'v>(document: &'v Value, name: &str) -> &'v Value {
    let steps = document["Content"]["mainSteps"].as_array().map(Vec::as_slice).unwrap_or_default();
    steps.iter().find(|step| step["name"] == name).unwrap_or(&Value::Null)
}

fn step_names(document: &Value) -> Vec<&str> {
    let steps = document["Content"]["mainSteps"].as_array().map(Vec::as_slice).unwrap_or_default();
    steps.iter().filter_map(|step| step["name"].as_str()).collect()
}

#[test]
fn where_it_comes_from_is_kept_out_and_let_in_again() {
    let resources = isolated(|scope, isolation| {
        let firewall = WebFirewall::builder().named("shop").blocks_addresses().build(scope, "Firewall");
        isolation.blocks(SourceBlock::on(firewall.block_list()))
    });
    let isolate = document(&resources, "shop-isolate");
    assert_eq!(step_names(isolate), ["OpenIncident", "BlockSource", "IsTask", "DenyRole", "StopTask"]);
    let block = step(isolate, "BlockSource");
    assert_eq!(block["onFailure"], "Continue", "the task is stopped all the same");
    let inputs = &block["inputs"]["InputPayload"];
    assert_eq!(inputs["List"], "shop-blocked");
    assert_eq!((&inputs["Scope"], &inputs["Region"]), (&json!("REGIONAL"), &json!("us-east-1")));
    assert_eq!((&inputs["Seconds"], &inputs["Spared"]), (&json!(86_400), &json!([])));
    insta::assert_json_snapshot!("unblock", document(&resources, "shop-isolate-unblock"));
    let may = statements(&resources);
    for set in [":regional/ipset/shop-blocked-ipv4/*", ":regional/ipset/shop-blocked-ipv6/*"] {
        assert!(may.contains(set), "{set}");
    }
    assert!(
        may.contains("scheduler:CreateSchedule") && may.contains(r#""iam:PassedToService":"scheduler.amazonaws.com""#)
    );
    assert_eq!(of_type(&resources, "AWS::Scheduler::ScheduleGroup").len(), 1);
    let names: Vec<&Value> = of_type(&resources, "AWS::WAFv2::IPSet").iter().map(|set| &set["Name"]).collect();
    assert_eq!(names, ["shop-blocked-ipv4", "shop-blocked-ipv6"]);
}

#[test]
fn a_block_has_a_time_and_exceptions() {
    let resources = isolated(|_, isolation| {
        let block = SourceBlock::on(BlockList::global("shop-edge-blocked"));
        isolation.blocks(block.lifted_after(Duration::days(7)).never([cidr!("203.0.113.0/24")]))
    });
    let inputs = &step(document(&resources, "shop-isolate"), "BlockSource")["inputs"]["InputPayload"];
    assert_eq!((&inputs["Scope"], &inputs["Region"]), (&json!("CLOUDFRONT"), &json!("us-east-1")));
    assert_eq!((&inputs["Seconds"], &inputs["Spared"]), (&json!(604_800), &json!(["203.0.113.0/24"])));
    assert!(statements(&resources).contains(":global/ipset/shop-edge-blocked-ipv4/*"));
}

#[test]
fn logs_are_kept_one_group_after_the_other() {
    let resources = isolated(|scope, isolation| {
        let lock = ObjectLock::Governance(Duration::days(365));
        let bucket = Bucket::builder().object_lock(lock).without_access_logs().build(scope, "Evidence");
        let flows = LogGroup::builder().named("flows").build(scope, "Flows");
        isolation.keeps(Evidence::in_bucket(&bucket).of_the_last(Duration::days(2)).also(&flows).also(&flows))
    });
    let isolate = document(&resources, "shop-isolate");
    let names = ["OpenIncident", "IsTask", "DenyRole", "StopTask", "KeepLogs1", "LogsKept1", "KeepLogs2", "LogsKept2"];
    assert_eq!(step_names(isolate), names);
    assert_eq!(step(isolate, "IsTask")["inputs"]["Default"], "KeepLogs1", "also where no task is to be stopped");
    assert_eq!(step(isolate, "KeepLogs2")["inputs"]["InputPayload"]["Seconds"], 172_800);
    assert_eq!(step(isolate, "LogsKept2")["inputs"]["taskId"], "{{ KeepLogs2.TaskId }}");
    let policy = of_type(&resources, "AWS::S3::BucketPolicy")[0].to_string();
    assert!(policy.contains("logs.us-east-1.amazonaws.com"), "{policy}");
    let may = statements(&resources);
    assert!(may.contains("logs:CreateExportTask") && may.contains("s3:PutObject"), "{may}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_services_are_cut_off_or_it_says_why_not(
        (services, clusters) in (0usize..4, 1usize..3),
        (blocked, listed, kept) in (prop::option::of(any::<u32>()), any::<bool>(), any::<bool>()),
        name in prop::option::of(prop_oneof!["[a-zA-Z0-9_.-]{3,40}", "[a-z /]{0,4}"]),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let all: Vec<_> = (0..clusters).map(|place| EcsCluster::builder().build(stack, &format!("Cluster{place}"))).collect();
        let guarded: Vec<_> =
            (0..services).map(|place| service(stack, &all[place % clusters], &format!("Service{place}"))).collect();
        let mut isolation = ThreatIsolation::of(&guarded);
        if let Some(name) = &name { isolation = isolation.named(name.clone()); }
        let firewall = if listed { WebFirewall::builder().blocks_addresses() } else { WebFirewall::builder() };
        if let Some(seconds) = blocked {
            let list = firewall.build(stack, "Firewall").block_list();
            isolation = isolation.blocks(SourceBlock::on(list).lifted_after(Duration::seconds(seconds)));
        }
        if kept {
            let bucket = Bucket::builder().object_lock(ObjectLock::Governance(Duration::days(1))).build(stack, "Kept");
            isolation = isolation.keeps(Evidence::in_bucket(&bucket));
        }
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
                prop_assert!(errors > 0 && (services == 0 || name.is_some() || (blocked.is_some() && !listed)), "{}", findings);
            }
        }
    }
}
