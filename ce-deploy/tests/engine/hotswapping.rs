//! Changes past CloudFormation, and how a deployment brings the stack back in step.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Asset, AssetId, Destination, Packaging, Source, StackId};
use ce_deploy::cloud::{Call, Failure, Target};
use ce_deploy::digest::sha256;
use ce_deploy::engine::{
    Deployment, End, Event, Exit, Hotswap, HotswapReport, Judge, Options, Outcome, Report, Signal,
};
use ce_deploy::journal::Journal;
use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::drive::{Fate, Run, drive, drive_with};
use crate::shop::{assembly, place, stack};

/// A function that reads a table, and a queue beside it.
fn shop(code: &str, level: &str) -> Value {
    json!({ "Resources": {
        "Table": { "Type": "AWS::DynamoDB::Table", "Properties": {
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }] } },
        "Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {} } },
        "Worker": { "Type": "AWS::Lambda::Function", "Properties": {
            "Role": { "Fn::GetAtt": ["Role", "Arn"] },
            "Code": { "S3Bucket": { "Fn::Sub": "assets-${AWS::Region}" }, "S3Key": code },
            "MemorySize": "256",
            "Environment": { "Variables": { "LEVEL": level, "TABLE": { "Fn::GetAtt": ["Table", "Arn"] } } } } },
        "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": 1 } }
    } })
}

fn of(template: &Value) -> Arc<Assembly> {
    assembly(vec![stack("Shop", &template.to_string(), &[])])
}

/// Something went on in a cloud; the journal is on a machine.
struct Desk {
    cloud: Cloud,
    journal: String,
    now: u64,
}

impl Desk {
    /// With a stack that was deployed.
    fn with(template: &Value) -> Self {
        let mut desk = Self { cloud: Cloud::new(), journal: String::new(), now: 1_000 };
        assert_eq!(desk.deploy(template).exit, Exit::Done);
        desk
    }

    fn options(&self) -> Options {
        Options::default().journal(Journal::read(&self.journal))
    }

    fn took(&mut self, run: &Run) -> Outcome {
        self.now += run.took + 60_000;
        self.journal += &run.journal;
        run.outcome().clone()
    }

    fn deploy(&mut self, template: &Value) -> Outcome {
        let judge = Judge::of(&ce_cfn::SCHEMAS);
        let options = self.options().ask(ce_deploy::plan::Ask::Classes([].into()));
        let mut deployment = Deployment::deploy(of(template), judge, options);
        let run = drive(&mut self.cloud, self.now, &mut deployment);
        self.took(&run)
    }

    fn hotswap(&mut self, template: &Value) -> HotswapReport {
        let mut hotswap = Hotswap::new(of(template), &ce_cfn::SCHEMAS, self.options());
        let run = drive(&mut self.cloud, self.now, &mut hotswap);
        report(&self.took(&run))
    }

    fn actual(&self, logical: &str, pointer: &str) -> Value {
        let actual = self.cloud.simulator.actual(&place(), "shop", logical).expect("it is there");
        Value::Object(actual.clone()).pointer(pointer).cloned().unwrap_or_default()
    }

    fn patches(&self) -> Vec<Value> {
        let patch = |(_, call): &(u64, Call)| match call {
            Call::UpdateResource { patch, .. } => serde_json::from_str(patch.reveal()).ok(),
            _ => None,
        };
        self.cloud.calls.iter().filter_map(patch).collect()
    }

    fn is_swapped(&self) -> bool {
        !Journal::read(&self.journal).swapped().is_empty()
    }
}

fn report(outcome: &Outcome) -> HotswapReport {
    match &outcome.stacks[&StackId::new("Shop")].report {
        Some(Report::Hotswap(report)) => report.clone(),
        other => panic!("{other:?}"),
    }
}

