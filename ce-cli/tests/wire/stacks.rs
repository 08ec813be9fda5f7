use aws_sdk_cloudformation::types::{DetailedStatus, StackDriftStatus, StackStatus as Sdk};
use ce_deploy::cloud::{
    Answer, Call, DriftDetection, DriftState, Operation, Output, Page, ParameterValue, PropertyDifference,
    RefactorState, ResourceDrift, Secret, Stack, StackEvent, StackRef, StackResource, StackStatus, Tag, Token,
};

use crate::fake::{STACK, Wire};

fn shop() -> StackRef {
    StackRef::name("shop")
}

fn stack() -> Stack {
    let mut stack = Stack::new(STACK, "shop", StackStatus::UpdateRollbackComplete);
    stack.status_reason = Some("a < b & \"c\"".into());
    stack.outputs =
        vec![Output { key: "Url".into(), value: Secret::new("https://x"), export: Some("shop:Url".into()) }];
    stack.parameters = vec![ParameterValue { key: "Password".into(), value: Some(Secret::new("****")) }];
    stack.tags = vec![Tag { key: "team".into(), value: String::new() }];
    stack.termination_protection = true;
    stack.role = Some("arn:aws:iam::111111111111:role/exec".into());
    stack.created = 1_767_225_600_123;
    stack.updated = Some(1_767_225_601_000);
    stack.operations = vec![Operation { kind: "UPDATE_STACK".into(), id: "op-1".into() }];
    stack.notification_arns = vec!["arn:aws:sns:eu-west-1:111111111111:t".into()];
    stack
}

#[tokio::test]
async fn a_stack_is_described() {
    let wire = Wire::saying(Answer::Stacks(vec![stack()], None)).await;
    let answer = wire.cloudformation().describe_stacks().stack_name("shop").send().await.expect("an answer");
    assert_eq!(wire.call(), Call::DescribeStacks { stack: Some(shop()), page: Page::first() });
    assert_eq!(wire.target().place.to_string(), "111111111111/eu-west-1");

    let read = &answer.stacks()[0];
    assert_eq!((read.stack_id(), read.stack_name()), (Some(STACK), Some("shop")));
    assert_eq!(read.stack_status(), Some(&Sdk::UpdateRollbackComplete));
    assert_eq!(read.stack_status_reason(), Some("a < b & \"c\""));
    assert_eq!(read.creation_time().expect("a time").to_millis().ok(), Some(1_767_225_600_123));
    assert_eq!(read.last_updated_time().expect("a time").to_millis().ok(), Some(1_767_225_601_000));
    assert_eq!(read.outputs()[0].output_value(), Some("https://x"));
    assert_eq!(read.outputs()[0].export_name(), Some("shop:Url"));
    assert_eq!(read.parameters()[0].parameter_value(), Some("****"));
    assert_eq!((read.tags()[0].key(), read.tags()[0].value()), (Some("team"), Some("")));
    assert_eq!(read.enable_termination_protection(), Some(true));
    assert_eq!(read.role_arn(), Some("arn:aws:iam::111111111111:role/exec"));
    assert_eq!(read.last_operations()[0].operation_id(), Some("op-1"));
    assert_eq!(read.notification_arns().len(), 1);
}

#[tokio::test]
async fn every_state_of_a_stack_is_one_the_sdk_knows() {
    let all: Vec<_> = StackStatus::all().map(|status| Stack::new(STACK, "shop", status)).collect();
    let states: Vec<_> = all.iter().map(|stack| stack.status.as_str()).collect();
    let wire = Wire::saying(Answer::Stacks(all.clone(), None)).await;
    let answer = wire.cloudformation().describe_stacks().send().await.expect("an answer");
    let read: Vec<_> = answer.stacks().iter().map(|stack| stack.stack_status().expect("a state").as_str()).collect();
    assert_eq!(read, states);
    assert!(read.iter().all(|state| Sdk::values().contains(state)), "{read:?}");
}

