//! Create, update, no change; several stacks.

use ce_deploy::assembly::StackId;
use ce_deploy::cloud::{Call, Failure, StackStatus};
use ce_deploy::engine::{Concurrency, End, Exit, Options};

use crate::cloud::Cloud;
use crate::drive::drive;
use crate::shop::{assembly, deploy, deploy_with, stack, template};

#[test]
fn a_stack_is_made_changed_and_left_alone() {
    let mut cloud = Cloud::new();
    let first = assembly(vec![stack("Net", &template(1, "a"), &[])]);
    let run = drive(&mut cloud, 1_000, &mut deploy(&first));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(run.outcome().stacks[&StackId::new("Net")].end, End::Changed);
    assert_eq!(cloud.status("net"), Some(StackStatus::CreateComplete));
    assert!(run.took <= 5_000, "{} ms for a second and three of the service's", run.took);

    let second = assembly(vec![stack("Net", &template(2, "a"), &[])]);
    let run = drive(&mut cloud, 100_000, &mut deploy(&second));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.status("net"), Some(StackStatus::UpdateComplete));
    assert!(run.took <= 5_000, "{} ms", run.took);

    let calls = cloud.calls.len();
    let run = drive(&mut cloud, 200_000, &mut deploy(&second));
    assert_eq!(run.outcome().stacks[&StackId::new("Net")].end, End::Unchanged);
    assert_eq!(cloud.calls.len() - calls, 3, "who, what is there, its template");
    assert!(run.took <= 300, "{} ms", run.took);
}

#[test]
fn what_is_needed_comes_first_and_the_rest_at_once() {
    let mut cloud = Cloud::new();
    let shop = assembly(vec![
        stack("A", &template(1, "a"), &[]),
        stack("B", &template(1, "b"), &[]),
        stack("C", &template(1, "c"), &["A", "B"]),
    ]);
    let run = drive(&mut cloud, 0, &mut deploy(&shop));
    assert_eq!(run.outcome().exit, Exit::Done);
    let executed = cloud.executions();
    assert_eq!(executed[0], executed[1], "A and B at once");
    assert!(executed[2] >= executed[0] + 3_000, "C when both are done");
}

#[test]
fn one_at_a_time_when_asked() {
    let mut cloud = Cloud::new();
    let shop = assembly(vec![stack("A", &template(1, "a"), &[]), stack("B", &template(1, "b"), &[])]);
    let options = Options::default().concurrency(Concurrency::AtMost(1.try_into().unwrap()));
    let run = drive(&mut cloud, 0, &mut deploy_with(&shop, options));
    assert_eq!(run.outcome().exit, Exit::Done);
    let executed = cloud.executions();
    assert!(executed[1] >= executed[0] + 3_000);
}

#[test]
fn eight_stacks_keep_the_budget() {
    let mut cloud = Cloud::new();
    let stacks = (0..8).map(|number| stack(&format!("S{number}"), &template(1, "x"), &[])).collect();
    let run = drive(&mut cloud, 0, &mut deploy(&assembly(stacks)));
    assert_eq!(run.outcome().exit, Exit::Done);
    assert!(run.took <= 6_000, "{} ms", run.took);
    assert!(cloud.calls.len() <= 90, "{} calls", cloud.calls.len());
    let polls: Vec<u64> = cloud
        .calls
        .iter()
        .skip_while(|(_, call)| !matches!(call, Call::ExecuteChangeSet { .. }))
        .filter(|(_, call)| !call.changes_something())
        .map(|(at, _)| *at)
        .collect();
    assert!(polls.windows(3).all(|three| three[2] - three[0] >= 980), "two looks a second: {polls:?}");
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let run = |seed| {
        let mut cloud = Cloud::new();
        let shop = assembly(vec![stack("A", &template(1, "a"), &[]), stack("B", &template(1, "b"), &["A"])]);
        let run = drive(&mut cloud, 0, &mut deploy_with(&shop, Options::default().seed(seed)));
        format!("{:?} {:?} {}", cloud.calls, run.told, run.journal)
    };
    assert_eq!(run(7), run(7));
}

#[test]
fn a_place_that_takes_two_calls_a_second_is_not_overrun() {
    // Of so many calls one may be refused; a place that takes ten at first shows its limit late.
    for (burst, per_second, one_of) in [(2, 2, 20), (4, 4, 20), (10, 2, 12)] {
        let mut cloud = Cloud::new();
        let (mut hand, mut last) = (burst * 1_000, 0);
        let refused = std::rc::Rc::new(std::cell::Cell::new(0));
        let count = refused.clone();
        let clock = cloud.clock.clone();
        cloud.fault = Box::new(move |_, _| {
            let now = clock.get();
            hand = (hand + (now - last) * per_second).min(burst * 1_000);
            last = now;
            if hand >= 1_000 {
                hand -= 1_000;
                return None;
            }
            count.set(count.get() + 1);
            Some(Failure::answered("Throttling", "Rate exceeded"))
        });
        let stacks = (0..8).map(|number| stack(&format!("S{number}"), &template(1, "x"), &[])).collect();
        let run = drive(&mut cloud, 0, &mut deploy(&assembly(stacks)));
        assert_eq!(run.outcome().exit, Exit::Done);
        let (refused, calls) = (refused.get(), cloud.calls.len());
        assert!(run.took <= 45_000, "{} ms", run.took);
        assert!(refused * one_of <= calls, "{refused} of {calls} calls refused at {per_second} a second");
    }
}