fn refusals(report: &HotswapReport) -> Vec<String> {
    match report {
        HotswapReport::Refused(obstacles) => obstacles.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn code_is_swapped_and_only_the_next_deployment_tells_cloudformation() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    let executed = desk.cloud.executions().len();
    let report = desk.hotswap(&shop("b.zip", "info"));
    let HotswapReport::Swapped(aims) = report else { panic!("{report:?}") };
    assert_eq!((aims.len(), aims[0].properties().into_iter().collect::<Vec<_>>()), (1, vec!["Code"]));
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "b.zip");
    assert_eq!(desk.cloud.executions().len(), executed);
    let code = json!({ "S3Bucket": "assets-eu-west-1", "S3Key": "b.zip" });
    assert_eq!(desk.patches(), [json!([{ "op": "add", "path": "/Code", "value": code }])]);
    assert!(desk.is_swapped());

    assert_eq!(desk.deploy(&shop("b.zip", "info")).exit, Exit::Done);
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "b.zip");
    assert_eq!(desk.patches().len(), 1, "what CloudFormation sets is not put back first");
    assert!(!desk.is_swapped());
}

/// What no read gives back is sent along, and a number that the template writes as a text is one.
#[test]
fn a_part_of_a_property_is_swapped() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    let mut template = shop("a.zip", "debug");
    template["Resources"]["Worker"]["Properties"]["MemorySize"] = json!("512");
    assert!(matches!(desk.hotswap(&template), HotswapReport::Swapped(_)));
    let code = json!({ "S3Bucket": "assets-eu-west-1", "S3Key": "a.zip" });
    let patch = json!([
        { "op": "add", "path": "/Code", "value": code },
        { "op": "add", "path": "/Environment/Variables/LEVEL", "value": "debug" },
        { "op": "add", "path": "/MemorySize", "value": 512 }
    ]);
    assert_eq!(desk.patches(), [patch]);
    assert_eq!(desk.actual("Worker", "/Environment/Variables/LEVEL"), "debug");
}

#[test]
fn what_was_swapped_is_not_swapped_again_and_is_put_back_by_the_next() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    assert_eq!(desk.hotswap(&shop("a.zip", "info")), HotswapReport::Same);
    desk.hotswap(&shop("b.zip", "info"));
    assert_eq!(desk.hotswap(&shop("b.zip", "info")), HotswapReport::AsWanted);
    let HotswapReport::Swapped(aims) = desk.hotswap(&shop("b.zip", "debug")) else { panic!("it is swapped") };
    assert_eq!(aims[0].properties().into_iter().collect::<Vec<_>>(), ["Environment"]);
    assert!(matches!(desk.hotswap(&shop("a.zip", "info")), HotswapReport::Swapped(_)));
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "a.zip");
    assert_eq!(desk.actual("Worker", "/Environment/Variables/LEVEL"), "info");
    assert_eq!(desk.patches().len(), 3);
}

/// The template is what CloudFormation knows: it sees nothing to do, and what was swapped would stay.
#[test]
fn a_deployment_puts_back_what_cloudformation_does_not_see() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    desk.hotswap(&shop("b.zip", "debug"));
    let outcome = desk.deploy(&shop("a.zip", "info"));
    assert_eq!((outcome.exit, &outcome.stacks[&StackId::new("Shop")].end), (Exit::Done, &End::Changed));
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "a.zip");
    assert_eq!(desk.actual("Worker", "/Environment/Variables/LEVEL"), "info");
    assert!(!desk.is_swapped());
    let again = desk.deploy(&shop("a.zip", "info"));
    assert_eq!(again.stacks[&StackId::new("Shop")].end, End::Unchanged);
}

