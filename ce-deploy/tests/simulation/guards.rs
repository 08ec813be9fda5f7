//! Rollback triggers: alarms that take an operation back.

use ce_deploy::cloud::{Alarm, ChangeSetRequest, ChangeSetType, Guard, StackStatus as S};
use ce_deploy::engine::{Moment, Span};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

fn shop(delay: u32) -> Value {
    json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": delay}}}})
}

fn alarm(name: &str) -> Alarm {
    format!("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:{name}").parse().unwrap()
}

fn guard(names: &[&str], minutes: u8) -> Guard {
    let alarms = names.iter().map(|name| alarm(name)).collect();
    Guard { alarms: Some(alarms), minutes: minutes.try_into().unwrap() }
}

fn guarded(bench: &mut Bench, kind: ChangeSetType, delay: u32, guard: Guard) -> ChangeSetRequest {
    let request = bench.request("shop", kind, &shop(delay));
    ChangeSetRequest { guard: Some(guard), ..request }
}

behaviours! {
    /// An alarm that goes off while a stack is made or changed takes it back, also in the time that it is watched afterwards.
    Documented("user guide, Roll back your CloudFormation stack on alarm breach with rollback triggers; the words are made up")
    fn an_alarm_takes_an_operation_back() {
        for (after, kept) in [(2, false), (300, false), (601, true)] {
            let mut bench = Bench::new();
            bench.deploy("shop", &shop(1));
            let fires = bench.now + Span::seconds(1 + after);
            bench.simulator.set_alarm(&alarm("errors"), Some(fires));
            let request = guarded(&mut bench, ChangeSetType::Update, 2, guard(&["errors"], 9));
            let expected = if kept { S::UpdateComplete } else { S::UpdateRollbackComplete };
            assert_eq!(bench.deploy_as(request), expected, "after {after} s");
        }
        let mut bench = Bench::new();
        let fires = bench.now + Span::seconds(60);
        bench.simulator.set_alarm(&alarm("errors"), Some(fires));
        let request = guarded(&mut bench, ChangeSetType::Create, 1, guard(&["errors"], 5));
        assert_eq!(bench.deploy_as(request), S::RollbackComplete);
        let reason = bench.events("shop").into_iter().find(|event| event.status == "ROLLBACK_IN_PROGRESS").unwrap().reason;
        assert!(reason.unwrap().contains("alarm:errors is in ALARM state"));
    }

    /// An update is done only when the time is over in which alarms are watched.
    Documented("API reference, RollbackConfiguration.MonitoringTimeInMinutes")
    fn alarms_are_watched_for_a_while() {
        let mut bench = Bench::new();
        bench.simulator.set_alarm(&alarm("errors"), None);
        let request = guarded(&mut bench, ChangeSetType::Create, 1, guard(&["errors"], 180));
        let began = bench.now;
        assert_eq!(bench.deploy_as(request), S::CreateComplete);
        assert!(bench.now > Moment(began.0 + 180 * 60_000));
    }

    /// The service keeps the triggers of a stack until it is told others; an empty list takes them away.
    Documented("API reference, RollbackConfiguration.RollbackTriggers")
    fn triggers_are_kept() {
        let mut bench = Bench::new();
        bench.simulator.set_alarm(&alarm("errors"), None);
        let request = guarded(&mut bench, ChangeSetType::Create, 1, guard(&["errors"], 1));
        bench.deploy_as(request);
        assert_eq!(bench.deploy("shop", &shop(2)), S::UpdateComplete);
        assert_eq!(bench.describe("shop").unwrap().guard, guard(&["errors"], 1));
        let only_time = Guard { alarms: None, ..guard(&[], 3) };
        let request = guarded(&mut bench, ChangeSetType::Update, 3, only_time);
        bench.deploy_as(request);
        assert_eq!(bench.describe("shop").unwrap().guard, guard(&["errors"], 3));
        let request = guarded(&mut bench, ChangeSetType::Update, 4, Guard::nothing());
        bench.deploy_as(request);
        assert_eq!(bench.describe("shop").unwrap().guard, Guard::nothing());
    }

    /// A trigger that is not there, or that is in alarm already, takes the operation back at once.
    Documented("API reference, RollbackConfiguration: a missing one; that one which is in alarm already does too is seen in tutorials")
    fn a_missing_trigger_takes_the_operation_back() {
        let mut bench = Bench::new();
        bench.deploy("shop", &shop(1));
        let request = guarded(&mut bench, ChangeSetType::Update, 2, guard(&["nowhere"], 0));
        assert_eq!(bench.deploy_as(request), S::UpdateRollbackComplete);
        let now = bench.now;
        bench.simulator.set_alarm(&alarm("errors"), Some(now));
        let request = guarded(&mut bench, ChangeSetType::Update, 2, guard(&["errors"], 0));
        assert_eq!(bench.deploy_as(request), S::UpdateRollbackComplete);
    }
}
