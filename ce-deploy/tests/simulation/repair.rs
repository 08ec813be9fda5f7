//! Stopping, going back, and finding out what others did.

use ce_deploy::cloud::{
    Answer, Call, ChangeSetType, DriftDetection, DriftState, FailureKind, OnFailure, Page, RefactorState, StackRef,
    StackStatus as S,
};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

fn pair(one: u32, other: u32, fail: &Value) -> Value {
    json!({"Resources": {
        "One": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": one}, "Metadata": {"ce:simulate": {"fail": fail}}},
        "Other": {"Type": "AWS::SQS::Queue", "DependsOn": "One", "Properties": {"DelaySeconds": other}}
    }})
}

/// A stack whose rollback failed.
fn stuck() -> Bench {
    let mut bench = Bench::new();
    bench.deploy("shop", &pair(1, 1, &json!("roll-back")));
    let mut template = pair(2, 2, &json!("roll-back"));
    template["Resources"]["Other"]["Metadata"] = json!({"ce:simulate": {"fail": "update"}});
    assert_eq!(bench.deploy("shop", &template), S::UpdateRollbackFailed);
    bench
}

fn continue_rollback(bench: &mut Bench, skip: &[&str]) -> Result<S, ce_deploy::cloud::Failure> {
    let token = bench.token();
    let skip = skip.iter().map(|id| (*id).to_owned()).collect();
    bench.call(Call::ContinueUpdateRollback { stack: StackRef::name("shop"), token, skip, role: None })?;
    bench.settle();
    Ok(bench.describe("shop").unwrap().status)
}

fn drifts(bench: &mut Bench) -> Vec<(String, DriftState)> {
    let stack = StackRef::name("shop");
    let Answer::DriftStarted(detection) = bench.call(Call::DetectDrift { stack: stack.clone() }).unwrap() else {
        panic!("an id")
    };
    let look = Call::DescribeDriftDetection { detection };
    assert_eq!(bench.call(look.clone()).unwrap(), Answer::DriftDetection(DriftDetection::InProgress));
    bench.wait(5);
    assert_ne!(bench.call(look).unwrap(), Answer::DriftDetection(DriftDetection::InProgress));
    let call = Call::DescribeResourceDrifts { stack, page: Page::first() };
    let Answer::ResourceDrifts(drifts, _) = bench.call(call).unwrap() else { panic!("drifts") };
    drifts.into_iter().map(|drift| (drift.logical_id, drift.state)).collect()
}

