//! Runs that die, and the runs after them.

use ce_deploy::cloud::{Answer, Call, Failure, StackStatus};
use ce_deploy::engine::{Exit, Options};
use ce_deploy::journal::Journal;

use crate::cloud::Cloud;
use crate::drive::{Fate, drive, drive_with};
use crate::shop::{assembly, deploy, deploy_with, reading, stack, template};

fn shop(version: u32) -> std::sync::Arc<ce_deploy::assembly::Assembly> {
    assembly(vec![
        stack("Net", &template(version, &format!("v{version}")), &[]),
        stack("App", &reading("net"), &["Net"]),
        stack("Data", &template(version, "d"), &[]),
    ])
}

/// Killed after any step, with or without its journal, the next run ends as the first would have.
#[test]
fn a_run_killed_anywhere_is_finished_by_the_next() {
    for with_journal in [true, false] {
        for killed_after in 1..80 {
            let mut cloud = Cloud::new();
            drive(&mut cloud, 0, &mut deploy(&shop(1)));
            let fate = Fate { killed_after: Some(killed_after), ..Fate::default() };
            let first = drive_with(&mut cloud, 100_000, &mut deploy(&shop(2)), fate);
            let journal = if with_journal { Journal::read(&first.journal) } else { Journal::default() };
            let options = Options::default().journal(journal);
            let run = drive(&mut cloud, 100_000 + 40 * killed_after as u64, &mut deploy_with(&shop(2), options));
            assert_eq!(run.outcome().exit, Exit::Done, "killed after {killed_after}: {:?}", run.told);
            assert_eq!(cloud.output("app"), "v2", "killed after {killed_after}");
            let mut executed: Vec<String> = cloud.calls.iter().filter_map(executed).collect();
            executed.sort();
            let all = executed.len();
            executed.dedup();
            assert_eq!(executed.len(), all, "a change set was executed twice");
        }
    }
}

fn executed((_, call): &(u64, Call)) -> Option<String> {
    match call {
        Call::ExecuteChangeSet { change_set, .. } => Some(change_set.clone()),
        _ => None,
    }
}

#[test]
fn an_operation_of_somebody_else_is_not_disturbed() {
    let mut cloud = Cloud::new();
    let net = |version| assembly(vec![stack("Net", &template(version, "a"), &[])]);
    drive(&mut cloud, 0, &mut deploy(&net(1)));
    cloud.somebody_updates("net", &lasting(600));
    let before = cloud.count(Call::changes_something);
    let run = drive(&mut cloud, 10_000, &mut deploy(&net(3)));
    assert_eq!(run.outcome().exit, Exit::Stale);
    assert_eq!(cloud.count(Call::changes_something), before);
    assert!(run.took < 1_000, "two sources say so: {} ms", run.took);
}

