//! Cloud Control: resources one by one, past their stacks.

use ce_deploy::cloud::{
    Answer, Call, Failure, FailureKind, Page, RequestState, ResourceRequest, Secret, StackRef, Token,
};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

const FUNCTION: &str = "AWS::Lambda::Function";

fn worker(metadata: &Value) -> Value {
    json!({ "Resources": { "Worker": { "Type": FUNCTION, "Metadata": metadata, "Properties": {
        "FunctionName": "worker", "Role": "arn:aws:iam::111111111111:role/worker", "MemorySize": 128,
        "Code": { "S3Bucket": "assets", "S3Key": "a.zip" } } } } })
}

fn bench() -> Bench {
    bench_with(&json!({}))
}

fn bench_with(metadata: &Value) -> Bench {
    let mut bench = Bench::new();
    bench.deploy("shop", &worker(metadata));
    bench
}

fn update(token: &str, patch: &Value) -> Call {
    Call::UpdateResource {
        type_name: FUNCTION.into(),
        identifier: "worker".into(),
        patch: Secret::new(patch.to_string()),
        token: Token::given(token),
    }
}

/// A patch that sets the code, which must be sent along, and something else.
fn patch(more: &Value) -> Value {
    json!([{ "op": "add", "path": "/Code", "value": { "S3Bucket": "assets", "S3Key": "b.zip" } }, more])
}

fn memory(size: u32) -> Value {
    patch(&json!({ "op": "replace", "path": "/MemorySize", "value": size }))
}

fn taken(answer: Result<Answer, Failure>) -> ResourceRequest {
    match answer {
        Ok(Answer::ResourceRequest(request)) => request,
        other => panic!("{other:?}"),
    }
}

fn state(bench: &mut Bench, request: &ResourceRequest) -> RequestState {
    taken(bench.call(Call::DescribeResourceRequest { request: request.id.clone() })).state
}

fn read(bench: &mut Bench) -> Value {
    let call = Call::GetResource { type_name: FUNCTION.into(), identifier: "worker".into() };
    match bench.call(call) {
        Ok(Answer::Properties(properties)) => serde_json::from_str(properties.reveal()).unwrap(),
        other => panic!("{other:?}"),
    }
}

