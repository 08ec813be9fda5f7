use aws_sdk_cloudformation::types as sdk;
use ce_deploy::cloud::{
    Action, Alarm, Answer, Call, Capability, Change, ChangeDetail, ChangeSetAnswer, ChangeSetRequest, ChangeSetState,
    ChangeSetType, Evaluation, ExecutionState, Guard, IgnoredDrift, IgnoredReason, ImportedResource, Mode, OnFailure,
    Page, ParameterValue, Recreation, Replacement, Secret, StackRef, Tag, Template, Token,
};

use crate::fake::{STACK, Wire};

const CHANGE_SET: &str = "arn:aws:cloudformation:eu-west-1:111111111111:changeSet/ce-1/2";

fn shop() -> StackRef {
    StackRef::name("shop")
}

fn guard() -> Guard {
    let alarm = Alarm::of("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors", "AWS::CloudWatch::CompositeAlarm");
    Guard { alarms: Some([alarm.expect("an alarm")].into()), minutes: "10".parse().expect("minutes") }
}

#[tokio::test]
async fn a_change_set_is_made_with_all_it_can_have() {
    let created = Answer::ChangeSetCreated { change_set: CHANGE_SET.into(), stack: STACK.into() };
    let wire = Wire::saying(created).await;
    let token = Token::of("plan", "shop", "change", 1);
    let parameter = sdk::Parameter::builder().parameter_key("A").parameter_value("1 & é=2").build();
    let kept = sdk::Parameter::builder().parameter_key("B").use_previous_value(true).build();
    let import = sdk::ResourceToImport::builder()
        .resource_type("AWS::S3::Bucket")
        .logical_resource_id("Bucket")
        .resource_identifier("BucketName", "shop-bucket")
        .build();
    let trigger = sdk::RollbackTrigger::builder()
        .arn("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors")
        .r#type("AWS::CloudWatch::CompositeAlarm")
        .build();
    let triggers =
        sdk::RollbackConfiguration::builder().rollback_triggers(trigger).monitoring_time_in_minutes(10).build();
    let answer = wire
        .cloudformation()
        .create_change_set()
        .stack_name("shop")
        .change_set_name("ce-1")
        .change_set_type(sdk::ChangeSetType::Create)
        .template_body("{\"Resources\":{}}")
        .parameters(parameter)
        .parameters(kept)
        .tags(sdk::Tag::builder().key("k").value("v").build())
        .capabilities(sdk::Capability::CapabilityNamedIam)
        .capabilities(sdk::Capability::CapabilityAutoExpand)
        .role_arn("r")
        .set_notification_arns(Some(Vec::new()))
        .rollback_configuration(triggers)
        .client_token(token.as_str())
        .on_stack_failure(sdk::OnStackFailure::Delete)
        .include_nested_stacks(true)
        .resources_to_import(import)
        .send()
        .await
        .expect("an answer");
    assert_eq!((answer.id(), answer.stack_id()), (Some(CHANGE_SET), Some(STACK)));

    let value = |key: &str, value: Option<&str>| ParameterValue { key: key.into(), value: value.map(Secret::new) };
    let expected = ChangeSetRequest {
        stack: shop(),
        name: "ce-1".into(),
        kind: ChangeSetType::Create,
        template: Template::Body("{\"Resources\":{}}".into()),
        parameters: vec![value("A", Some("1 & é=2")), value("B", None)],
        tags: Some(vec![Tag { key: "k".into(), value: "v".into() }]),
        capabilities: vec![Capability::NamedIam, Capability::AutoExpand],
        role: Some("r".into()),
        notification_arns: Some(Vec::new()),
        guard: Some(guard()),
        token,
        on_failure: Some(OnFailure::Delete),
        include_nested: true,
        imports: vec![ImportedResource {
            type_name: "AWS::S3::Bucket".into(),
            logical_id: "Bucket".into(),
            identifier: vec![("BucketName".into(), "shop-bucket".into())],
        }],
        mode: Mode::Standard,
        disable_rollback: false,
    };
    assert_eq!(wire.call(), Call::CreateChangeSet(Box::new(expected)));
}

