//! Failures, of stacks and of calls.

use ce_deploy::assembly::{Origin, StackId};
use ce_deploy::cloud::{Call, Failure, Secret};
use ce_deploy::engine::{End, Exit, OnFailure, Options, Progress, Span};
use ce_deploy::simulator::ServiceTimes;

use crate::cloud::{Cloud, settings};
use crate::drive::drive;
use crate::shop::{assembly, deploy, deploy_with, failing, stack, template};

#[test]
fn a_failure_leaves_out_only_what_needs_it() {
    let mut cloud = Cloud::new();
    let mut bad = stack("Bad", &failing(), &[]);
    let origin = Origin { path: "Bad/Fails".into(), source: Some("src/main.rs:7:3".into()) };
    bad.origins.insert("Fails".into(), origin);
    let shop = assembly(vec![
        bad,
        stack("Good", &template(1, "a"), &[]),
        stack("After", &template(1, "a"), &["Bad"]),
        stack("Far", &template(1, "a"), &["After"]),
    ]);
    let run = drive(&mut cloud, 0, &mut deploy(&shop));
    let outcome = run.outcome();
    let end = |id: &str| outcome.stacks[&StackId::new(id)].end.clone();
    assert_eq!(end("Bad"), End::RolledBack);
    assert_eq!(end("Good"), End::Changed);
    assert_eq!(end("After"), End::Skipped(StackId::new("Bad")));
    assert_eq!(end("Far"), End::Skipped(StackId::new("Bad")));
    assert_eq!(outcome.exit, Exit::NeedsRepair, "some were done");
    assert!(outcome.problems[0].message.contains("`Fails` (src/main.rs:7:3): it was made to fail"), "{outcome:?}");
    let diagnoses = run.told.iter().filter(|told| matches!(told, Progress::Diagnosis { .. })).count();
    assert_eq!(diagnoses, 1);
}

/// Whatever is asked when the credentials end, what to do about it is said.
#[test]
fn credentials_that_end_in_the_middle_are_said_to_be_renewed() {
    for nth in 0..14 {
        let mut cloud = Cloud::new();
        let shop = assembly(vec![stack("Net", &template(1, "a"), &[]), stack("App", &template(1, "b"), &["Net"])]);
        cloud.fault = Box::new(move |_, number| {
            let words = "The security token included in the request is expired";
            (number >= nth).then(|| Failure::answered("ExpiredToken", words))
        });
        let mut deployment = deploy_with(&shop, Options::default().timeout(Span::seconds(600)));
        let run = drive(&mut cloud, 0, &mut deployment);
        let problems = &run.outcome().problems;
        assert!(!problems.is_empty(), "after {nth} calls");
        assert!(problems.iter().all(|problem| problem.help.is_some()), "after {nth} calls: {problems:?}");
    }
}

#[test]
fn a_parameter_without_a_value_is_said_before_anything_is_changed() {
    let mut cloud = Cloud::new();
    let asks = r#"{"Parameters": {"Zone": {"Type": "String"}, "Name": {"Type": "String", "Default": "shop"}},
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "Zone"}}}}}"#;
    let shop = || assembly(vec![stack("Net", &template(1, "a"), &[]), stack("Web", asks, &["Net"])]);
    let run = drive(&mut cloud, 0, &mut deploy(&shop()));
    assert_eq!(run.outcome().exit, Exit::Refused);
    let problems = &run.outcome().problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].message, "parameter `Zone` of stack `Web` has no value");
    assert_eq!(cloud.count(Call::changes_something), 0);

    let options = Options::default().parameter(&StackId::new("Web"), "Zone", Secret::new("north"));
    assert_eq!(drive(&mut cloud, 10_000, &mut deploy_with(&shop(), options)).outcome().exit, Exit::Done);
    let again = drive(&mut cloud, 50_000, &mut deploy(&shop()));
    assert_eq!(again.outcome().exit, Exit::Done, "the service keeps the value");
}

#[test]
fn alone_it_is_rolled_back() {
    let mut cloud = Cloud::new();
    let good = assembly(vec![stack("Net", &template(1, "a"), &[])]);
    drive(&mut cloud, 0, &mut deploy(&good));
    let bad = assembly(vec![stack("Net", &failing(), &[])]);
    let run = drive(&mut cloud, 50_000, &mut deploy(&bad));
    assert_eq!(run.outcome().exit, Exit::RolledBack);
    let events: Vec<_> = run.told.iter().filter(|told| matches!(told, Progress::Resource { .. })).collect();
    let failed =
        |told: &&&Progress| matches!(told, Progress::Resource { event, .. } if event.status == "CREATE_FAILED");
    assert_eq!(events.iter().filter(failed).count(), 1);
    assert!((1..events.len()).all(|at| !events[..at].contains(&events[at])), "each event once: {events:?}");
}

