//! Plans: made, read, approved, applied, refused.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Origin, StackId};
use ce_deploy::cloud::{Answer, Call};
use ce_deploy::engine::{Deployment, End, Exit, Judge, Options};
use ce_deploy::plan::{Approval, Plan, Step};
use ce_deploy::risk::{Consent, Gravity, Risk, RiskClass};

use crate::cloud::Cloud;
use crate::drive::{Fate, Run, drive, drive_with};
use crate::shop::{assembly, deploy, failing, nothing_is_risky, stack, template};

fn shop(version: u32) -> Arc<Assembly> {
    assembly(vec![stack("Net", &template(version, "a"), &[]), stack("App", &template(version, "b"), &["Net"])])
}

fn plan(cloud: &mut Cloud, start: u64, assembly: &Arc<Assembly>) -> Plan {
    let mut planning = Deployment::plan(assembly.clone(), nothing_is_risky(), Options::default());
    let run = drive(cloud, start, &mut planning);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    *run.outcome().plan.clone().expect("a plan")
}

fn apply(cloud: &mut Cloud, start: u64, assembly: &Arc<Assembly>, plan: Plan) -> Run {
    drive(cloud, start, &mut Deployment::apply(assembly.clone(), nothing_is_risky(), plan, Options::default()))
}

#[test]
fn a_plan_is_read_back_and_applied() {
    let mut cloud = Cloud::new();
    let plan = plan(&mut cloud, 0, &shop(1));
    assert!(matches!(plan.stacks[0].step, Step::Create(_)));
    assert_eq!(cloud.count(|call| matches!(call, Call::ExecuteChangeSet { .. })), 0);
    let read = Plan::read(&plan.to_json()).unwrap();
    assert_eq!(read, plan);
    let run = apply(&mut cloud, 60_000, &shop(1), read);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(run.outcome().stacks[&StackId::new("App")].end, End::Changed);
}

#[test]
fn a_plan_that_was_touched_is_refused() {
    let mut cloud = Cloud::new();
    let text = plan(&mut cloud, 0, &shop(1)).to_json();
    assert!(Plan::read(&text.replace("\"net\"", "\"nat\"")).is_err());
    assert!(Plan::read(&text.replace("\"version\": 1", "\"version\": 2")).is_err());
    assert!(Plan::read(&text.replace("\"expires\": ", "\"expires\": 9")).is_err());
}

#[test]
fn what_is_stale_is_refused() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop(1)));
    let stale = plan(&mut cloud, 50_000, &shop(2));
    drive(&mut cloud, 100_000, &mut deploy(&shop(3)));
    let run = apply(&mut cloud, 150_000, &shop(2), stale.clone());
    assert_eq!(run.outcome().exit, Exit::Stale);
    assert_eq!(apply(&mut cloud, 150_000, &shop(3), stale.clone()).outcome().exit, Exit::Stale, "another assembly");
    let late = 50_000 + 25 * 3_600_000;
    assert_eq!(apply(&mut cloud, late, &shop(2), stale).outcome().exit, Exit::Stale, "too old");
}

#[test]
fn a_change_set_that_became_another_is_not_executed() {
    let mut cloud = Cloud::new();
    let plan = plan(&mut cloud, 0, &shop(1));
    cloud.way = Box::new(|call, _, answer| match call {
        Call::GetTemplate { change_set: Some(_), .. } => Ok(Answer::Template(failing())),
        _ => answer,
    });
    let run = apply(&mut cloud, 60_000, &shop(1), plan);
    assert_eq!(run.outcome().exit, Exit::Stale);
    assert_eq!(cloud.count(|call| matches!(call, Call::ExecuteChangeSet { .. })), 0);
}

fn risky() -> Judge {
    Judge::new(|case| {
        vec![Risk {
            class: RiskClass::DataLoss,
            rule: "test".into(),
            stack: case.stack.id.clone(),
            logical_id: "Thing".into(),
            type_name: "AWS::Test::Thing".into(),
            origin: Origin::default(),
            what: "it goes".into(),
            causes: Vec::new(),
            consent: Consent::Destroy,
            gravity: Gravity::default(),
        }]
    })
}

#[test]
fn without_consent_nothing_is_changed_and_nothing_stays() {
    let mut cloud = Cloud::new();
    let one = assembly(vec![stack("Net", &template(1, "a"), &[])]);
    let mut declined = Deployment::deploy(one.clone(), risky(), Options::default());
    let run = drive(&mut cloud, 0, &mut declined);
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded);
    assert_eq!(run.asked.len(), 1);
    assert_eq!(cloud.status("net"), None, "its change set and the empty stack are deleted");
    let mut approved = Deployment::deploy(one, risky(), Options::default());
    let fate = Fate { approval: Some(Approval::default().destroy("Net.Thing")), ..Fate::default() };
    let run = drive_with(&mut cloud, 60_000, &mut approved, fate);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(
        cloud.count(|call| matches!(call, Call::GetTemplate { .. })),
        3,
        "compared before and after the question"
    );
}

#[test]
fn plans_are_the_same_bytes() {
    let text = || plan(&mut Cloud::new(), 0, &shop(1)).to_json();
    assert_eq!(text(), text());
    insta::assert_snapshot!(text());
}