/// Code is changed by CloudFormation's own update, the variable is not in it.
#[test]
fn a_deployment_puts_back_only_what_it_does_not_set() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    desk.hotswap(&shop("b.zip", "debug"));
    assert_eq!(desk.deploy(&shop("c.zip", "info")).exit, Exit::Done);
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "c.zip");
    assert_eq!(desk.actual("Worker", "/Environment/Variables/LEVEL"), "info");
    let patch = desk.patches().pop().expect("a patch");
    let set: Vec<&str> = patch.as_array().unwrap().iter().filter_map(|step| step["path"].as_str()).collect();
    assert_eq!(set, ["/Code", "/Environment/Variables/LEVEL"]);
}

#[test]
fn a_plan_says_what_was_swapped_and_changes_nothing() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    desk.hotswap(&shop("b.zip", "info"));
    let judge = Judge::of(&ce_cfn::SCHEMAS);
    let mut plan = Deployment::plan(of(&shop("a.zip", "info")), judge, desk.options());
    let run = drive(&mut desk.cloud, desk.now, &mut plan);
    let plan = desk.took(&run).plan.expect("a plan");
    assert_eq!(plan.stacks[0].hotswapped, ["Worker"]);
    assert!(plan.changes_something());
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "b.zip");
    assert!(desk.is_swapped());
}

#[test]
fn one_change_that_cannot_be_swapped_keeps_all_from_it() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    let mut template = shop("b.zip", "info");
    template["Resources"]["Inbox"]["Properties"]["DelaySeconds"] = json!(2);
    template["Outputs"] = json!({ "Url": { "Value": { "Ref": "Inbox" } } });
    let refused = refusals(&desk.hotswap(&template));
    let wanted =
        ["the output `Url` changes", "`Inbox` AWS::SQS::Queue: it changes in place, and no hotswap changes this type"];
    assert_eq!(refused, wanted);
    assert!(desk.patches().is_empty() && !desk.is_swapped());
}

type Change = fn(&mut Value);

#[test]
fn what_is_never_swapped_says_why() {
    let cases: [(&str, Change, &str); 6] = [
        ("a role", |it| it["Worker"]["Properties"]["Role"] = json!("arn:x"), "`Role` changes, which no hotswap sets"),
        ("tags", |it| it["Worker"]["Properties"]["Tags"] = json!([{ "Key": "a", "Value": "b" }]), "`Tags` changes"),
        ("a policy", |it| it["Worker"]["DeletionPolicy"] = json!("Retain"), "`DeletionPolicy` changes"),
        ("something new", |it| it["More"] = json!({ "Type": "AWS::SNS::Topic" }), "it is added"),
        ("something gone", |it| drop(it.as_object_mut().unwrap().remove("Inbox")), "it is removed"),
        (
            "a secret",
            |it| it["Worker"]["Properties"]["Environment"]["Variables"]["KEY"] = json!("{{resolve:ssm:key}}"),
            "a dynamic reference",
        ),
    ];
    for (what, change, why) in cases {
        let mut desk = Desk::with(&shop("a.zip", "info"));
        let mut template = shop("b.zip", "info");
        change(&mut template["Resources"]);
        let refused = refusals(&desk.hotswap(&template));
        assert!(refused.iter().any(|refusal| refusal.contains(why)), "{what}: {refused:?}");
        assert!(desk.patches().is_empty(), "{what}");
    }
}

#[test]
fn metadata_alone_is_left_to_the_next_deployment() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    let mut template = shop("a.zip", "info");
    template["Resources"]["Worker"]["Metadata"] = json!({ "line": 7 });
    assert_eq!(desk.hotswap(&template), HotswapReport::AsWanted);
    assert!(desk.patches().is_empty());
}

#[test]
fn a_resource_that_cannot_be_changed_is_told_and_the_deployment_mends_it() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    desk.cloud.fault = Box::new(|call, _| {
        let is_it = matches!(call, Call::UpdateResource { .. });
        is_it.then(|| Failure::answered("NotStabilizedException", "it did not come up"))
    });
    let report = desk.hotswap(&shop("b.zip", "info"));
    let HotswapReport::Failed(failures) = report else { panic!("{report:?}") };
    assert_eq!(failures, [("Worker".to_owned(), "NotStabilizedException: it did not come up".to_owned())]);
    desk.cloud.fault = Box::new(|_, _| None);
    assert!(desk.is_swapped(), "nobody knows whether it was set");
    assert_eq!(desk.deploy(&shop("b.zip", "info")).exit, Exit::Done);
    assert!(!desk.is_swapped());
}