#[tokio::test]
async fn a_change_set_is_made_with_as_little_as_it_may_have() {
    let created = Answer::ChangeSetCreated { change_set: CHANGE_SET.into(), stack: STACK.into() };
    let wire = Wire::saying(created).await;
    let express = sdk::DeploymentConfig::builder().mode(sdk::DeploymentConfigMode::Express).build();
    let ask = wire.cloudformation().create_change_set().stack_name("shop").change_set_name("ce-1");
    ask.template_url("https://b.s3.eu-west-1.amazonaws.com/k")
        .deployment_config(express)
        .send()
        .await
        .expect("an answer");
    let Call::CreateChangeSet(request) = wire.call() else { panic!("another call") };
    assert_eq!(request.template, Template::Url("https://b.s3.eu-west-1.amazonaws.com/k".into()));
    assert_eq!((request.kind, request.mode), (ChangeSetType::Update, Mode::Express));
    assert!(request.disable_rollback, "express mode takes silence for yes");
    assert_eq!((request.notification_arns, request.on_failure), (None, None));
    assert_eq!(request.tags, None, "they stay as they are");
}

#[tokio::test]
async fn an_empty_list_of_tags_takes_them_away() {
    let created = Answer::ChangeSetCreated { change_set: CHANGE_SET.into(), stack: STACK.into() };
    let wire = Wire::saying(created).await;
    let ask = wire.cloudformation().create_change_set().stack_name("shop").change_set_name("ce-1");
    ask.template_body("{}").set_tags(Some(Vec::new())).send().await.expect("an answer");
    let Call::CreateChangeSet(request) = wire.call() else { panic!("another call") };
    assert_eq!(request.tags, Some(Vec::new()));
}

