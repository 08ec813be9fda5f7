//! Express mode: what is configured counts as complete.

use ce_deploy::cloud::{Call, ChangeSetRequest, ChangeSetType, Mode, StackRef, StackStatus as S};
use ce_deploy::engine::Span;
use ce_deploy::simulator::{Fault, FaultKind, ServiceTimes, Settings};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

fn queue(properties: &Value) -> Value {
    json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": properties}}})
}

fn failing(act: &str) -> Value {
    let mut template = queue(&json!({"DelaySeconds": 3}));
    template["Resources"]["Queue"]["Metadata"] = json!({"ce:simulate": {"fail": [act]}});
    template
}

/// One queue after the other.
fn row() -> Value {
    json!({"Resources": {
        "One": {"Type": "AWS::SQS::Queue"},
        "Two": {"Type": "AWS::SQS::Queue", "DependsOn": "One"}
    }})
}

/// As the service takes a request that says nothing of rollback.
fn express(bench: &mut Bench, kind: ChangeSetType, template: &Value) -> ChangeSetRequest {
    let mut request = bench.request("shop", kind, template);
    request.mode = Mode::Express;
    request.disable_rollback = true;
    request
}

fn long() -> Settings {
    Settings::default().times(ServiceTimes::default().resource(Span::seconds(30)))
}

behaviours! {
    /// In express mode a resource counts as complete as soon as it is configured; it becomes ready afterwards.
    Documented("user guide, Deploy stacks faster with express mode")
    fn express_is_quick() {
        let mut bench = Bench::with(long());
        let request = express(&mut bench, ChangeSetType::Create, &queue(&json!({})));
        let before = bench.now;
        assert_eq!(bench.deploy_as(request), S::CreateComplete);
        assert!(bench.now - before < Span::seconds(20));
    }

    /// A resource that express mode completes says that it may not be available yet.
    Observed("aws-cdk-cli#1689")
    fn express_says_that_it_goes_on() {
        let mut bench = Bench::new();
        let request = express(&mut bench, ChangeSetType::Create, &queue(&json!({})));
        bench.deploy_as(request);
        let events = bench.events("shop");
        let complete = events.iter().find(|event| event.logical_id == "Queue" && event.status == "CREATE_COMPLETE");
        assert!(complete.unwrap().reason.as_ref().unwrap().contains("completed using Express Mode"));
    }

    /// In express mode nothing is put back, unless the change set says that it is.
    Documented("user guide, express mode, Rollback behavior")
    fn express_leaves_a_failure() {
        for (disable_rollback, status) in [(true, S::CreateFailed), (false, S::RollbackComplete)] {
            let mut bench = Bench::new();
            let mut request = express(&mut bench, ChangeSetType::Create, &failing("create"));
            request.disable_rollback = disable_rollback;
            assert_eq!(bench.deploy_as(request), status);
        }
    }

    /// What express mode left failed takes changes in express mode only, and does not go back with RollbackStack.
    Observed("aws-cdk-cli#1739")
    fn express_goes_on_with_express() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({"DelaySeconds": 1})));
        let request = express(&mut bench, ChangeSetType::Update, &failing("update"));
        assert_eq!(bench.deploy_as(request), S::UpdateFailed);
        let (stack, token) = (StackRef::name("shop"), bench.token());
        let refused = bench.call(Call::RollbackStack { stack, token, role: None }).unwrap_err();
        assert!(refused.message.contains("RollbackStack is not supported"), "{refused}");
        let request = bench.request("shop", ChangeSetType::Update, &queue(&json!({"DelaySeconds": 4})));
        let refused = bench.change_set(request).unwrap_err();
        assert!(refused.message.contains("must use the same DeploymentConfig"), "{refused}");
        let request = express(&mut bench, ChangeSetType::Update, &queue(&json!({"DelaySeconds": 4})));
        assert_eq!(bench.deploy_as(request), S::UpdateComplete);
        assert_eq!(bench.deploy("shop", &queue(&json!({"DelaySeconds": 5}))), S::UpdateComplete);
    }

    /// Express mode holds for nested stacks too.
    Documented("user guide, express mode, Express mode and nested stacks")
    fn express_goes_down() {
        let mut bench = Bench::with(long());
        let place = bench.target.place.clone();
        bench.simulator.make_bucket(&place, "assets");
        bench.simulator.put_object(&place, "assets", "child.json", queue(&json!({})).to_string(), None).unwrap();
        let url = json!({"TemplateURL": "s3://assets/child.json"});
        let outer = json!({"Resources": {"Child": {"Type": "AWS::CloudFormation::Stack", "Properties": url}}});
        let request = express(&mut bench, ChangeSetType::Create, &outer);
        let before = bench.now;
        assert_eq!(bench.deploy_as(request), S::CreateComplete);
        assert!(bench.now - before < Span::seconds(20));
    }

    /// Custom resources and wait conditions are waited for in express mode too.
    Documented("user guide, express mode, Custom resources; that a wait condition is alike is assumed")
    fn express_waits_for_signals() {
        let mut bench = Bench::new();
        let template = json!({"Resources": {
            "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
            "Wait": {"Type": "AWS::CloudFormation::WaitCondition", "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "60"}}
        }});
        let request = express(&mut bench, ChangeSetType::Create, &template);
        let before = bench.now;
        assert_eq!(bench.deploy_as(request), S::CreateFailed);
        assert!(bench.now - before > Span::seconds(60));
    }

    /// A resource that meets one that is not ready is tried again.
    Documented("user guide, express mode, How CloudFormation handles dependencies")
    fn express_tries_again() {
        let mut bench = Bench::new();
        bench.simulator.add_faults(&[Fault::new(FaultKind::StillStabilizing).size(10)]);
        let request = express(&mut bench, ChangeSetType::Create, &row());
        let before = bench.now;
        assert_eq!(bench.deploy_as(request), S::CreateComplete);
        assert!(bench.now - before > Span::seconds(10));
    }

    /// It fails when that takes too long.
    Observed("nx-plugin-for-aws#909")
    fn express_gives_up() {
        let mut bench = Bench::new();
        bench.simulator.add_faults(&[Fault::new(FaultKind::StillStabilizing).size(60)]);
        let request = express(&mut bench, ChangeSetType::Create, &row());
        assert_eq!(bench.deploy_as(request), S::CreateFailed);
        let mut standard = Bench::new();
        standard.simulator.add_faults(&[Fault::new(FaultKind::StillStabilizing).size(60)]);
        assert_eq!(standard.deploy("shop", &row()), S::CreateComplete, "in standard mode it is ready first");
    }

    /// What express mode deletes may still be going: its name is taken for a while.
    Assumed("user guide, express mode: delete operations might still be in progress")
    fn express_deletes_later() {
        let times = ServiceTimes::default().deletion(Span::seconds(40));
        let mut bench = Bench::with(Settings::default().times(times));
        let named = queue(&json!({"QueueName": "orders"}));
        let topic = json!({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}});
        bench.deploy("shop", &named);
        let request = express(&mut bench, ChangeSetType::Update, &topic);
        assert_eq!(bench.deploy_as(request), S::UpdateComplete);
        let request = express(&mut bench, ChangeSetType::Update, &named);
        assert!(bench.change_set(request).unwrap().reason.unwrap().contains("ResourceExistenceCheck"));
        bench.wait(60);
        let request = express(&mut bench, ChangeSetType::Update, &named);
        assert_eq!(bench.deploy_as(request), S::UpdateComplete);
    }
}