#[tokio::test]
async fn pages_lead_to_one_another() {
    let page = |name: &str, next: Option<&str>| {
        let stack = Stack::new(STACK, name, StackStatus::CreateComplete);
        Ok(Answer::Stacks(vec![stack], next.map(|token| Page(Some(token.into())))))
    };
    let wire = Wire::with([page("a", Some("2 & 3")), page("b", Some("3")), page("c", None)]).await;
    let pages = wire.cloudformation().describe_stacks().into_paginator().items().send();
    let stacks = pages.collect::<Result<Vec<_>, _>>().await.expect("three pages");
    let names: Vec<_> = stacks.iter().filter_map(|stack| stack.stack_name()).collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[tokio::test]
async fn stacks_are_listed_by_state() {
    let gone = Stack::new(STACK, "gone", StackStatus::DeleteComplete);
    let wire = Wire::saying(Answer::Stacks(vec![stack(), gone], None)).await;
    let ask = wire.cloudformation().list_stacks().stack_status_filter(Sdk::UpdateRollbackComplete);
    let answer = ask.send().await.expect("an answer");
    assert_eq!(answer.stack_summaries().len(), 1);
    assert_eq!(answer.stack_summaries()[0].stack_name(), Some("shop"));
}

#[tokio::test]
async fn operations_on_a_stack_arrive_whole() {
    let token = Token::of("plan", "shop", "delete", 1);
    let wire = Wire::with([]).await;
    let ask = wire.cloudformation().delete_stack().stack_name("shop").client_request_token(token.as_str());
    ask.retain_resources("Db").retain_resources("Bucket").role_arn("r").send().await.expect("taken");
    let retain = vec!["Db".to_owned(), "Bucket".to_owned()];
    assert_eq!(wire.call(), Call::DeleteStack { stack: shop(), token: token.clone(), retain, role: Some("r".into()) });

    let wire = Wire::with([]).await;
    let ask = wire.cloudformation().cancel_update_stack().stack_name("shop").client_request_token(token.as_str());
    ask.send().await.expect("taken");
    assert_eq!(wire.call(), Call::CancelUpdateStack { stack: shop(), token: token.clone() });

    let wire = Wire::with([]).await;
    let ask = wire.cloudformation().continue_update_rollback().stack_name("shop").client_request_token(token.as_str());
    ask.resources_to_skip("Nested.Db").send().await.expect("taken");
    let skip = vec!["Nested.Db".to_owned()];
    assert_eq!(wire.call(), Call::ContinueUpdateRollback { stack: shop(), token: token.clone(), skip, role: None });

    let wire = Wire::with([]).await;
    let ask = wire.cloudformation().rollback_stack().stack_name("shop").client_request_token(token.as_str());
    ask.send().await.expect("taken");
    assert_eq!(wire.call(), Call::RollbackStack { stack: shop(), token, role: None });

    let wire = Wire::with([]).await;
    let ask = wire.cloudformation().update_termination_protection().stack_name("shop");
    ask.enable_termination_protection(true).send().await.expect("taken");
    assert_eq!(wire.call(), Call::ProtectStack { stack: shop(), protected: true });
}

#[tokio::test]
async fn a_policy_is_read_and_set() {
    let text = r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"*"}]}"#;
    for policy in [None, Some(text)] {
        let wire = Wire::saying(Answer::StackPolicy(policy.map(str::to_owned))).await;
        let answer = wire.cloudformation().get_stack_policy().stack_name("shop").send().await.expect("an answer");
        assert_eq!(wire.call(), Call::GetStackPolicy { stack: shop() });
        assert_eq!(answer.stack_policy_body(), policy);
    }
    let wire = Wire::with([]).await;
    wire.cloudformation().set_stack_policy().stack_name("shop").stack_policy_body(text).send().await.expect("taken");
    assert_eq!(wire.call(), Call::SetStackPolicy { stack: shop(), policy: text.to_owned() });
}

#[tokio::test]
async fn events_are_read() {
    let event = StackEvent {
        id: "e1".into(),
        stack: STACK.into(),
        logical_id: "Db".into(),
        physical_id: Some("db-1".into()),
        type_name: "AWS::RDS::DBInstance".into(),
        status: "CREATE_FAILED".into(),
        reason: Some("\u{1b}[31mno room".into()),
        at: 1_767_225_600_000,
        token: Some(Token::given("ce-execute-1-aa")),
        operation: Some("op-1".into()),
        detailed_status: Some("CONFIGURATION_COMPLETE".into()),
        handler: None,
    };
    let wire = Wire::saying(Answer::Events(vec![event.clone()], Some(Page(Some("n".into()))))).await;
    let answer = wire.cloudformation().describe_stack_events().stack_name(STACK).send().await.expect("an answer");
    assert_eq!(wire.call(), Call::DescribeStackEvents { stack: StackRef::id(STACK), page: Page::first() });
    let read = &answer.stack_events()[0];
    assert_eq!((read.event_id(), read.stack_name()), (Some("e1"), Some("shop")));
    assert_eq!(read.client_request_token(), Some("ce-execute-1-aa"));
    assert_eq!(read.detailed_status(), Some(&DetailedStatus::ConfigurationComplete));
    assert_eq!(read.resource_status_reason(), Some("\u{fffd}[31mno room"), "XML has no ESC");
    assert_eq!(answer.next_token(), Some("n"));

    let wire = Wire::saying(Answer::Events(vec![event], None)).await;
    let answer = wire.cloudformation().describe_events().change_set_name("arn:c").send().await.expect("an answer");
    assert_eq!(wire.call(), Call::DescribeChangeSetEvents { change_set: "arn:c".into(), page: Page::first() });
    assert_eq!(answer.operation_events()[0].logical_resource_id(), Some("Db"));
}

