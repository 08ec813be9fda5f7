//! Alarms that take a stack back.

use ce_deploy::cloud::{Alarm, Call, Guard, Place};
use ce_deploy::engine::{Deployment, End, Exit, Judge, Moment, OnFailure, Options};
use ce_deploy::plan::Plan;

use crate::cloud::Cloud;
use crate::drive::{Run, drive};
use crate::shop::{assembly, deploy, deploy_with, stack, template};

fn alarm(region: &str, name: &str) -> Alarm {
    format!("arn:aws:cloudwatch:{region}:111111111111:alarm:{name}").parse().expect("an alarm")
}

fn guard(alarms: &[Alarm]) -> Guard {
    Guard { alarms: Some(alarms.iter().cloned().collect()), minutes: "5".parse().expect("minutes") }
}

fn guarded(alarms: &[Alarm]) -> Options {
    Options::default().guard(guard(alarms))
}

fn end(run: &Run, id: &str) -> End {
    run.outcome().stacks[&ce_deploy::assembly::StackId::new(id)].end.clone()
}

#[test]
fn an_alarm_takes_a_stack_back_minutes_later() {
    let mut cloud = Cloud::new();
    let errors = alarm("eu-west-1", "errors");
    let net = |version| assembly(vec![stack("Net", &template(version, "a"), &[])]);
    drive(&mut cloud, 0, &mut deploy(&net(1)));
    cloud.simulator.set_alarm(&errors, Some(Moment(300_000)));
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&net(2), guarded(std::slice::from_ref(&errors))));
    assert_eq!(run.outcome().exit, Exit::RolledBack);
    assert!(run.outcome().problems[0].message.contains("UPDATE_ROLLBACK_COMPLETE"), "{:?}", run.outcome().problems);
    assert!(cloud.stack("net").unwrap().guard.alarms.is_none(), "the stack has what it had");
}

#[test]
fn an_alarm_guards_stacks_of_its_own_place() {
    let mut cloud = Cloud::new();
    let mut far = stack("Far", &template(1, "a"), &[]);
    far.place = Place::new("111111111111", "us-east-1");
    far.target.place = far.place.clone();
    let alarms = [alarm("eu-west-1", "errors"), alarm("us-east-1", "errors")];
    alarms.iter().for_each(|alarm| cloud.simulator.set_alarm(alarm, None));
    let shop = assembly(vec![stack("Net", &template(1, "a"), &[]), far]);
    let run = drive(&mut cloud, 0, &mut deploy_with(&shop, guarded(&alarms)));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.stack("net").unwrap().guard, guard(&alarms[..1]));
    let plan = run.outcome().plan.clone().unwrap();
    let far = plan.stacks.iter().find(|stack| stack.name == "far").unwrap();
    assert_eq!(far.guard, Some(guard(&alarms[1..])));
}

#[test]
fn an_alarm_that_guards_nothing_is_refused() {
    let mut cloud = Cloud::new();
    let net = assembly(vec![stack("Net", &template(1, "a"), &[])]);
    let run = drive(&mut cloud, 0, &mut deploy_with(&net, guarded(&[alarm("us-east-1", "errors")])));
    assert_eq!(run.outcome().exit, Exit::Refused);
    let six: Vec<Alarm> = (0..6).map(|at| alarm("eu-west-1", &format!("a{at}"))).collect();
    let run = drive(&mut cloud, 10_000, &mut deploy_with(&net, guarded(&six)));
    assert_eq!(run.outcome().problems[0].message, "6 alarms are to guard stack `Net`; 5 can");
    assert_eq!(cloud.count(Call::changes_something), 0);
}

#[test]
fn a_guard_is_part_of_the_plan_and_kept_by_the_service() {
    let mut cloud = Cloud::new();
    let errors = alarm("eu-west-1", "errors");
    cloud.simulator.set_alarm(&errors, None);
    let net = |version| assembly(vec![stack("Net", &template(version, "a"), &[])]);
    let judge = || Judge::new(|_| Vec::new());
    let plan = |cloud: &mut Cloud, options| {
        let run = drive(cloud, 0, &mut Deployment::plan(net(1), judge(), options));
        *run.outcome().plan.clone().unwrap()
    };
    let bare = plan(&mut cloud, Options::default());
    let with = plan(&mut cloud, guarded(std::slice::from_ref(&errors)));
    assert_ne!(bare.digest(), with.digest());
    let read = Plan::read(&with.to_json()).unwrap();
    let run = drive(&mut cloud, 100_000, &mut Deployment::apply(net(1), judge(), read, Options::default()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.stack("net").unwrap().guard, guard(std::slice::from_ref(&errors)));
    drive(&mut cloud, 900_000, &mut deploy(&net(2)));
    let sent = cloud.calls.iter().rev().find_map(|(_, call)| match call {
        Call::CreateChangeSet(request) => Some(request.guard.clone()),
        _ => None,
    });
    assert_eq!(sent, Some(None), "what is there stays");
    assert_eq!(cloud.stack("net").unwrap().guard, guard(&[errors]));
}

#[test]
fn the_way_back_is_not_held_up_by_the_alarm_that_went_off() {
    let mut cloud = Cloud::new();
    let errors = alarm("eu-west-1", "errors");
    let shop = |version| {
        assembly(vec![stack("Net", &template(version, "a"), &[]), stack("App", &template(version, "b"), &["Net"])])
    };
    drive(&mut cloud, 0, &mut deploy(&shop(1)));
    // It goes off while the second stack is watched.
    cloud.simulator.set_alarm(&errors, Some(Moment(100_000 + 450_000)));
    let options = guarded(&[errors]).on_failure(OnFailure::RollbackAll);
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&shop(2), options));
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.told);
    assert_eq!((end(&run, "Net"), end(&run, "App")), (End::PutBack, End::RolledBack));
    let guard = cloud.stack("net").unwrap().guard;
    assert!(guard.alarms.unwrap_or_default().is_empty() && guard.minutes.get() == 0);
}
