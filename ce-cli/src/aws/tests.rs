//! Every call under every way of failing: what the SDK makes of it reaches the engine in its own words.

use std::collections::VecDeque;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use ce_deploy::cloud::{
    Answer, Call, ChangeSetRequest, ChangeSetType, EvidenceAnswer, EvidenceCall, Failure, FailureKind as K, Mode, Page,
    Place, Secret, StackRef, Target, Template, Token,
};
use ce_deploy::engine::Moment;
use ce_deploy::wire::{NewObject, Service};

use super::Aws;
use super::line;
use crate::simulate::{Cloud, Fault, FaultKind, Server};

const ACCOUNT: &str = "111111111111";

/// A cloud that says who calls, and then what it was told.
struct Told(VecDeque<Result<Answer, Failure>>);

impl Service for Told {
    fn call(&mut self, _: Moment, target: &Target, call: Call) -> Result<Answer, Failure> {
        match call {
            Call::Identity => {
                Ok(Answer::Identity { account: target.place.account.clone(), arn: "arn:aws:iam::1:user/x".to_owned() })
            }
            _ => self.0.pop_front().unwrap_or(Ok(Answer::Done)),
        }
    }

    fn put_object(&mut self, _: Moment, _: &Target, _: NewObject) -> Result<(), Failure> {
        self.0.pop_front().unwrap_or(Ok(Answer::Done)).map(|_| ())
    }

    fn object(&mut self, _: Moment, _: &Target, _: &str, _: &str) -> Result<Vec<u8>, Failure> {
        self.0.pop_front().unwrap_or(Ok(Answer::Done)).map(|_| Vec::new())
    }
}

