//! Stacks come, change and go.

use ce_deploy::cloud::{Action, Call, ChangeSetType, Replacement, StackRef, StackStatus as S};
use serde_json::{Value, json};

use crate::bench::Bench;

fn queue(delay: u32) -> Value {
    json!({
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": delay}},
            "Topic": {"Type": "AWS::SNS::Topic", "DependsOn": "Queue", "Properties": {"DisplayName": {"Fn::GetAtt": ["Queue", "QueueName"]}}}
        },
        "Outputs": {"Url": {"Value": {"Ref": "Queue"}}}
    })
}

#[test]
fn a_stack_is_made_resource_by_resource() {
    let mut bench = Bench::new();
    assert_eq!(bench.deploy("shop", &queue(1)), S::CreateComplete);
    let story = bench.story("shop");
    let expected = [
        "shop: REVIEW_IN_PROGRESS",
        "shop: CREATE_IN_PROGRESS",
        "Queue: CREATE_IN_PROGRESS",
        "Queue: CREATE_IN_PROGRESS",
        "Queue: CREATE_IN_PROGRESS",
        "Queue: CREATE_COMPLETE",
        "Topic: CREATE_IN_PROGRESS",
        "Topic: CREATE_IN_PROGRESS",
        "Topic: CREATE_IN_PROGRESS",
        "Topic: CREATE_COMPLETE",
        "shop: CREATE_COMPLETE",
    ];
    assert_eq!(story, expected);
    let stack = bench.describe("shop").unwrap();
    assert!(stack.outputs[0].value.reveal().starts_with("https://sqs.eu-west-1"));
}

#[test]
fn a_change_in_place_keeps_the_resource() {
    let mut bench = Bench::new();
    bench.deploy("shop", &queue(1));
    let before = bench.describe("shop").unwrap().outputs;
    assert_eq!(bench.deploy("shop", &queue(2)), S::UpdateComplete);
    assert_eq!(bench.describe("shop").unwrap().outputs, before);
}

#[test]
fn the_same_again_is_no_change() {
    let mut bench = Bench::new();
    bench.deploy("shop", &queue(1));
    let request = bench.request("shop", ChangeSetType::Update, &queue(1));
    assert!(bench.change_set(request).unwrap().has_no_changes());
}

#[test]
fn a_replacement_is_foretold_and_cleaned_up() {
    let mut bench = Bench::new();
    let named = |fifo: bool| json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": fifo}}, "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Queue"}}}}});
    bench.deploy("shop", &named(false));
    let request = bench.request("shop", ChangeSetType::Update, &named(true));
    let change_set = bench.change_set(request).unwrap();
    let told: Vec<_> = change_set.changes.iter().map(|change| (change.action, change.replacement)).collect();
    assert_eq!(told, [(Action::Modify, Some(Replacement::True)), (Action::Modify, Some(Replacement::False))]);
    bench.execute(&change_set).unwrap();
    bench.settle();
    assert_eq!(bench.describe("shop").unwrap().status, S::UpdateComplete);
    assert!(bench.story("shop").contains(&"Queue: DELETE_COMPLETE".to_owned()));
}

#[test]
fn a_creation_that_fails_is_rolled_back() {
    let mut bench = Bench::new();
    let mut template = queue(1);
    template["Resources"]["Topic"]["Metadata"] = json!({"ce:simulate": {"fail": "create"}});
    assert_eq!(bench.deploy("shop", &template), S::RollbackComplete);
    assert!(bench.story("shop").contains(&"Queue: DELETE_COMPLETE".to_owned()));
}

#[test]
fn an_update_that_fails_goes_back() {
    let mut bench = Bench::new();
    bench.deploy("shop", &queue(1));
    let mut template = queue(2);
    template["Resources"]["Topic"]["Metadata"] = json!({"ce:simulate": {"fail": "update"}});
    template["Resources"]["Topic"]["Properties"] = json!({"DisplayName": "b"});
    assert_eq!(bench.deploy("shop", &template), S::UpdateRollbackComplete);
    let request = bench.request("shop", ChangeSetType::Update, &queue(1));
    assert!(bench.change_set(request).unwrap().has_no_changes());
}

#[test]
fn a_stack_is_deleted() {
    let mut bench = Bench::new();
    bench.deploy("shop", &queue(1));
    let id = bench.describe("shop").unwrap().id;
    let token = bench.token();
    let call = Call::DeleteStack { stack: StackRef::name("shop"), token, retain: vec![], role: None };
    bench.call(call).unwrap();
    bench.settle();
    assert_eq!(bench.describe("shop"), None);
    assert_eq!(bench.describe(&id).unwrap().status, S::DeleteComplete);
}
