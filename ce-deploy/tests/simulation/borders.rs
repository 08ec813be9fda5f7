//! What stacks have of each other: nesting, exports, outputs.

use ce_deploy::cloud::{Answer, Call, ChangeSetState, ChangeSetType, Page, Place, StackRef, StackStatus as S, Target};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

fn exporting(name: &str, value: &str) -> Value {
    json!({
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": value}}},
        "Outputs": {"Name": {"Value": value, "Export": {"Name": name}}}
    })
}

fn importing(name: &str) -> Value {
    json!({"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::ImportValue": name}}}}})
}

fn reading(output: &Value) -> Value {
    json!({"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::GetStackOutput": output}}}}})
}

/// A bench with a child template in a bucket, and a parent that nests it.
fn nested(child: &Value) -> (Bench, Value) {
    let mut bench = Bench::new();
    let place = bench.target.place.clone();
    bench.simulator.make_bucket(&place, "assets");
    put(&mut bench, "child.json", child);
    let parent = json!({
        "Resources": {
            "Child": {"Type": "AWS::CloudFormation::Stack", "Properties": {
                "TemplateURL": "https://assets.s3.eu-west-1.amazonaws.com/child.json", "Parameters": {"Delay": "1"}
            }},
            "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::GetAtt": ["Child", "Outputs.Url"]}}}
        }
    });
    (bench, parent)
}

fn put(bench: &mut Bench, key: &str, template: &Value) {
    let place = bench.target.place.clone();
    bench.simulator.put_object(&place, "assets", key, template.to_string(), None).unwrap();
}

fn child(fail: &str) -> Value {
    json!({
        "Parameters": {"Delay": {"Type": "Number"}},
        "Resources": {"Queue": {
            "Type": "AWS::SQS::Queue",
            "Properties": {"DelaySeconds": {"Ref": "Delay"}},
            "Metadata": {"ce:simulate": {"fail": [fail]}}
        }},
        "Outputs": {"Url": {"Value": {"Ref": "Queue"}}}
    })
}

fn child_of(bench: &mut Bench) -> String {
    let call = Call::ListStackResources { stack: StackRef::name("shop"), page: Page::first() };
    let Answer::Resources(resources, _) = bench.call(call).unwrap() else { panic!("resources") };
    resources.into_iter().find(|resource| resource.logical_id == "Child").unwrap().physical_id.unwrap()
}