/// Wherever it is killed, the next deployment knows, and what CloudFormation does not know of is put back.
#[test]
fn a_killed_hotswap_loses_nothing() {
    for steps in 1.. {
        let mut desk = Desk::with(&shop("a.zip", "info"));
        let mut hotswap = Hotswap::new(of(&shop("b.zip", "debug")), &ce_cfn::SCHEMAS, desk.options());
        let fate = Fate { killed_after: Some(steps), ..Fate::default() };
        let run = drive_with(&mut desk.cloud, desk.now, &mut hotswap, fate);
        let ended = run.outcome.is_some();
        desk.journal += &run.journal;
        // What was begun goes on in the service.
        let changed = !desk.patches().is_empty();
        assert!(!changed || desk.is_swapped(), "killed after {steps} steps");
        desk.now += 500;
        assert_eq!(desk.deploy(&shop("a.zip", "info")).exit, Exit::Done, "killed after {steps} steps");
        assert_eq!(desk.actual("Worker", "/Code/S3Key"), "a.zip", "killed after {steps} steps");
        assert_eq!(desk.actual("Worker", "/Environment/Variables/LEVEL"), "info", "killed after {steps} steps");
        assert!(!desk.is_swapped(), "killed after {steps} steps");
        if ended {
            assert!(steps > 8);
            return;
        }
    }
}

/// What a killed hotswap began may take hold after what the deployment does: it is waited for.
#[test]
fn a_hotswap_that_still_goes_on_does_not_overtake_the_deployment() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    for steps in 1.. {
        let mut hotswap = Hotswap::new(of(&shop("b.zip", "info")), &ce_cfn::SCHEMAS, desk.options());
        let fate = Fate { killed_after: Some(steps), ..Fate::default() };
        let run = drive_with(&mut desk.cloud, desk.now, &mut hotswap, fate);
        if !desk.patches().is_empty() {
            desk.journal += &run.journal;
            break;
        }
    }
    assert_eq!(desk.deploy(&shop("c.zip", "info")).exit, Exit::Done);
    let set = desk.patches().pop().expect("a patch");
    assert_eq!(set[0]["value"]["S3Key"], "c.zip", "it is set again, after the one that goes on");
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "c.zip");
    assert!(!desk.is_swapped());
}

/// What is set is sent, and neither written down nor told.
#[test]
fn no_value_is_in_the_journal_or_told() {
    const CANARY: &str = "canary-7d1f";
    let mut desk = Desk::with(&shop("a.zip", "info"));
    let mut hotswap = Hotswap::new(of(&shop("a.zip", CANARY)), &ce_cfn::SCHEMAS, desk.options());
    let run = drive(&mut desk.cloud, desk.now, &mut hotswap);
    assert_eq!(desk.actual("Worker", "/Environment/Variables/LEVEL"), CANARY);
    let calls: Vec<String> = desk.cloud.calls.iter().map(|(_, call)| format!("{call:?}")).collect();
    let shown = format!("{} {:?} {:?} {}", run.journal, run.told, run.outcome(), calls.join(" "));
    assert!(!shown.contains(CANARY), "{shown}");
}

#[test]
fn reverting_drift_puts_a_hotswap_back_too() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    desk.hotswap(&shop("b.zip", "debug"));
    let options = desk.options().mode(ce_deploy::cloud::Mode::RevertDrift);
    let judge = Judge::of(&ce_cfn::SCHEMAS);
    let run = drive(&mut desk.cloud, desk.now, &mut Deployment::deploy(of(&shop("a.zip", "info")), judge, options));
    assert_eq!(desk.took(&run).exit, Exit::Done);
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "a.zip");
    assert_eq!(desk.actual("Worker", "/Environment/Variables/LEVEL"), "info");
    assert!(!desk.is_swapped());
}