#[tokio::test]
async fn resources_are_read() {
    let resource = |id: &str| StackResource {
        logical_id: id.into(),
        physical_id: None,
        type_name: "AWS::S3::Bucket".into(),
        status: "CREATE_COMPLETE".into(),
        status_reason: None,
    };
    let two = || Answer::Resources(vec![resource("A"), resource("B")], None);
    let wire = Wire::saying(two()).await;
    let answer = wire.cloudformation().list_stack_resources().stack_name("shop").send().await.expect("an answer");
    assert_eq!(wire.call(), Call::ListStackResources { stack: shop(), page: Page::first() });
    assert_eq!(answer.stack_resource_summaries()[1].logical_resource_id(), Some("B"));

    let wire = Wire::with([Ok(two()), Ok(two())]).await;
    let client = wire.cloudformation();
    let all = client.describe_stack_resources().stack_name("shop").send().await.expect("an answer");
    assert_eq!(all.stack_resources().len(), 2);
    let one = client.describe_stack_resource().stack_name("shop").logical_resource_id("B").send().await;
    let detail = one.expect("an answer").stack_resource_detail.expect("a resource");
    assert_eq!(detail.resource_type(), Some("AWS::S3::Bucket"));
}

#[tokio::test]
async fn drift_is_read() {
    let wire = Wire::saying(Answer::DriftStarted("d1".into())).await;
    let answer = wire.cloudformation().detect_stack_drift().stack_name("shop").send().await.expect("an answer");
    assert_eq!(answer.stack_drift_detection_id(), Some("d1"));
    assert_eq!(wire.call(), Call::DetectDrift { stack: shop() });

    let wire = Wire::saying(Answer::DriftDetection(DriftDetection::Complete(DriftState::Drifted))).await;
    let ask = wire.cloudformation().describe_stack_drift_detection_status().stack_drift_detection_id("d1");
    let answer = ask.send().await.expect("an answer");
    assert_eq!(answer.stack_drift_status(), Some(&StackDriftStatus::Drifted));

    let difference = PropertyDifference {
        path: "/Tags/0".into(),
        kind: "NOT_EQUAL".into(),
        expected: Secret::new("a"),
        actual: Secret::new("b"),
    };
    let drift = ResourceDrift {
        logical_id: "A".into(),
        physical_id: Some("a".into()),
        type_name: "AWS::S3::Bucket".into(),
        state: DriftState::Drifted,
        differences: vec![difference],
    };
    let wire = Wire::saying(Answer::ResourceDrifts(vec![drift], None)).await;
    let answer = wire.cloudformation().describe_stack_resource_drifts().stack_name("shop").send().await;
    let answer = answer.expect("an answer");
    let read = &answer.stack_resource_drifts()[0].property_differences()[0];
    assert_eq!((read.expected_value(), read.actual_value()), (Some("a"), Some("b")));
}

#[tokio::test]
async fn resources_move_between_stacks() {
    use aws_sdk_cloudformation::types::{ResourceLocation, ResourceMapping, StackDefinition};
    let at = |stack: &str| ResourceLocation::builder().stack_name(stack).logical_resource_id("Db").build();
    let wire = Wire::saying(Answer::RefactorCreated("r1".into())).await;
    let answer = wire
        .cloudformation()
        .create_stack_refactor()
        .enable_stack_creation(true)
        .stack_definitions(StackDefinition::builder().stack_name("b").template_body("{}").build())
        .resource_mappings(ResourceMapping::builder().source(at("a")).destination(at("b")).build())
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.stack_refactor_id(), Some("r1"));
    let pair = |stack: &str| [stack.to_owned(), "Db".to_owned()];
    let stacks = vec![("b".to_owned(), "{}".to_owned())];
    assert_eq!(wire.call(), Call::CreateRefactor { stacks, moves: vec![(pair("a"), pair("b"))], creates: true });

    let wire = Wire::saying(Answer::Refactor(RefactorState::Failed("no".into()))).await;
    let answer =
        wire.cloudformation().describe_stack_refactor().stack_refactor_id("r1").send().await.expect("an answer");
    assert_eq!(answer.status_reason(), Some("no"));

    let wire = Wire::with([]).await;
    wire.cloudformation().execute_stack_refactor().stack_refactor_id("r1").send().await.expect("taken");
    assert_eq!(wire.call(), Call::ExecuteRefactor { refactor: "r1".into() });
}
