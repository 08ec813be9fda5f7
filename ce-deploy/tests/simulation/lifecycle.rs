//! Stacks come, change and go.

use ce_deploy::cloud::{Call, ChangeSetType, OnFailure, StackRef, StackStatus as S};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

fn shop(delay: u32) -> Value {
    json!({
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": delay}},
            "Topic": {
                "Type": "AWS::SNS::Topic",
                "DependsOn": "Queue",
                "Properties": {"DisplayName": {"Fn::GetAtt": ["Queue", "QueueName"]}}
            }
        },
        "Outputs": {"Url": {"Value": {"Ref": "Queue"}}}
    })
}

fn failing(mut template: Value, logical: &str, act: &str) -> Value {
    template["Resources"][logical]["Metadata"] = json!({"ce:simulate": {"fail": act}});
    template
}

fn delete(bench: &mut Bench, stack: &str) {
    let token = bench.token();
    let call = Call::DeleteStack { stack: StackRef::name(stack), token, retain: vec![], role: None };
    bench.call(call).unwrap();
    bench.settle();
}

behaviours! {
    /// A stack is made resource by resource, each after those it needs; every step is an event.
    Documented("user guide, How CloudFormation works")
    fn a_stack_is_made_resource_by_resource() {
        let mut bench = Bench::new();
        assert_eq!(bench.deploy("shop", &shop(1)), S::CreateComplete);
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
        assert_eq!(bench.story("shop"), expected);
        let stack = bench.describe("shop").unwrap();
        assert!(stack.outputs[0].value.reveal().starts_with("https://sqs.eu-west-1"));
    }

    /// A resource is configured before it is complete: an event with the detailed status `CONFIGURATION_COMPLETE`.
    Documented("user guide, Understand CloudFormation stack creation events")
    fn configuration_is_told_apart() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop(1));
        let configured = bench.events("shop").into_iter().filter(|event| event.detailed_status.is_some()).count();
        assert_eq!(configured, 2);
    }

    /// All events of an operation carry the token of its request, also those of the way back; that has an operation id
    /// of its own.
    Documented("API reference, StackEvent.ClientRequestToken")
    fn events_carry_the_token() {
        let mut bench = Bench::new();
        bench.deploy("shop", &failing(shop(1), "Topic", "create"));
        let events: Vec<_> = bench.events("shop").into_iter().skip(1).collect();
        assert!(events.iter().all(|event| event.token == events[0].token && event.token.is_some()));
        let mut operations: Vec<_> = events.into_iter().filter_map(|event| event.operation).collect();
        operations.dedup();
        assert_eq!(operations.len(), 2);
        let stack = bench.describe("shop").unwrap();
        assert_eq!(stack.operations[0].kind, "ROLLBACK");
    }

    /// A change in place keeps the resource and its id.
    Documented("user guide, Update behaviors of stack resources")
    fn a_change_in_place_keeps_the_resource() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop(1));
        let before = bench.describe("shop").unwrap().outputs;
        assert_eq!(bench.deploy("shop", &shop(2)), S::UpdateComplete);
        assert_eq!(bench.describe("shop").unwrap().outputs, before);
        let cleanup = "shop: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS".to_owned();
        assert!(bench.story("shop").contains(&cleanup));
    }

    /// A replaced resource is made before the old one is deleted, and what points to it is changed in between.
    Documented("user guide, Update behaviors of stack resources")
    fn a_replacement_is_cleaned_up_last() {
        let mut bench = Bench::new();
        let named = |fifo: bool| {
            json!({"Resources": {
                "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": fifo}},
                "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Queue"}}}
            }})
        };
        bench.deploy("shop", &named(false));
        let before = bench.story("shop").len();
        assert_eq!(bench.deploy("shop", &named(true)), S::UpdateComplete);
        let expected = [
            "shop: UPDATE_IN_PROGRESS",
            "Queue: UPDATE_IN_PROGRESS",
            "Queue: UPDATE_IN_PROGRESS",
            "Queue: UPDATE_COMPLETE",
            "Topic: UPDATE_IN_PROGRESS",
            "Topic: UPDATE_COMPLETE",
            "shop: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "Queue: DELETE_IN_PROGRESS",
            "Queue: DELETE_COMPLETE",
            "shop: UPDATE_COMPLETE",
        ];
        assert_eq!(bench.story("shop")[before..], expected);
    }

    /// A creation that fails is taken back: `ROLLBACK_COMPLETE`, which takes no update.
    Documented("user guide, Stack status codes")
    fn a_creation_that_fails_is_rolled_back() {
        let mut bench = Bench::new();
        assert_eq!(bench.deploy("shop", &failing(shop(1), "Topic", "create")), S::RollbackComplete);
        assert!(bench.story("shop").contains(&"Queue: DELETE_COMPLETE".to_owned()));
        let reason = bench.events("shop").into_iter().find(|event| event.status == "ROLLBACK_IN_PROGRESS").unwrap().reason;
        assert_eq!(reason.unwrap(), "The following resource(s) failed to create: [Topic]. Rollback requested by user.");
        let request = bench.request("shop", ChangeSetType::Update, &shop(1));
        assert!(bench.change_set(request).unwrap_err().message.contains("ROLLBACK_COMPLETE state and can not be updated"));
    }

    /// What is under way when a sibling fails is cancelled, in so many words.
    Observed("events quoted in issues of aws-cdk and aws-cdk-cli")
    fn siblings_are_cancelled() {
        let mut bench = Bench::new();
        let template = json!({"Resources": {
            "Bad": {"Type": "AWS::SQS::Queue", "Metadata": {"ce:simulate": {"fail": "create", "seconds": 1}}},
            "Slow": {"Type": "AWS::SQS::Queue", "Metadata": {"ce:simulate": {"seconds": 60}}}
        }});
        assert_eq!(bench.deploy("shop", &template), S::RollbackComplete);
        let cancelled: Vec<_> = bench.events("shop").into_iter().filter(|event| event.status == "CREATE_FAILED").collect();
        assert_eq!(cancelled[1].reason.as_deref(), Some("Resource creation cancelled"));
        assert!(cancelled[0].is_cause() && !cancelled[1].is_cause());
    }

    /// With `OnStackFailure` `DELETE` a failed creation leaves nothing, with `DO_NOTHING` all of it.
    Documented("API reference, CreateChangeSet.OnStackFailure")
    fn on_failure_decides() {
        for (choice, expected) in [(OnFailure::Delete, None), (OnFailure::Nothing, Some(S::CreateFailed))] {
            let mut bench = Bench::new();
            let mut request = bench.request("shop", ChangeSetType::Create, &failing(shop(1), "Topic", "create"));
            request.on_failure = Some(choice);
            let change_set = bench.change_set(request).unwrap();
            bench.execute(&change_set).unwrap();
            bench.settle();
            assert_eq!(bench.describe("shop").map(|stack| stack.status), expected);
        }
    }

    /// An update that fails is taken back to what the stack was, outputs and all.
    Documented("user guide, Stack status codes")
    fn an_update_that_fails_goes_back() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop(1));
        let before = bench.describe("shop").unwrap().outputs;
        let mut template = failing(shop(2), "Topic", "update");
        template["Resources"]["Topic"]["Properties"] = json!({"DisplayName": "b"});
        template["Outputs"]["More"] = json!({"Value": "x"});
        assert_eq!(bench.deploy("shop", &template), S::UpdateRollbackComplete);
        assert_eq!(bench.describe("shop").unwrap().outputs, before);
        let request = bench.request("shop", ChangeSetType::Update, &shop(1));
        assert!(bench.change_set(request).unwrap().has_no_changes());
    }

    /// Resources that an update made and that then failed are deleted in the cleanup of the way back.
    Documented("user guide, Stack status codes")
    fn new_resources_go_when_the_update_goes_back() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop(1));
        let mut template = shop(1);
        template["Resources"]["New"] = json!({"Type": "AWS::SQS::Queue"});
        template["Resources"]["Bad"] =
            json!({"Type": "AWS::SQS::Queue", "DependsOn": "New", "Metadata": {"ce:simulate": {"fail": "create"}}});
        assert_eq!(bench.deploy("shop", &template), S::UpdateRollbackComplete);
        let story = bench.story("shop");
        let back = story.iter().position(|line| line.contains("ROLLBACK_COMPLETE_CLEANUP")).unwrap();
        assert!(story[back..].contains(&"New: DELETE_COMPLETE".to_owned()));
    }

    /// A resource that the cleanup cannot delete is left behind; the stack ends `UPDATE_COMPLETE` all the same.
    Observed("serverless#9144; deploy.md §D")
    fn a_failed_cleanup_leaks() {
        let mut bench = Bench::new();
        let mut template = failing(shop(1), "Queue", "delete");
        template["Resources"]["Topic"].as_object_mut().unwrap().remove("DependsOn");
        template["Resources"]["Topic"]["Properties"] = json!({});
        template.as_object_mut().unwrap().remove("Outputs");
        bench.deploy("shop", &template);
        template["Resources"].as_object_mut().unwrap().remove("Queue");
        assert_eq!(bench.deploy("shop", &template), S::UpdateComplete);
        assert!(bench.story("shop").contains(&"Queue: DELETE_FAILED".to_owned()));
        let place = bench.target.place.clone();
        assert_eq!(bench.simulator.unowned(&place, "AWS::SQS::Queue").len(), 1);
    }

    /// A deleted stack answers by ARN only; to delete what is not there is no failure.
    Documented("API reference, DescribeStacks and DeleteStack")
    fn a_stack_is_deleted() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop(1));
        let id = bench.describe("shop").unwrap().id;
        delete(&mut bench, "shop");
        assert_eq!(bench.describe("shop"), None);
        assert_eq!(bench.describe(&id).unwrap().status, S::DeleteComplete);
        delete(&mut bench, "shop");
    }

    /// A resource that cannot be deleted leaves the stack in `DELETE_FAILED`; then it can be retained.
    Documented("API reference, DeleteStack.RetainResources")
    fn a_deletion_that_fails_can_retain() {
        let mut bench = Bench::new();
        bench.deploy("shop", &failing(shop(1), "Queue", "delete"));
        delete(&mut bench, "shop");
        let stack = bench.describe("shop").unwrap();
        assert_eq!(stack.status, S::DeleteFailed);
        assert_eq!(stack.status_reason.unwrap(), "The following resource(s) failed to delete: [Queue]. ");
        let token = bench.token();
        let retain = vec!["Queue".to_owned()];
        bench.call(Call::DeleteStack { stack: StackRef::name("shop"), token, retain, role: None }).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop"), None);
    }

    /// A resource with `DeletionPolicy: Retain` stays when its stack goes or when it leaves the template.
    Documented("user guide, DeletionPolicy attribute")
    fn a_retained_resource_stays() {
        let mut bench = Bench::new();
        let mut template = shop(1);
        template["Resources"]["Queue"]["DeletionPolicy"] = json!("Retain");
        bench.deploy("shop", &template);
        delete(&mut bench, "shop");
        let place = bench.target.place.clone();
        assert_eq!(bench.simulator.unowned(&place, "AWS::SQS::Queue").len(), 1);
    }

    /// `RetainExceptOnCreate` retains, but not when the creation itself is taken back.
    Documented("user guide, DeletionPolicy attribute")
    fn retained_except_on_create() {
        let mut bench = Bench::new();
        let mut template = failing(shop(1), "Topic", "create");
        template["Resources"]["Queue"]["DeletionPolicy"] = json!("RetainExceptOnCreate");
        assert_eq!(bench.deploy("shop", &template), S::RollbackComplete);
        let place = bench.target.place.clone();
        assert!(bench.simulator.unowned(&place, "AWS::SQS::Queue").is_empty());
    }

    /// A replaced resource is kept when its `UpdateReplacePolicy` says so.
    Documented("user guide, UpdateReplacePolicy attribute")
    fn a_replaced_resource_can_be_kept() {
        let mut bench = Bench::new();
        let named = |fifo: bool| {
            json!({"Resources": {"Queue": {
                "Type": "AWS::SQS::Queue", "UpdateReplacePolicy": "Retain", "Properties": {"FifoQueue": fifo}
            }}})
        };
        bench.deploy("shop", &named(false));
        bench.deploy("shop", &named(true));
        let place = bench.target.place.clone();
        assert_eq!(bench.simulator.unowned(&place, "AWS::SQS::Queue").len(), 1);
        assert!(bench.story("shop").contains(&"Queue: DELETE_SKIPPED".to_owned()));
    }

    /// A stack with termination protection is not deleted.
    Documented("user guide, Protect stacks from being deleted")
    fn protection_is_heeded() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop(1));
        let stack = StackRef::name("shop");
        bench.call(Call::ProtectStack { stack: stack.clone(), protected: true }).unwrap();
        let token = bench.token();
        let call = Call::DeleteStack { stack, token, retain: vec![], role: None };
        assert!(bench.call(call).unwrap_err().message.contains("TerminationProtection is enabled"));
    }

    /// A name that a template chose is taken until its resource is gone.
    Documented("user guide, Name type")
    fn a_chosen_name_is_taken() {
        let mut bench = Bench::new();
        let named = json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}}}});
        bench.deploy("one", &named);
        let request = bench.request("two", ChangeSetType::Create, &named);
        let refused = bench.change_set(request).unwrap();
        assert!(refused.reason.unwrap().contains("AWS::EarlyValidation::ResourceExistenceCheck"));
        let api = json!({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "orders"}}}});
        bench.deploy("three", &api);
        assert_eq!(bench.deploy("four", &api), S::CreateComplete, "its identifier has no name in it");
        let rule = |bus: &str| json!({"Type": "AWS::Events::Rule", "Properties": {"Name": "orders", "EventBusName": bus}});
        let rules = json!({"Resources": {"One": rule("a"), "Two": rule("b")}});
        assert_eq!(bench.deploy("five", &rules), S::CreateComplete, "it is taken on its bus alone");
    }

    /// A resource with a chosen name is not replaced under the same name.
    Documented("user guide, Name type; the words are seen in issues of aws-cdk")
    fn a_chosen_name_stands_in_the_way_of_replacement() {
        let mut bench = Bench::new();
        let named = |fifo: bool| {
            json!({"Resources": {"Queue": {
                "Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders.fifo", "FifoQueue": fifo}
            }}})
        };
        bench.deploy("shop", &named(false));
        assert_eq!(bench.deploy("shop", &named(true)), S::UpdateRollbackComplete);
        let failed = bench.events("shop").into_iter().find(|event| event.status == "UPDATE_FAILED").unwrap();
        assert!(failed.reason.unwrap().contains("when a custom-named resource requires replacing"));
    }

    /// A `WaitCondition` that nobody signals fails after its `Timeout`.
    Documented("resource reference, AWS::CloudFormation::WaitCondition")
    fn a_wait_condition_times_out() {
        let mut bench = Bench::new();
        let template = json!({"Resources": {
            "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
            "Wait": {"Type": "AWS::CloudFormation::WaitCondition", "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "60"}}
        }});
        assert_eq!(bench.deploy("shop", &template), S::RollbackComplete);
        let failed = bench.events("shop").into_iter().find(|event| event.status == "CREATE_FAILED").unwrap();
        assert!(failed.reason.unwrap().contains("timed out"));
    }
}