/// An update that is rolled back leaves what was swapped, and the journal says so.
#[test]
fn a_deployment_that_fails_leaves_the_note() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    desk.hotswap(&shop("b.zip", "info"));
    let mut template = shop("b.zip", "info");
    template["Resources"]["More"] =
        json!({ "Type": "AWS::SNS::Topic", "Metadata": { "ce:simulate": { "fail": ["create"] } } });
    assert_eq!(desk.deploy(&template).exit, Exit::RolledBack);
    assert!(desk.is_swapped());
    assert_eq!(desk.deploy(&shop("a.zip", "info")).exit, Exit::Done);
    assert_eq!(desk.actual("Worker", "/Code/S3Key"), "a.zip");
    assert!(!desk.is_swapped());
}

/// Files are there before a resource is told to take them.
#[test]
fn files_are_published_first() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    desk.cloud.simulator.make_bucket(&place(), "assets-eu-west-1");
    desk.cloud.simulator.set_file("ce.out/b.zip", "code");
    let (bucket, key) = ("assets-eu-west-1".to_owned(), "b.zip".to_owned());
    let asset = Asset {
        id: AssetId::new("code"),
        name: "worker".into(),
        source: Source::File { path: "ce.out/b.zip".into(), packaging: Packaging::File },
        destination: Destination::Bucket { target: Target::new(place()), bucket, key },
        digest: sha256("code"),
        bytes: 4,
    };
    let mut wanted = Assembly::clone(&of(&shop("b.zip", "info")));
    wanted.stacks[0].assets.push(asset.id.clone());
    wanted.assets.push(asset);
    let mut hotswap = Hotswap::new(Arc::new(wanted), &ce_cfn::SCHEMAS, desk.options());
    let run = drive(&mut desk.cloud, desk.now, &mut hotswap);
    assert_eq!(run.outcome().exit, Exit::Done);
    let first = |is_it: fn(&Call) -> bool| desk.cloud.calls.iter().position(|(_, call)| is_it(call)).expect("a call");
    let put = first(|call| matches!(call, Call::PutObject { .. }));
    assert!(put < first(|call| matches!(call, Call::UpdateResource { .. })));
}

#[test]
fn an_interrupt_before_anything_is_changed_ends_it() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    let mut hotswap = Hotswap::new(of(&shop("b.zip", "info")), &ce_cfn::SCHEMAS, desk.options());
    let fate = Fate { events: vec![(30, Event::Interrupted(Signal::Interrupt))], ..Fate::default() };
    let run = drive_with(&mut desk.cloud, desk.now, &mut hotswap, fate);
    assert_eq!(run.outcome().exit, Exit::Interrupted);
    assert_eq!(report(run.outcome()), HotswapReport::NotBegun);
    assert!(desk.patches().is_empty());
}

/// Two services run a task; one of them and an alarm are of another.
fn apps(image: &str) -> Value {
    let service = |task: &str| {
        json!({ "Type": "AWS::ECS::Service", "Properties": {
            "Cluster": { "Ref": "Cluster" }, "TaskDefinition": { "Ref": task }, "DesiredCount": 2 } })
    };
    json!({ "Resources": {
        "Cluster": { "Type": "AWS::ECS::Cluster" },
        "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
            "Cpu": 256, "ContainerDefinitions": [{ "Name": "app", "Image": image }] } },
        "Web": service("Task"), "Api": service("Task")
    } })
}