#[test]
fn what_a_failed_creation_left_is_made_anew() {
    let mut cloud = Cloud::new();
    let bad = assembly(vec![stack("Net", &failing(), &[])]);
    assert_eq!(drive(&mut cloud, 0, &mut deploy(&bad)).outcome().exit, Exit::RolledBack);
    let good = assembly(vec![stack("Net", &template(1, "a"), &[])]);
    let run = drive(&mut cloud, 50_000, &mut deploy(&good));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.count(|call| matches!(call, Call::DeleteStack { .. })), 1);
}

#[test]
fn stopping_at_a_failure_begins_nothing_new() {
    let slow = ServiceTimes::default().of("AWS::SNS::Topic", Span::seconds(60));
    let mut cloud = Cloud::with(settings().times(slow));
    let shop = assembly(vec![
        stack("Bad", &failing(), &[]),
        stack("Good", r#"{"Resources":{"Slow":{"Type":"AWS::SNS::Topic"}}}"#, &[]),
        stack("Next", &template(1, "a"), &["Good"]),
    ]);
    let options = Options::default().on_failure(OnFailure::Stop);
    let run = drive(&mut cloud, 0, &mut deploy_with(&shop, options));
    let end = |id: &str| run.outcome().stacks[&StackId::new(id)].end.clone();
    assert_eq!((end("Good"), end("Next")), (End::Changed, End::NotBegun), "what goes on is seen through");
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
}

#[test]
fn a_lost_answer_to_the_execution_is_a_success() {
    let mut cloud = Cloud::new();
    let mut lost = false;
    cloud.way = Box::new(move |call, _, answer| {
        let first = matches!(call, Call::ExecuteChangeSet { .. }) && !std::mem::replace(&mut lost, true);
        if first { Err(Failure::no_answer("reset by peer")) } else { answer }
    });
    let shop = assembly(vec![stack("Net", &template(1, "a"), &[])]);
    let run = drive(&mut cloud, 0, &mut deploy(&shop));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.count(|call| matches!(call, Call::ExecuteChangeSet { .. })), 2);
}

#[test]
fn every_answer_may_be_lost_once() {
    for number in 0..14 {
        let mut cloud = Cloud::new();
        let first = assembly(vec![stack("A", &template(1, "a"), &[]), stack("B", &template(1, "b"), &["A"])]);
        cloud.way = Box::new(
            move |_, count, answer| {
                if count == number { Err(Failure::no_answer("reset by peer")) } else { answer }
            },
        );
        let run = drive(&mut cloud, 0, &mut deploy(&first));
        assert_eq!(run.outcome().exit, Exit::Done, "call {number}: {:?}", run.told);
    }
}

#[test]
fn old_answers_decide_nothing() {
    for stale in [5_000, 30_000, 60_000] {
        let mut cloud = Cloud::with(settings().read_lag(Span(stale)).event_lag(Span(stale)));
        let first = assembly(vec![stack("Net", &template(1, "a"), &[]), stack("Data", &template(1, "a"), &[])]);
        assert_eq!(drive(&mut cloud, 0, &mut deploy(&first)).outcome().exit, Exit::Done);
        let second = assembly(vec![stack("Net", &template(2, "a"), &[]), stack("Data", &failing(), &[])]);
        let run = drive(&mut cloud, 900_000, &mut deploy(&second));
        let end = |id: &str| run.outcome().stacks[&StackId::new(id)].end.clone();
        assert_eq!((end("Net"), end("Data")), (End::Changed, End::RolledBack), "{stale} ms old");
    }
}

#[test]
fn events_that_cannot_be_read_change_nothing() {
    let mut cloud = Cloud::new();
    cloud.fault = Box::new(|call, _| {
        matches!(call, Call::DescribeStackEvents { .. }).then(|| Failure::answered("Throttling", "Rate exceeded"))
    });
    let shop = assembly(vec![stack("Net", &template(1, "a"), &[])]);
    let run = drive(&mut cloud, 0, &mut deploy(&shop));
    assert_eq!(run.outcome().exit, Exit::Done);
    assert!(run.took < 10_000, "{} ms", run.took);
}

#[test]
fn another_account_is_refused_before_anything_is_asked() {
    let mut cloud = Cloud::new();
    let mut other = stack("Net", &template(1, "a"), &[]);
    other.target.role = Some("arn:aws:iam::222222222222:role/deploy".into());
    let shop = assembly(vec![other]);
    cloud.fault = Box::new(|_, _| Some(Failure::answered("AccessDenied", "no")));
    let run = drive(&mut cloud, 0, &mut deploy(&shop));
    assert_eq!(run.outcome().exit, Exit::NotAllowed);
    assert_eq!(cloud.calls.len(), 1);
}

/// The state of a stack shows before the events that led to it.
#[test]
fn the_cause_is_told_though_events_are_late() {
    let mut cloud = Cloud::with(settings().event_lag(Span::seconds(6)));
    let run = drive(&mut cloud, 0, &mut deploy(&assembly(vec![stack("Bad", &failing(), &[])])));
    assert!(run.outcome().problems[0].message.contains("it was made to fail"), "{:?}", run.outcome().problems);
}