#[test]
fn a_stack_that_takes_no_update_is_refused_at_once() {
    let mut cloud = Cloud::new();
    let net = |text: &str| assembly(vec![stack("Net", text, &[])]);
    let stuck = |fail: &str| {
        let behaviour = format!(r#""Metadata":{{"ce:simulate":{{"fail":[{fail}]}}}}"#);
        let one = format!(r#""One":{{"Type":"AWS::SQS::Queue","Properties":{{"DelaySeconds":2}},{behaviour}}}"#);
        let two =
            r#""Two":{"Type":"AWS::SQS::Queue","DependsOn":"One","Metadata":{"ce:simulate":{"fail":["create"]}}}"#;
        format!(r#"{{"Resources":{{{one},{two}}}}}"#)
    };
    let before =
        r#"{"Resources":{"One":{"Type":"AWS::SQS::Queue","Metadata":{"ce:simulate":{"fail":["roll-back"]}}}}}"#;
    drive(&mut cloud, 0, &mut deploy(&net(before)));
    drive(&mut cloud, 100_000, &mut deploy(&net(&stuck(r#""roll-back""#))));
    assert_eq!(cloud.status("net"), Some(StackStatus::UpdateRollbackFailed));
    let run = drive(&mut cloud, 900_000, &mut deploy(&net(&template(3, "a"))));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    assert!(run.took < 1_000, "two sources say so: {} ms", run.took);
    // Where nobody may read events, one source is not enough.
    cloud.fault = Box::new(|call, _| {
        let events = matches!(call, Call::DescribeStackEvents { .. });
        events.then(|| Failure::answered("AccessDenied", "Access Denied"))
    });
    let run = drive(&mut cloud, 1_900_000, &mut deploy(&net(&template(3, "a"))));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    assert!(run.took > 60_000, "{} ms", run.took);
}

#[test]
fn an_operation_of_somebody_else_that_an_old_answer_shows_is_not_believed() {
    let mut cloud = Cloud::new();
    let net = |version| assembly(vec![stack("Net", &template(version, "a"), &[])]);
    drive(&mut cloud, 0, &mut deploy(&net(1)));
    cloud.somebody_updates("net", &lasting(40));
    let mut old = 3;
    cloud.way = Box::new(move |call, _, answer| match (call, answer) {
        (Call::DescribeStacks { .. }, Ok(Answer::Stacks(mut stacks, next))) if old > 0 => {
            old -= 1;
            stacks.iter_mut().for_each(|stack| stack.status = StackStatus::UpdateInProgress);
            Ok(Answer::Stacks(stacks, next))
        }
        (_, answer) => answer,
    });
    let run = drive(&mut cloud, 60_000, &mut deploy(&net(3)));
    assert_eq!(run.outcome().exit, Exit::Done, "its events say that it is over: {:?}", run.outcome().problems);
}

/// Without a journal, an old answer may show an operation of ours that ended before somebody else changed the stack.
#[test]
fn an_operation_that_ended_long_ago_is_not_waited_for() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop(1)));
    let first = cloud.stack("data").unwrap().change_set;
    drive(&mut cloud, 100_000, &mut deploy(&shop(2)));
    let mut old = 1;
    cloud.way = Box::new(move |call, _, answer| match (call, answer) {
        (Call::DescribeStacks { .. }, Ok(Answer::Stacks(mut stacks, next))) if old > 0 => {
            old -= 1;
            for stack in stacks.iter_mut().filter(|stack| stack.name == "data") {
                stack.status = StackStatus::CreateInProgress;
                stack.change_set.clone_from(&first);
            }
            Ok(Answer::Stacks(stacks, next))
        }
        (_, answer) => answer,
    });
    let run = drive(&mut cloud, 200_000, &mut deploy(&shop(1)));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.output("app"), "v1");
}

/// A template whose resource takes so many seconds.
fn lasting(seconds: u32) -> String {
    let metadata = format!(r#""Metadata":{{"ce:simulate":{{"seconds":{seconds}}}}}"#);
    format!(r#"{{"Resources":{{"Thing":{{"Type":"AWS::SQS::Queue",{metadata},"Properties":{{"DelaySeconds":2}}}}}}}}"#)
}

/// Emulators do not say which change set was executed last; the run after another does not wait for them to.
#[test]
fn a_service_that_names_no_change_set_is_believed() {
    let mut cloud = Cloud::new();
    cloud.way = Box::new(|_, _, answer| match answer {
        Ok(Answer::Stacks(mut stacks, rest)) => {
            stacks.iter_mut().for_each(|stack| stack.change_set = None);
            Ok(Answer::Stacks(stacks, rest))
        }
        answer => answer,
    });
    let first = drive(&mut cloud, 0, &mut deploy(&shop(1)));
    assert_eq!(first.outcome().exit, Exit::Done, "{:?}", first.told);
    let options = Options::default().journal(Journal::read(&first.journal));
    let second = drive(&mut cloud, first.took + 1_000, &mut deploy_with(&shop(1), options));
    assert_eq!(second.outcome().exit, Exit::Done, "{:?}", second.told);
    assert!(second.took < 5_000, "it took {} ms", second.took);
}