/// AWS behind a server that answers as it was told, and fails on the way.
async fn aws(answers: Vec<Result<Answer, Failure>>, faults: Vec<Fault>) -> (Server, Aws) {
    let server = Server::start(Cloud::new(Told(answers.into())).faults(faults), 0).await.unwrap();
    let credentials = Credentials::new(ACCOUNT, "secret", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .endpoint_url(server.url())
        .http_client(line::client().unwrap())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(aws_config::retry::RetryConfig::disabled());
    (server, Aws::reached_by(config.build()))
}

fn target() -> Target {
    Target::new(Place::new(ACCOUNT, "eu-west-1"))
}

fn reads() -> Vec<(&'static str, Call)> {
    let (stack, page) = (StackRef::name("shop"), Page::first());
    let change_set = "arn:c".to_owned();
    vec![
        ("DescribeStacks", Call::DescribeStacks { stack: Some(stack.clone()), page: page.clone() }),
        ("DescribeStackEvents", Call::DescribeStackEvents { stack: stack.clone(), page: page.clone() }),
        ("ListStackResources", Call::ListStackResources { stack: stack.clone(), page: page.clone() }),
        ("GetTemplate", Call::GetTemplate { stack: stack.clone(), change_set: None }),
        ("DescribeChangeSet", Call::DescribeChangeSet { stack: stack.clone(), change_set, page: page.clone() }),
        ("ListChangeSets", Call::ListChangeSets { stack: stack.clone(), page: page.clone() }),
        ("ListImports", Call::ListImports { export: "x".to_owned(), page: page.clone() }),
        ("DescribeStackDriftDetectionStatus", Call::DescribeDriftDetection { detection: "d".to_owned() }),
        ("DescribeStackResourceDrifts", Call::DescribeResourceDrifts { stack, page }),
        ("DescribeStackRefactor", Call::DescribeRefactor { refactor: "r".to_owned() }),
    ]
}

/// What is asked about a failure, and an answer to it.
fn evidence() -> Vec<(&'static str, Call, Answer)> {
    use {EvidenceAnswer as A, EvidenceCall as C};
    let (cluster, service) = ("shop".to_owned(), "web".to_owned());
    let (group, stream, between) = ("/ecs/web".to_owned(), "ecs/app/4f".to_owned(), [1_000, 2_000]);
    let pairs = [
        (C::Service { cluster: cluster.clone(), service: service.clone() }, A::Service(None)),
        (C::StoppedTasks { cluster: cluster.clone(), service }, A::TaskArns(vec!["arn:t".to_owned()])),
        (C::Tasks { cluster, tasks: vec!["arn:t".to_owned()] }, A::Tasks(Vec::new())),
        (C::TaskDefinition { definition: "arn:d".to_owned() }, A::Logs(Vec::new())),
        (C::LogTail { group: group.clone(), stream, between, lines: 20 }, A::Lines(Vec::new())),
        (C::LogSearch { group, between, lines: 20 }, A::Lines(Vec::new())),
        (C::Trail { user: "ce".to_owned(), between, page: Page::first() }, A::Trail(Vec::new(), None)),
    ];
    let named = |(call, answer): (C, A)| (call.operation(), Call::Evidence(call), Answer::Evidence(answer));
    pairs.into_iter().map(named).collect()
}

fn changes() -> Vec<(&'static str, Call)> {
    let (stack, token) = (StackRef::name("shop"), Token::of("plan", "shop", "execute", 1));
    let (change_set, role) = ("arn:c".to_owned(), None);
    let skip = Vec::new();
    vec![
        ("CreateChangeSet", Call::CreateChangeSet(Box::new(request(&stack, &token)))),
        (
            "ExecuteChangeSet",
            Call::ExecuteChangeSet {
                stack: stack.clone(),
                change_set: change_set.clone(),
                token: token.clone(),
                disable_rollback: false,
                retain_except_on_create: true,
            },
        ),
        ("DeleteChangeSet", Call::DeleteChangeSet { stack: stack.clone(), change_set }),
        (
            "DeleteStack",
            Call::DeleteStack { stack: stack.clone(), token: token.clone(), retain: Vec::new(), role: role.clone() },
        ),
        ("CancelUpdateStack", Call::CancelUpdateStack { stack: stack.clone(), token: token.clone() }),
        (
            "ContinueUpdateRollback",
            Call::ContinueUpdateRollback { stack: stack.clone(), token: token.clone(), skip, role: role.clone() },
        ),
        ("RollbackStack", Call::RollbackStack { stack: stack.clone(), token, role }),
        ("UpdateTerminationProtection", Call::ProtectStack { stack: stack.clone(), protected: true }),
        ("SetStackPolicy", Call::SetStackPolicy { stack: stack.clone(), policy: "{}".to_owned() }),
        ("DetectStackDrift", Call::DetectDrift { stack }),
        ("ExecuteStackRefactor", Call::ExecuteRefactor { refactor: "r".to_owned() }),
    ]
}

fn request(stack: &StackRef, token: &Token) -> ChangeSetRequest {
    ChangeSetRequest {
        stack: stack.clone(),
        name: "ce-1".to_owned(),
        kind: ChangeSetType::Create,
        template: Template::Body("{}".to_owned()),
        parameters: Vec::new(),
        tags: None,
        capabilities: Vec::new(),
        role: None,
        notification_arns: None,
        token: token.clone(),
        on_failure: None,
        guard: None,
        include_nested: false,
        imports: Vec::new(),
        mode: Mode::Standard,
        disable_rollback: false,
    }
}

/// What goes past stacks.
fn resources() -> [(&'static str, Call); 4] {
    let (type_name, identifier) = ("AWS::Lambda::Function".to_owned(), "worker".to_owned());
    let (token, patch) = (Token::of("plan", "shop", "hotswap", 1), Secret::new("[]"));
    [
        ("GetResource", Call::GetResource { type_name: type_name.clone(), identifier: identifier.clone() }),
        (
            "CreateResource",
            Call::CreateResource { type_name: type_name.clone(), properties: Secret::new("{}"), token: token.clone() },
        ),
        ("UpdateResource", Call::UpdateResource { type_name, identifier, patch, token }),
        ("GetResourceRequestStatus", Call::DescribeResourceRequest { request: "r".to_owned() }),
    ]
}

fn all() -> Vec<(&'static str, Call)> {
    let parameter = Call::Parameter { name: "/cdk-bootstrap/x/version".to_owned() };
    let evidence = evidence().into_iter().map(|(operation, call, _)| (operation, call));
    let others = [("GetParameter", parameter)].into_iter().chain(evidence).chain(resources());
    reads().into_iter().chain(changes()).chain(others).collect()
}

/// How a call ends that the service refuses.
async fn refused(call: &Call, code: &str, message: &str) -> Failure {
    let (_server, aws) = aws(vec![Err(Failure::answered(code, message))], Vec::new()).await;
    aws.call(&target(), call.clone()).await.unwrap_err()
}

/// How a call ends on whose way something goes wrong.
async fn struck(operation: &str, call: &Call, kind: FaultKind) -> Result<Answer, Failure> {
    let (_server, aws) = aws(Vec::new(), vec![Fault::first(kind, operation, 1)]).await;
    aws.call(&target(), call.clone()).await
}

#[tokio::test]
async fn a_refusal_keeps_its_code_and_its_words() {
    let refusals = [
        ("Throttling", "Rate exceeded", K::Throttled),
        ("AccessDenied", "User: arn:aws:iam::1:user/x is not authorized", K::Denied),
        ("ExpiredToken", "The security token included in the request is expired", K::Expired),
        ("ValidationError", "Stack with id shop does not exist", K::NotFound),
        ("ValidationError", "No updates are to be performed.", K::NothingToDo),
        ("ValidationError", "Stack:x is in UPDATE_IN_PROGRESS state and can not be updated.", K::InProgress),
        ("ValidationError", "Template format error: <a> & \"b\"", K::Invalid),
        ("LimitExceededException", "too many stacks", K::Limit),
        ("InternalFailure", "oops", K::Unavailable),
    ];
    for (operation, call) in all() {
        for (code, message, kind) in refusals {
            let failure = refused(&call, code, message).await;
            assert_eq!((failure.kind, failure.code.as_str()), (kind, code), "{operation}");
            assert_eq!(failure.message, message, "{operation}");
        }
    }
}

#[tokio::test]
async fn what_is_lost_on_the_way_may_have_been_done() {
    for (operation, call) in all() {
        for kind in [FaultKind::LostRequest, FaultKind::LostAnswer] {
            let failure = struck(operation, &call, kind).await.unwrap_err();
            assert_eq!(failure.kind, K::NoAnswer, "{operation} {kind:?}: {failure}");
            assert!(failure.may_be_done() && failure.is_passing());
        }
        let failure = struck(operation, &call, FaultKind::Unavailable).await.unwrap_err();
        assert_eq!(failure.kind, K::Unavailable, "{operation}: {failure}");
    }
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_asked_for_again() {
    let all = all();
    let call = |name: &str| all.iter().find(|(operation, _)| *operation == name).unwrap().1.clone();
    let answers = [
        ("DescribeStacks", Answer::Stacks(Vec::new(), None)),
        ("DescribeStackEvents", Answer::Events(Vec::new(), None)),
        ("ListStackResources", Answer::Resources(Vec::new(), None)),
        ("GetTemplate", Answer::Template("{}".to_owned())),
        ("ListImports", Answer::Imports(vec!["web".to_owned()], None)),
        ("GetParameter", Answer::Parameter("31".to_owned())),
    ];
    let evidence = evidence().into_iter().map(|(operation, _, answer)| (operation, answer));
    for (operation, answer) in answers.into_iter().chain(evidence) {
        for fault in [FaultKind::GarbledAnswer, FaultKind::BrokenAnswer] {
            let (_server, aws) = aws(vec![Ok(answer.clone())], vec![Fault::first(fault, operation, 1)]).await;
            let failure = aws.call(&target(), call(operation)).await.unwrap_err();
            assert!(matches!(failure.kind, K::Garbled | K::NoAnswer), "{operation} {fault:?}: {failure:?}");
        }
        let (_server, aws) = aws(vec![Ok(answer.clone())], Vec::new()).await;
        assert_eq!(aws.call(&target(), call(operation)).await, Ok(answer), "{operation}");
    }
}

#[tokio::test]
async fn s3_answers_a_head_without_a_body() {
    let head = Call::HeadObject { bucket: "assets".to_owned(), key: "abc".to_owned() };
    for (code, kind) in [("NoSuchKey", K::NotFound), ("AccessDenied", K::Denied), ("SlowDown", K::Throttled)] {
        assert_eq!(refused(&head, code, "no").await.kind, kind, "{code}");
    }
}

#[tokio::test]
async fn an_account_that_is_not_meant_is_asked_nothing() {
    let (server, aws) = aws(Vec::new(), Vec::new()).await;
    let other = Target::new(Place::new("222222222222", "eu-west-1"));
    let (_, call) = reads().remove(0);
    let failure = aws.call(&other, call).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (K::Denied, "WrongAccount"));
    assert_eq!(server.tally().requests, 1, "who it is, and nothing else");
}