#[test]
fn a_task_gets_a_revision_and_its_services_run_it() {
    let mut desk = Desk::with(&apps("app:1"));
    let old = desk.actual("Web", "/TaskDefinition");
    let report = desk.hotswap(&apps("app:2"));
    let HotswapReport::Swapped(aims) = &report else { panic!("{report:?}") };
    assert_eq!(aims.iter().map(|aim| aim.logical_id.as_str()).collect::<Vec<_>>(), ["Api", "Web"]);
    let new = desk.actual("Web", "/TaskDefinition");
    assert_eq!(desk.cloud.count(|call| matches!(call, Call::CreateResource { .. })), 1);
    assert_eq!(desk.actual("Api", "/TaskDefinition"), new);
    assert_ne!(new, old);
    let family =
        |arn: &Value| arn.as_str().and_then(|arn| arn.rsplit('/').next()?.split(':').next().map(str::to_owned));
    assert_eq!(family(&new), family(&old));
    assert_eq!(desk.hotswap(&apps("app:2")), HotswapReport::AsWanted);

    assert_eq!(desk.deploy(&apps("app:1")).exit, Exit::Done);
    assert_eq!(desk.actual("Web", "/TaskDefinition"), old, "CloudFormation's own revision runs again");
    assert_eq!(desk.actual("Api", "/TaskDefinition"), old);
    assert!(!desk.is_swapped());
}

#[test]
fn a_swapped_task_is_deployed_as_a_task() {
    let mut desk = Desk::with(&apps("app:1"));
    desk.hotswap(&apps("app:2"));
    let swapped = desk.actual("Web", "/TaskDefinition");
    assert_eq!(desk.deploy(&apps("app:2")).exit, Exit::Done);
    let deployed = desk.actual("Web", "/TaskDefinition");
    assert_ne!(deployed, swapped, "CloudFormation makes a revision of its own");
    assert_eq!(desk.cloud.count(|call| matches!(call, Call::UpdateResource { .. })), 2);
    assert!(!desk.is_swapped());
}

#[test]
fn a_task_whose_revision_others_read_is_not_swapped() {
    let mut template = apps("app:2");
    template["Outputs"] = json!({ "Task": { "Value": { "Ref": "Task" } } });
    let mut before = apps("app:1");
    before["Outputs"] = template["Outputs"].clone();
    let mut desk = Desk::with(&before);
    let refused = refusals(&desk.hotswap(&template));
    assert_eq!(refused, ["the output `Task` changes"]);
    let mut roles = apps("app:2");
    roles["Resources"]["Task"]["Properties"]["TaskRoleArn"] = json!("arn:aws:iam::111111111111:role/more");
    let mut desk = Desk::with(&apps("app:1"));
    let refused = refusals(&desk.hotswap(&roles)).join("\n");
    assert!(refused.contains("`TaskRoleArn` changes, which no hotswap sets"), "{refused}");
}

/// The deployment role may change stacks, and not what is in them.
#[test]
fn resources_are_changed_as_who_calls() {
    let mut desk = Desk::with(&shop("a.zip", "info"));
    let mut shop = stack("Shop", &shop("b.zip", "info").to_string(), &[]);
    let role = "arn:aws:iam::111111111111:role/deploy".to_owned();
    shop.target = Target { role: Some(role.clone()), ..Target::new(place()) };
    let began = desk.cloud.calls.len();
    let mut hotswap = Hotswap::new(assembly(vec![shop]), &ce_cfn::SCHEMAS, desk.options());
    let run = drive(&mut desk.cloud, desk.now, &mut hotswap);
    assert_eq!(run.outcome().exit, Exit::Done);
    let calls = desk.cloud.calls.iter().zip(&desk.cloud.roles).skip(began);
    let past = |call: &Call| {
        matches!(call, Call::GetResource { .. } | Call::UpdateResource { .. } | Call::DescribeResourceRequest { .. })
    };
    for ((_, call), as_whom) in calls.filter(|((_, call), _)| *call != Call::Identity) {
        assert_eq!(as_whom.as_ref(), Some(&role).filter(|_| !past(call)), "{call:?}");
    }
}
