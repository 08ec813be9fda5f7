//! Ctrl-C, termination, deadlines.

use ce_deploy::assembly::StackId;
use ce_deploy::cloud::{Call, StackStatus};
use ce_deploy::engine::{End, Event, Exit, Options, Progress, Signal, Span, Stop};

use crate::cloud::{Cloud, settings};
use crate::drive::{Fate, drive, drive_with};
use ce_deploy::simulator::ServiceTimes;

use crate::shop::{assembly, deploy, deploy_with, stack, template};

fn two() -> std::sync::Arc<ce_deploy::assembly::Assembly> {
    assembly(vec![stack("A", &template(1, "a"), &[]), stack("B", &template(1, "b"), &["A"])])
}

fn after(events: Vec<(u64, Event)>) -> Fate {
    Fate { events, ..Fate::default() }
}

#[test]
fn the_first_begins_nothing_new_and_waits() {
    let mut cloud = Cloud::new();
    let fate = after(vec![(3_000, Event::Interrupted(Signal::Interrupt))]);
    let run = drive_with(&mut cloud, 0, &mut deploy(&two()), fate);
    assert!(run.told.iter().any(|told| matches!(told, Progress::Stopping { .. })));
    assert_eq!(run.outcome().stacks[&StackId::new("A")].end, End::Changed);
    assert_eq!(run.outcome().stacks[&StackId::new("B")].end, End::NotBegun);
    assert_eq!(run.outcome().exit, Exit::NeedsRepair, "a part is done");
    assert_eq!(cloud.status("b"), None, "what was not executed is deleted");
}

#[test]
fn the_second_leaves_it_running() {
    let mut cloud = Cloud::new();
    let interrupt = Event::Interrupted(Signal::Interrupt);
    let fate = after(vec![(3_000, interrupt.clone()), (3_100, interrupt)]);
    let run = drive_with(&mut cloud, 0, &mut deploy(&two()), fate);
    assert_eq!(run.outcome().stacks[&StackId::new("A")].end, End::Detached);
    assert_eq!(run.outcome().exit, Exit::Detached);
    assert_eq!(run.took, 3_100);
}

#[test]
fn before_anything_is_begun_nothing_stays() {
    let mut cloud = Cloud::new();
    let fate = after(vec![(500, Event::Interrupted(Signal::Interrupt))]);
    let run = drive_with(&mut cloud, 0, &mut deploy(&two()), fate);
    assert_eq!(run.outcome().exit, Exit::Interrupted);
    assert_eq!((cloud.status("a"), cloud.status("b")), (None, None));
    assert_eq!(cloud.count(|call| matches!(call, Call::ExecuteChangeSet { .. })), 0);
}

#[test]
fn an_update_is_put_back_when_asked() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&assembly(vec![stack("A", &template(1, "a"), &[])])));
    let fate = after(vec![(3_000, Event::Interrupted(Signal::Interrupt)), (3_100, Event::Chosen(Stop::Cancel))]);
    let second = assembly(vec![stack("A", &template(2, "a"), &[])]);
    let run = drive_with(&mut cloud, 60_000, &mut deploy(&second), fate);
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.told);
    assert_eq!(cloud.status("a"), Some(StackStatus::UpdateRollbackComplete));
}

#[test]
fn a_deadline_leaves_it_running() {
    let mut cloud = Cloud::with(settings().times(ServiceTimes::default().resource(Span::seconds(3_600))));
    let options = Options::default().timeout(Span::seconds(60));
    let run = drive(&mut cloud, 0, &mut deploy_with(&two(), options));
    assert_eq!(run.outcome().exit, Exit::Detached);
    let beats = run.told.iter().filter(|told| matches!(told, Progress::Heartbeat { .. })).count();
    assert!(beats >= 4, "somebody hears from us every ten seconds: {beats}");
}