behaviours! {
    /// A change of a resource is taken, goes on, and takes hold when its request says that it is done.
    Documented("Cloud Control user guide, Tracking resource operation requests")
    fn a_change_takes_a_while() {
        let mut bench = bench();
        let request = taken(bench.call(update("t", &memory(256))));
        assert_eq!(request.state, RequestState::InProgress);
        assert_eq!(read(&mut bench)["MemorySize"], 128);
        bench.wait(5);
        assert_eq!(state(&mut bench, &request), RequestState::Done);
        assert_eq!(read(&mut bench)["MemorySize"], 256);
    }

    /// CloudFormation does not hear of it: its template stays, and drift is found.
    Documented("Cloud Control user guide, Updating a resource: not for resources of a stack")
    fn the_stack_does_not_know() {
        let mut bench = bench();
        let before = bench.describe("shop").unwrap();
        bench.call(update("t", &memory(256))).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap(), before);
        let stack = StackRef::name("shop");
        bench.call(Call::DetectDrift { stack: stack.clone() }).unwrap();
        bench.wait(5);
        let answer = bench.call(Call::DescribeResourceDrifts { stack, page: Page::first() });
        let Ok(Answer::ResourceDrifts(drifts, _)) = answer else { panic!("{answer:?}") };
        assert!(drifts[0].differences.iter().any(|difference| difference.path == "/MemorySize"), "{drifts:?}");
    }

    /// A read gives what the service chose too, and nothing that is write-only.
    Documented("Cloud Control user guide, Reading a resource's current state")
    fn a_read_is_without_what_is_write_only() {
        let mut bench = bench();
        let read = read(&mut bench);
        assert!(read["Arn"].as_str().is_some_and(|arn| arn.starts_with("arn:aws:lambda:")), "{read}");
        assert_eq!(read["Code"], Value::Null);
    }

    /// A patch changes what was read; without what is write-only and required, the result is refused.
    Observed("pulumi/pulumi-aws-native#277")
    fn what_is_required_must_be_sent_along() {
        let mut bench = bench();
        let alone = json!([{ "op": "replace", "path": "/MemorySize", "value": 256 }]);
        let failure = bench.call(update("t", &alone)).unwrap_err();
        assert!(failure.message.contains("required key [Code] not found"), "{failure}");
    }

    /// What is write-only can be added, not replaced.
    Observed("pulumi/pulumi-aws-native#277; hashicorp/terraform-provider-awscc#1737")
    fn what_is_write_only_is_not_replaced() {
        let mut bench = bench();
        let replaced = json!([{ "op": "replace", "path": "/Code", "value": { "S3Key": "b.zip" } }]);
        let failure = bench.call(update("t", &replaced)).unwrap_err();
        assert!(failure.message.contains("noSuchPath"), "{failure}");
    }

    /// A property that is set once, when a resource is made, is refused.
    Documented("API reference of Cloud Control, NotUpdatableException")
    fn what_is_set_once_stays() {
        let mut bench = bench();
        let name = patch(&json!({ "op": "replace", "path": "/FunctionName", "value": "other" }));
        assert_eq!(bench.call(update("t", &name)).unwrap_err().code, "NotUpdatableException");
    }

    /// A request that is repeated under its token is the same, and another under it is refused.
    Documented("API reference of Cloud Control, UpdateResource.ClientToken, ClientTokenConflictException")
    fn a_token_is_one_request() {
        let mut bench = bench();
        let first = taken(bench.call(update("t", &memory(256))));
        assert_eq!(taken(bench.call(update("t", &memory(256)))).id, first.id);
        assert_eq!(bench.call(update("t", &memory(512))).unwrap_err().kind, FailureKind::TokenUsed);
    }

    /// A resource is changed by one request at a time.
    Documented("API reference of Cloud Control, ConcurrentOperationException")
    fn one_change_at_a_time() {
        let mut bench = bench();
        bench.call(update("a", &memory(256))).unwrap();
        assert_eq!(bench.call(update("b", &memory(512))).unwrap_err().kind, FailureKind::InProgress);
        bench.settle();
        bench.call(update("c", &memory(512))).unwrap();
    }

    /// A change that fails says why, and leaves the resource as it was.
    Assumed("API reference of Cloud Control, ProgressEvent; that nothing is half done")
    fn a_change_can_fail() {
        let mut bench = bench_with(&json!({ "ce:simulate": { "fail": "update", "reason": "no memory" } }));
        let request = taken(bench.call(update("t", &memory(256))));
        bench.settle();
        let RequestState::Failed(failure) = state(&mut bench, &request) else { panic!("it failed") };
        assert_eq!(failure.message, "no memory");
        assert_eq!(read(&mut bench)["MemorySize"], 128);
    }

    /// A resource that is made so belongs to no stack; a task definition is called by its family and revision.
    Documented("Cloud Control user guide, Creating a resource; ECS developer guide, task definition families")
    fn what_is_made_is_in_no_stack() {
        let mut bench = bench();
        let properties = json!({ "Family": "shop", "ContainerDefinitions": [{ "Name": "app", "Image": "app:1" }] });
        let request = taken(bench.call(Call::CreateResource {
            type_name: "AWS::ECS::TaskDefinition".into(),
            properties: Secret::new(properties.to_string()),
            token: Token::given("t"),
        }));
        bench.settle();
        assert_eq!(state(&mut bench, &request), RequestState::Done);
        let identifier = request.identifier.unwrap();
        assert!(identifier.contains("/shop:"), "{identifier}");
        let place = bench.target.place.clone();
        assert_eq!(bench.simulator.unowned(&place, "AWS::ECS::TaskDefinition"), [identifier]);
    }

    /// What is not there cannot be read or changed, nor can a request be asked for that nobody made.
    Documented("API reference of Cloud Control, ResourceNotFoundException, RequestTokenNotFoundException")
    fn what_is_not_there_is_not_found() {
        let mut bench = bench();
        let read = Call::GetResource { type_name: FUNCTION.into(), identifier: "nobody".into() };
        for call in [read, Call::DescribeResourceRequest { request: "none".into() }] {
            assert_eq!(bench.call(call).unwrap_err().kind, FailureKind::NotFound);
        }
    }
}
