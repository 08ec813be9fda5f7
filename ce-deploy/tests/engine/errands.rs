//! What is done with stacks that are there.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::{Call, StackStatus};
use ce_deploy::engine::{Deployment, End, Errand, Event, Exit, Options, Remedy, Report, Signal};
use ce_deploy::plan::{Approval, Ask};

use crate::cloud::Cloud;
use crate::drive::{Fate, drive, drive_with};
use crate::shop::{assembly, deploy, nothing_is_risky, place, stack, template};

fn two(version: u32) -> Arc<Assembly> {
    assembly(vec![stack("A", &template(version, "a"), &[]), stack("B", &template(version, "b"), &["A"])])
}

/// A stack whose update cannot be put back.
fn stuck(cloud: &mut Cloud) -> Arc<Assembly> {
    let resource = |version: u32, fails: &str| {
        format!(
            r#"{{"Resources":{{"Thing":{{"Type":"AWS::SQS::Queue","Metadata":{{"ce:simulate":{{"fail":["roll-back"]}}}},"Properties":{{"DelaySeconds":{version}}}}}{fails}}}}}"#
        )
    };
    drive(cloud, 0, &mut deploy(&assembly(vec![stack("A", &resource(1, ""), &[])])));
    let fails =
        r#","Bad":{"Type":"AWS::SQS::Queue","DependsOn":"Thing","Metadata":{"ce:simulate":{"fail":["create"]}}}"#;
    let bad = assembly(vec![stack("A", &resource(2, fails), &[])]);
    let run = drive(cloud, 100_000, &mut deploy(&bad));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair, "{:?}", run.told);
    assert_eq!(cloud.status("a"), Some(StackStatus::UpdateRollbackFailed));
    bad
}

#[test]
fn a_deletion_asks_first_and_goes_backwards() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&two(1)));
    let destroy = || Errand::destroy(two(1), nothing_is_risky(), Options::default());
    let run = drive(&mut cloud, 100_000, &mut destroy());
    assert_eq!((run.outcome().exit, run.asked.len()), (Exit::ApprovalNeeded, 1));
    assert_eq!(cloud.count(|call| matches!(call, Call::DeleteStack { .. })), 0);
    let fate = Fate { approval: Some(Approval::default()), ..Fate::default() };
    let run = drive_with(&mut cloud, 200_000, &mut destroy(), fate);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(run.outcome().stacks[&StackId::new("A")].end, End::Deleted);
    assert_eq!((cloud.status("a"), cloud.status("b")), (None, None));
    let deleted: Vec<u64> =
        cloud.calls.iter().filter(|(_, call)| matches!(call, Call::DeleteStack { .. })).map(|(at, _)| *at).collect();
    assert!(deleted[1] > deleted[0] + 1_000, "B first: {deleted:?}");
    let run = drive(&mut cloud, 300_000, &mut destroy());
    assert_eq!(run.outcome().exit, Exit::Done, "what is not there is deleted already");
}

#[test]
fn a_protected_stack_is_not_deleted() {
    let mut cloud = Cloud::new();
    let mut protected = stack("A", &template(1, "a"), &[]);
    protected.termination_protection = Some(true);
    let shop = assembly(vec![protected]);
    assert_eq!(drive(&mut cloud, 0, &mut deploy(&shop)).outcome().exit, Exit::Done);
    assert!(cloud.stack("a").unwrap().termination_protection);
    let options = Options::default().ask(Ask::Never);
    let run = drive(&mut cloud, 100_000, &mut Errand::destroy(shop, nothing_is_risky(), options));
    assert_eq!(run.outcome().exit, Exit::Refused);
    assert_eq!(cloud.status("a"), Some(StackStatus::CreateComplete));
}

#[test]
fn what_goes_on_is_waited_for() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&two(1)));
    cloud.somebody_updates("a", &template(2, "a"));
    let run = drive(&mut cloud, 12_000, &mut Errand::attach(two(1), Options::default()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(run.outcome().stacks[&StackId::new("A")].end, End::Changed);
    assert_eq!(run.outcome().stacks[&StackId::new("B")].end, End::Unchanged);
}

#[test]
fn an_update_is_cancelled() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&two(1)));
    let fate = Fate { events: vec![(2_500, Event::Interrupted(Signal::Terminate))], ..Fate::default() };
    let run = drive_with(&mut cloud, 100_000, &mut deploy(&two(2)), fate);
    assert_eq!(run.outcome().exit, Exit::Detached);
    let only = Options::default().only([StackId::new("A")]);
    let run = drive(&mut cloud, 102_600, &mut Errand::cancel(two(2), only));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.status("a"), Some(StackStatus::UpdateRollbackComplete));
}

#[test]
fn what_can_be_done_is_told_and_done() {
    let mut cloud = Cloud::new();
    let bad = stuck(&mut cloud);
    let run = drive(&mut cloud, 200_000, &mut Errand::recover(bad.clone(), None, Options::default()));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    let Some(Report::Recovery(recovery)) = &run.outcome().stacks[&StackId::new("A")].report else { panic!() };
    let remedies: Vec<&Remedy> = recovery.remedies.iter().map(|(remedy, _)| remedy).collect();
    assert_eq!(remedies, [&Remedy::Continue, &Remedy::ContinueWithout(vec!["Thing".into()])]);
    let run = drive(&mut cloud, 300_000, &mut Errand::recover(bad, Some(2), Options::default()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.status("a"), Some(StackStatus::UpdateRollbackComplete));
}

#[test]
fn a_stuck_stack_is_not_deployed() {
    let mut cloud = Cloud::new();
    let bad = stuck(&mut cloud);
    let run = drive(&mut cloud, 200_000, &mut deploy(&bad));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    assert!(run.outcome().problems[0].help.as_ref().unwrap().contains("ce recover"));
}

#[test]
fn without_drift_all_is_well() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&two(1)));
    let run = drive(&mut cloud, 100_000, &mut Errand::drift(two(1), Options::default()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    let report = &run.outcome().stacks[&StackId::new("A")].report;
    assert_eq!(*report, Some(Report::Drift(Vec::new())));
}

#[test]
fn what_somebody_changed_is_told() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&two(1)));
    assert!(cloud.simulator.change_behind(&place(), "a", "Thing", "DelaySeconds", 9.into()));
    let run = drive(&mut cloud, 100_000, &mut Errand::drift(two(1), Options::default()));
    assert_eq!(run.outcome().exit, Exit::Drifted, "{:?}", run.told);
    let Some(Report::Drift(drifts)) = &run.outcome().stacks[&StackId::new("A")].report else { panic!() };
    assert_eq!((drifts.len(), drifts[0].logical_id.as_str()), (1, "Thing"));
    assert!(drifts[0].differences[0].path.contains("DelaySeconds"));
}

#[test]
fn a_plan_with_changes_can_say_so() {
    let mut cloud = Cloud::new();
    let options = Options::default().tell_changes(true).keep_change_sets(false);
    let run = drive(&mut cloud, 0, &mut Deployment::plan(two(1), nothing_is_risky(), options));
    assert_eq!(run.outcome().exit, Exit::ChangesPresent);
    assert_eq!((cloud.status("a"), cloud.status("b")), (None, None), "nothing stays");
}
