//! Many schedules of faults, each from a seed: what a run says is what is there.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::{Answer, Call, Page, StackRef, StackStatus};
use ce_deploy::engine::{Event, Exit, Options, Signal};
use ce_deploy::journal::Journal;
use ce_deploy::simulator::{Chance, FaultKind, Schedule};

use crate::cloud::{Cloud, settings};
use crate::drive::{Fate, Run, drive, drive_with};
use crate::shop::{assembly, deploy, deploy_with, reading, stack, template};

const SEEDS: u64 = 120;

fn shop(version: u32) -> Arc<Assembly> {
    assembly(vec![
        stack("Net", &template(version, &format!("v{version}")), &[]),
        stack("App", &reading("net"), &["Net"]),
        stack("Data", &template(version, "d"), &["Net"]),
        stack("Logs", &template(version, "l"), &[]),
    ])
}

/// Whether a stack is what the assembly says.
fn is_as_wanted(cloud: &mut Cloud, assembly: &Assembly, id: &StackId) -> bool {
    let stack = assembly.stack(id).expect("a stack of the assembly");
    let settled = cloud.status(&stack.name).is_some_and(StackStatus::is_success);
    let template = cloud.other(Call::GetTemplate { stack: StackRef::name(&stack.name), change_set: None });
    let template = matches!(template, Ok(Answer::Template(template)) if template == *stack.template);
    settled && template && (stack.name != "app" || cloud.output("app") == "v2")
}

/// Exit 0 exactly when everything is as the assembly says.
fn check(cloud: &mut Cloud, assembly: &Assembly, run: &Run, seed: u64) {
    cloud.simulator.heal();
    let outcome = run.outcome();
    let all = assembly.stacks.iter().all(|stack| is_as_wanted(cloud, assembly, &stack.id));
    if outcome.exit == Exit::Done {
        assert!(all, "seed {seed}: it says done and is not: {outcome:?}");
    }
    let mut executed = BTreeSet::new();
    for (_, call) in &cloud.calls {
        if let Call::ExecuteChangeSet { change_set, token, .. } = call {
            executed.insert((change_set.clone(), token.clone()));
        }
    }
    let sets: BTreeSet<_> = executed.iter().map(|(change_set, _)| change_set.clone()).collect();
    assert_eq!(sets.len(), executed.len(), "seed {seed}: a change set was executed under two tokens");
}

fn nothing_is_left(cloud: &mut Cloud, assembly: &Assembly, seed: u64) {
    for stack in &assembly.stacks {
        assert_ne!(cloud.status(&stack.name), Some(StackStatus::ReviewInProgress), "seed {seed}: {}", stack.name);
        let list = Call::ListChangeSets { stack: StackRef::name(&stack.name), page: Page::first() };
        if let Ok(Answer::ChangeSets(all, _)) = cloud.other(list) {
            let ours: Vec<_> = all
                .iter()
                .filter(|(_, name, state)| {
                    name.starts_with("ce-") && *state == ce_deploy::cloud::ExecutionState::Available
                })
                .collect();
            assert!(ours.is_empty(), "seed {seed}: {}: {ours:?}", stack.name);
        }
    }
}

fn is_of_service(kind: FaultKind) -> bool {
    !matches!(kind.chance(), Chance::Await | Chance::Write) && !kind.name().starts_with("Other")
}

/// After the faults are over, a second run makes it good, or says that somebody must repair a stack.
fn one(seed: u64, from_nothing: bool) {
    let mut cloud = Cloud::with(settings().seed(seed));
    let mut start = 0;
    if !from_nothing {
        assert_eq!(drive(&mut cloud, 0, &mut deploy(&shop(1))).outcome().exit, Exit::Done);
        start = 1_000_000;
    }
    let wanted = shop(2);
    let kinds: Vec<FaultKind> = FaultKind::all().filter(|kind| is_of_service(*kind)).collect();
    let schedule = Schedule::of(seed, &kinds, 6);
    cloud.simulator.add_faults(&schedule.faults);
    let killed_after = seed.is_multiple_of(3).then_some(usize::try_from(seed % 97).expect("it is small"));
    let events = if seed.is_multiple_of(5) {
        vec![(seed * 37 % 9_000, Event::Interrupted(Signal::Interrupt))]
    } else {
        Vec::new()
    };
    let fate = Fate { killed_after, events, ..Fate::default() };
    let first = drive_with(&mut cloud, start, &mut deploy_with(&wanted, Options::default().seed(seed)), fate);
    if first.outcome.is_some() {
        check(&mut cloud, &wanted, &first, seed);
    }
    cloud.simulator.heal();
    let journal = Journal::read(&first.journal);
    let again = start + if killed_after.is_some() { 5_000 } else { 20_000_000 };
    let second = drive(&mut cloud, again, &mut deploy_with(&wanted, Options::default().journal(journal.clone())));
    check(&mut cloud, &wanted, &second, seed);
    let mut last = second;
    if last.outcome().exit != Exit::Done {
        // What failed while it was attached to is tried again.
        last = drive(&mut cloud, again + 40_000_000, &mut deploy_with(&wanted, Options::default().journal(journal)));
        check(&mut cloud, &wanted, &last, seed);
    }
    let stuck = wanted
        .stacks
        .iter()
        .any(|stack| cloud.status(&stack.name).is_some_and(|status| status.needs_repair() || status.is_in_progress()));
    if !stuck {
        let outcome = last.outcome();
        assert_eq!(outcome.exit, Exit::Done, "seed {seed}: {:#?} {:?}", outcome.problems, schedule.faults);
        nothing_is_left(&mut cloud, &wanted, seed);
    }
}

#[test]
fn what_is_changed_under_faults_is_made_good() {
    (0..SEEDS).for_each(|seed| one(seed, false));
}

#[test]
fn what_is_made_under_faults_is_made_good() {
    (0..SEEDS).for_each(|seed| one(seed, true));
}

/// Whatever others do meanwhile, a run ends and does not say that something is done that is not.
#[test]
fn what_others_do_is_not_taken_for_ours() {
    let kinds: Vec<FaultKind> =
        FaultKind::all().filter(|kind| !matches!(kind.chance(), Chance::Await | Chance::Write)).collect();
    for seed in 0..SEEDS {
        let mut cloud = Cloud::with(settings().seed(seed));
        assert_eq!(drive(&mut cloud, 0, &mut deploy(&shop(1))).outcome().exit, Exit::Done);
        cloud.simulator.add_faults(&Schedule::of(seed, &kinds, 8).faults);
        let run = drive(&mut cloud, 1_000_000, &mut deploy_with(&shop(2), Options::default().seed(seed)));
        check(&mut cloud, &shop(2), &run, seed);
    }
}