behaviours! {
    /// An export is seen in its account and region, by name.
    Documented("user guide, Get exported outputs from a deployed CloudFormation stack")
    fn an_export_is_imported() {
        let mut bench = Bench::new();
        bench.deploy("network", &exporting("vpc", "vpc-1"));
        assert_eq!(bench.deploy("shop", &importing("vpc")), S::CreateComplete);
        let call = Call::ListImports { export: "vpc".into(), page: Page::first() };
        assert_eq!(bench.call(call).unwrap(), Answer::Imports(vec!["shop".into()], None));
        let request = bench.request("other", ChangeSetType::Create, &importing("nothing"));
        assert_eq!(bench.change_set(request).unwrap().reason.unwrap(), "No export named nothing found");
    }

    /// A name is exported once in an account and region.
    Documented("user guide, Get exported outputs from a deployed CloudFormation stack")
    fn an_export_is_unique() {
        let mut bench = Bench::new();
        bench.deploy("network", &exporting("vpc", "vpc-1"));
        assert_eq!(bench.deploy("other", &exporting("vpc", "vpc-2")), S::RollbackComplete);
    }

    /// An export that is imported neither changes nor goes, and its stack stays.
    Documented("user guide, Get exported outputs; the words are seen in aws-cdk#3414")
    fn an_export_in_use_stays() {
        let mut bench = Bench::new();
        bench.deploy("network", &exporting("vpc", "vpc-1"));
        bench.deploy("shop", &importing("vpc"));
        assert_eq!(bench.deploy("network", &exporting("vpc", "vpc-2")), S::UpdateRollbackComplete);
        assert_eq!(bench.deploy("network", &exporting("renamed", "vpc-1")), S::UpdateRollbackComplete);
        let told = bench.events("network").into_iter().rev().find_map(|event| event.reason).unwrap();
        assert_eq!(told, "Export vpc cannot be deleted as it is in use by shop");
        let token = bench.token();
        bench.call(Call::DeleteStack { stack: StackRef::name("network"), token, retain: vec![], role: None }).unwrap();
        bench.settle();
        assert_eq!(bench.describe("network").unwrap().status, S::DeleteFailed);
    }

    /// `Fn::GetStackOutput` reads across regions and accounts and ties nothing.
    Documented("user guide, Fn::GetStackOutput")
    fn an_output_is_read_from_afar() {
        let mut bench = Bench::new();
        bench.target = Target::new(Place::new("222222222222", "us-east-1"));
        bench.deploy("network", &exporting("vpc", "vpc-1"));
        bench.target = Target::new(Place::new("111111111111", "eu-west-1"));
        let read = reading(&json!({
            "StackName": "network", "OutputName": "Name", "Region": "us-east-1", "RoleArn": "arn:aws:iam::222222222222:role/reader"
        }));
        assert_eq!(bench.deploy("shop", &read), S::CreateComplete);
        bench.target = Target::new(Place::new("222222222222", "us-east-1"));
        assert_eq!(bench.deploy("network", &exporting("vpc", "vpc-2")), S::UpdateComplete);
        bench.target = Target::new(Place::new("111111111111", "eu-west-1"));
        let request = bench.request("shop", ChangeSetType::Update, &read);
        assert_eq!(bench.change_set(request).unwrap().changes.len(), 1);
    }

    /// An output that is not there is told when the change set is worked out.
    Assumed("user guide, Fn::GetStackOutput, says that it is resolved at create and update")
    fn a_missing_output_is_told() {
        let mut bench = Bench::new();
        let request = bench.request("shop", ChangeSetType::Create, &reading(&json!({"StackName": "network", "OutputName": "Name"})));
        let reason = bench.change_set(request).unwrap().reason.unwrap();
        assert!(reason.contains("Stack with name network does not exist"));
    }

    /// A nested stack is made as a resource of its parent, and its outputs are attributes.
    Documented("user guide, Split a template into reusable pieces using nested stacks")
    fn a_nested_stack_is_a_resource() {
        let (mut bench, parent) = nested(&child("nothing"));
        assert_eq!(bench.deploy("shop", &parent), S::CreateComplete);
        let inner = child_of(&mut bench);
        let shown = bench.describe(&inner).unwrap();
        assert_eq!(shown.status, S::CreateComplete);
        assert_eq!(shown.root, Some(bench.describe("shop").unwrap().id));
    }

    /// The change set of a parent has the change sets of its nested stacks, where it includes them.
    Documented("API reference, CreateChangeSet.IncludeNestedStacks")
    fn change_sets_are_nested() {
        let (mut bench, mut parent) = nested(&child("nothing"));
        bench.deploy("shop", &parent);
        let request = bench.request("shop", ChangeSetType::Update, &parent);
        assert!(bench.change_set(request).unwrap().has_no_changes());
        parent["Resources"]["Child"]["Properties"]["Parameters"]["Delay"] = json!("2");
        let request = bench.request("shop", ChangeSetType::Update, &parent);
        let outer = bench.change_set(request).unwrap();
        let inner = outer.changes[0].nested.clone().unwrap();
        let call = Call::DescribeChangeSet { stack: StackRef::name("shop"), change_set: inner, page: Page::first() };
        let Answer::ChangeSet(inner) = bench.call(call).unwrap() else { panic!("a change set") };
        assert_eq!((inner.state, inner.changes[0].logical_id.as_str()), (ChangeSetState::Complete, "Queue"));
        bench.execute(&outer).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::UpdateComplete);
    }

    /// A change set that does not include nested stacks shows each of them as changed.
    Documented("API reference, ResourceChangeDetail.ChangeSource, Automatic")
    fn nested_stacks_change_automatically() {
        let (mut bench, parent) = nested(&child("nothing"));
        bench.deploy("shop", &parent);
        let mut request = bench.request("shop", ChangeSetType::Update, &parent);
        request.include_nested = false;
        let change_set = bench.change_set(request).unwrap();
        assert_eq!(change_set.changes[0].details[0].source.as_deref(), Some("Automatic"));
    }

    /// A nested stack that is not made takes its parent back, and is deleted with it.
    Observed("events of nested stacks quoted in issues of aws-cdk")
    fn a_nested_creation_that_fails() {
        let (mut bench, parent) = nested(&child("create"));
        assert_eq!(bench.deploy("shop", &parent), S::RollbackComplete);
        let failed = bench.events("shop").into_iter().find(|event| event.status == "CREATE_FAILED").unwrap();
        assert!(failed.reason.unwrap().contains("was not successfully created: The following resource(s) failed to create: [Queue]"));
        assert_eq!(bench.describe(&failed.physical_id.unwrap()).unwrap().status, S::DeleteComplete);
    }

    /// A nested stack whose update fails is taken back with its parent; one that is done waits for the root's cleanup.
    Observed("events of nested stacks quoted in issues of aws-cdk")
    fn a_nested_update_goes_back() {
        let (mut bench, mut parent) = nested(&child("nothing"));
        bench.deploy("shop", &parent);
        let inner = child_of(&mut bench);
        parent["Resources"]["Child"]["Properties"]["Parameters"]["Delay"] = json!("2");
        parent["Resources"]["Topic"]["Properties"] = json!({"DisplayName": "new"});
        parent["Resources"]["Topic"]["DependsOn"] = json!("Child");
        parent["Resources"]["Topic"]["Metadata"] = json!({"ce:simulate": {"fail": "update"}});
        assert_eq!(bench.deploy("shop", &parent), S::UpdateRollbackComplete);
        assert_eq!(bench.describe(&inner).unwrap().status, S::UpdateRollbackComplete);
        let own: Vec<_> = bench.events(&inner).into_iter().filter(|event| event.is_of_stack()).map(|event| event.status).collect();
        let last = ["UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"];
        assert_eq!(own[own.len() - 4..], last);
        parent["Resources"]["Topic"]["Metadata"] = json!({});
        assert_eq!(bench.deploy("shop", &parent), S::UpdateComplete);
    }

    /// A nested stack goes with its parent.
    Documented("user guide, Split a template into reusable pieces using nested stacks")
    fn a_nested_stack_is_deleted_with_its_parent() {
        let (mut bench, parent) = nested(&child("nothing"));
        bench.deploy("shop", &parent);
        let inner = child_of(&mut bench);
        let token = bench.token();
        bench.call(Call::DeleteStack { stack: StackRef::name("shop"), token, retain: vec![], role: None }).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop"), None);
        assert_eq!(bench.describe(&inner).unwrap().status, S::DeleteComplete);
    }
}