#[tokio::test]
async fn a_template_in_yaml_arrives_as_json() {
    let created = Answer::ChangeSetCreated { change_set: CHANGE_SET.into(), stack: STACK.into() };
    let wire = Wire::saying(created).await;
    let ask = wire.cloudformation().create_change_set().stack_name("shop").change_set_name("ce-1");
    ask.template_body("Resources:\n  A:\n    Type: AWS::S3::Bucket\n").send().await.expect("an answer");
    let Call::CreateChangeSet(request) = wire.call() else { panic!("another call") };
    assert_eq!(request.template, Template::Body(r#"{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}"#.into()));
}

#[tokio::test]
async fn a_change_set_is_described() {
    let detail = ChangeDetail {
        attribute: "Properties".into(),
        name: Some("CidrBlock".into()),
        recreation: Recreation::Always,
        evaluation: Evaluation::Dynamic,
        source: Some("ResourceReference".into()),
        cause: Some("Other.Arn".into()),
    };
    let change = Change {
        action: Action::Modify,
        logical_id: "Vpc".into(),
        physical_id: Some("vpc-1".into()),
        type_name: "AWS::EC2::VPC".into(),
        replacement: Some(Replacement::Conditional),
        policy_action: Some("ReplaceAndRetain".into()),
        details: vec![detail],
        nested: Some("arn:nested".into()),
        ignored: [IgnoredReason::ManagedByAws, IgnoredReason::WriteOnly, IgnoredReason::Sensitive]
            .map(|reason| IgnoredDrift { path: format!("/{}", reason.word()), reason })
            .into(),
    };
    let answer = ChangeSetAnswer {
        id: CHANGE_SET.into(),
        name: "ce-1".into(),
        stack: STACK.into(),
        state: ChangeSetState::Complete,
        reason: None,
        execution: ExecutionState::Available,
        changes: vec![change],
        parameters: Vec::new(),
        tags: Vec::new(),
        guard: Some(guard()),
        next: Some(Page(Some("more".into()))),
    };
    let wire = Wire::saying(Answer::ChangeSet(Box::new(answer))).await;
    let ask =
        wire.cloudformation().describe_change_set().stack_name("shop").change_set_name(CHANGE_SET).next_token("p");
    let read = ask.send().await.expect("an answer");
    let page = Page(Some("p".into()));
    assert_eq!(wire.call(), Call::DescribeChangeSet { stack: shop(), change_set: CHANGE_SET.into(), page });
    assert_eq!(read.status(), Some(&sdk::ChangeSetStatus::CreateComplete));
    assert_eq!(read.execution_status(), Some(&sdk::ExecutionStatus::Available));
    assert_eq!((read.stack_name(), read.next_token()), (Some("shop"), Some("more")));
    let triggers = read.rollback_configuration().expect("triggers");
    assert_eq!((triggers.monitoring_time_in_minutes(), triggers.rollback_triggers().len()), (Some(10), 1));
    let change = read.changes()[0].resource_change().expect("a resource");
    assert_eq!(change.replacement(), Some(&sdk::Replacement::Conditional));
    assert_eq!(change.policy_action(), Some(&sdk::PolicyAction::ReplaceAndRetain));
    assert_eq!(change.change_set_id(), Some("arn:nested"));
    let detail = &change.details()[0];
    let target = detail.target().expect("a target");
    assert_eq!(target.requires_recreation(), Some(&sdk::RequiresRecreation::Always));
    assert_eq!((target.name(), detail.causing_entity()), (Some("CidrBlock"), Some("Other.Arn")));
    assert_eq!(detail.evaluation(), Some(&sdk::EvaluationType::Dynamic));
}

#[tokio::test]
async fn every_state_of_a_change_set_is_one_the_sdk_knows() {
    use ChangeSetState as C;
    use ExecutionState as E;
    let states = [C::InProgress, C::Complete, C::Failed, C::Deleted];
    let executions = [E::Unavailable, E::Available, E::InProgress, E::Complete, E::Failed, E::Obsolete];
    for (state, execution) in states.into_iter().cycle().zip(executions) {
        let answer = ChangeSetAnswer {
            id: CHANGE_SET.into(),
            name: "ce-1".into(),
            stack: STACK.into(),
            state,
            reason: Some("why".into()),
            execution,
            changes: Vec::new(),
            parameters: Vec::new(),
            tags: Vec::new(),
            guard: None,
            next: None,
        };
        let wire = Wire::saying(Answer::ChangeSet(Box::new(answer))).await;
        let read =
            wire.cloudformation().describe_change_set().change_set_name(CHANGE_SET).send().await.expect("an answer");
        assert!(sdk::ChangeSetStatus::values().contains(&read.status().expect("a state").as_str()));
        assert!(sdk::ExecutionStatus::values().contains(&read.execution_status().expect("a state").as_str()));
        assert_eq!(read.status_reason(), Some("why"));
    }
}

#[tokio::test]
async fn a_change_set_is_executed_and_deleted() {
    let wire = Wire::with([]).await;
    let ask = wire.cloudformation().execute_change_set().stack_name("shop").change_set_name(CHANGE_SET);
    ask.client_request_token("t").disable_rollback(true).retain_except_on_create(true).send().await.expect("taken");
    let expected = Call::ExecuteChangeSet {
        stack: shop(),
        change_set: CHANGE_SET.into(),
        token: Token::given("t"),
        disable_rollback: true,
        retain_except_on_create: true,
    };
    assert_eq!(wire.call(), expected);

    let wire = Wire::with([]).await;
    let ask = wire.cloudformation().delete_change_set().stack_name("shop").change_set_name(CHANGE_SET);
    ask.send().await.expect("taken");
    assert_eq!(wire.call(), Call::DeleteChangeSet { stack: shop(), change_set: CHANGE_SET.into() });
}

#[tokio::test]
async fn change_sets_are_listed() {
    let one = (CHANGE_SET.to_owned(), "ce-1".to_owned(), ExecutionState::Obsolete);
    let wire = Wire::saying(Answer::ChangeSets(vec![one], None)).await;
    let answer = wire.cloudformation().list_change_sets().stack_name("shop").send().await.expect("an answer");
    assert_eq!(wire.call(), Call::ListChangeSets { stack: shop(), page: Page::first() });
    let read = &answer.summaries()[0];
    assert_eq!((read.change_set_id(), read.change_set_name()), (Some(CHANGE_SET), Some("ce-1")));
    assert_eq!(read.execution_status(), Some(&sdk::ExecutionStatus::Obsolete));
}