behaviours! {
    /// An update can be cancelled while it goes forward, and only then.
    Documented("API reference, CancelUpdateStack")
    fn an_update_is_cancelled() {
        let mut bench = Bench::new();
        bench.deploy("shop", &pair(1, 1, &json!([])));
        let token = bench.token();
        let cancel = Call::CancelUpdateStack { stack: StackRef::name("shop"), token };
        assert!(bench.call(cancel.clone()).is_err());
        let request = bench.request("shop", ChangeSetType::Update, &pair(2, 2, &json!([])));
        let change_set = bench.change_set(request).unwrap();
        bench.execute(&change_set).unwrap();
        bench.wait(1);
        bench.call(cancel).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::UpdateRollbackComplete);
    }

    /// A rollback that failed goes on with ContinueUpdateRollback, and what still fails can be skipped.
    Documented("API reference, ContinueUpdateRollback.ResourcesToSkip")
    fn a_rollback_goes_on() {
        let mut bench = stuck();
        assert_eq!(continue_rollback(&mut bench, &[]).unwrap(), S::UpdateRollbackFailed);
        assert!(continue_rollback(&mut bench, &["Nobody"]).is_err());
        assert_eq!(continue_rollback(&mut bench, &["One"]).unwrap(), S::UpdateRollbackComplete);
    }

    /// A resource that was skipped is not compared any more.
    Documented("API reference, ContinueUpdateRollback; deploy.md §D")
    fn what_was_skipped_is_not_checked() {
        let mut bench = stuck();
        continue_rollback(&mut bench, &["One"]).unwrap();
        assert_eq!(drifts(&mut bench)[0], ("One".to_owned(), DriftState::NotChecked));
    }

    /// A stack whose rollback failed takes no update.
    Documented("user guide, Stack status codes")
    fn a_stuck_stack_takes_no_update() {
        let mut bench = stuck();
        let request = bench.request("shop", ChangeSetType::Update, &pair(1, 1, &json!([])));
        assert_eq!(bench.change_set(request).unwrap_err().kind, FailureKind::WrongState);
    }

    /// A stack that was left where it failed goes back with RollbackStack.
    Documented("API reference, RollbackStack")
    fn a_failed_stack_is_rolled_back() {
        let mut bench = Bench::new();
        let mut request = bench.request("shop", ChangeSetType::Create, &pair(1, 1, &json!("create")));
        request.on_failure = Some(OnFailure::Nothing);
        assert_eq!(bench.deploy_as(request), S::CreateFailed);
        let token = bench.token();
        bench.call(Call::RollbackStack { stack: StackRef::name("shop"), token, role: None }).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::RollbackComplete);
    }

    /// A creation whose rollback fails ends in `ROLLBACK_FAILED`: only deletion is left.
    Documented("user guide, Stack status codes")
    fn a_creation_may_not_go_back() {
        let mut bench = Bench::new();
        let mut template = pair(1, 1, &json!("delete"));
        template["Resources"]["Other"]["Metadata"] = json!({"ce:simulate": {"fail": "create"}});
        assert_eq!(bench.deploy("shop", &template), S::RollbackFailed);
        assert!(continue_rollback(&mut bench, &[]).is_err());
    }

    /// Drift is what others changed or deleted; the stack itself knows nothing of it.
    Documented("user guide, Detect unmanaged configuration changes to stacks and resources with drift detection")
    fn drift_is_detected() {
        let mut bench = Bench::new();
        bench.deploy("shop", &pair(1, 1, &json!([])));
        let place = bench.target.place.clone();
        bench.simulator.change_behind(&place, "shop", "One", "DelaySeconds", json!(9));
        bench.simulator.delete_behind(&place, "shop", "Other");
        let found = drifts(&mut bench);
        assert_eq!(found, [("One".to_owned(), DriftState::Drifted), ("Other".to_owned(), DriftState::Deleted)]);
    }

    /// To change a resource that somebody deleted fails.
    Observed("issues of aws-cdk about resources deleted by hand")
    fn what_is_gone_cannot_be_changed() {
        let mut bench = Bench::new();
        bench.deploy("shop", &pair(1, 1, &json!([])));
        let place = bench.target.place.clone();
        bench.simulator.delete_behind(&place, "shop", "Other");
        assert_eq!(bench.deploy("shop", &pair(1, 2, &json!([]))), S::UpdateRollbackFailed);
    }

    /// A refactoring moves resources between stacks and touches none.
    Documented("user guide, Stack refactoring")
    fn resources_are_moved() {
        let mut bench = Bench::new();
        bench.deploy("shop", &pair(1, 1, &json!([])));
        let one = json!({"Resources": {"One": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 1}}}});
        let two = json!({"Resources": {"Moved": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 1}}}});
        let stacks = vec![("shop".to_owned(), one.to_string()), ("orders".to_owned(), two.to_string())];
        let place = |stack: &str, logical: &str| [stack.to_owned(), logical.to_owned()];
        let moves = vec![(place("shop", "Other"), place("orders", "Moved"))];
        let call = Call::CreateRefactor { stacks, moves, creates: true };
        let Answer::RefactorCreated(refactor) = bench.call(call).unwrap() else { panic!("an id") };
        bench.wait(2);
        let look = Call::DescribeRefactor { refactor: refactor.clone() };
        assert_eq!(bench.call(look.clone()).unwrap(), Answer::Refactor(RefactorState::Ready));
        bench.call(Call::ExecuteRefactor { refactor }).unwrap();
        bench.wait(2);
        assert_eq!(bench.call(look).unwrap(), Answer::Refactor(RefactorState::Complete));
        let request = bench.request("orders", ChangeSetType::Update, &two);
        assert!(bench.change_set(request).unwrap().has_no_changes());
    }

    /// A refactoring adds and removes nothing.
    Documented("user guide, Stack refactoring")
    fn a_refactoring_changes_nothing() {
        let mut bench = Bench::new();
        bench.deploy("shop", &pair(1, 1, &json!([])));
        let one = json!({"Resources": {"One": {"Type": "AWS::SQS::Queue"}}});
        let stacks = vec![("shop".to_owned(), one.to_string()), ("orders".to_owned(), one.to_string())];
        let call = Call::CreateRefactor { stacks, moves: vec![], creates: true };
        let Answer::RefactorCreated(refactor) = bench.call(call).unwrap() else { panic!("an id") };
        bench.wait(2);
        let state = bench.call(Call::DescribeRefactor { refactor }).unwrap();
        assert!(matches!(state, Answer::Refactor(RefactorState::Failed(_))), "{state:?}");
    }
}
