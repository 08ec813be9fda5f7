//! Calls that change something, whose answer never can be read: what they did is looked at before it is doubted.

use ce_deploy::cloud::{Answer, Call, Failure, StackStatus};
use ce_deploy::engine::{Errand, Exit, Judge, Options};
use ce_deploy::plan::Approval;

use crate::cloud::Cloud;
use crate::drive::{Fate, Run, drive, drive_with};
use crate::shop::{assembly, deploy, stack, template};

/// Every call that changes something.
fn changes(call: &Call) -> bool {
    call.changes_something()
}

/// Such calls are done, and each answer but the first few is lost in a way of its own.
fn spoil(cloud: &mut Cloud, which: fn(&Call) -> bool, good: usize) {
    let mut count = 0;
    cloud.way = Box::new(move |call, number, answer: Result<Answer, Failure>| {
        if !which(call) {
            return answer;
        }
        count += 1;
        let ways = [
            Failure::garbled("the answer is no XML"),
            Failure::no_answer("the connection broke"),
            Failure::answered("ServiceUnavailable", "Service Unavailable"),
        ];
        if count <= good { answer } else { Err(ways[number % ways.len()].clone()) }
    });
}

#[track_caller]
fn is_done(run: &Run, what: &str) {
    assert_eq!(run.outcome().exit, Exit::Done, "{what}: {:?}", run.outcome().problems);
}

fn shop(version: u32, protected: bool) -> std::sync::Arc<ce_deploy::assembly::Assembly> {
    let mut net = stack("Net", &template(version, "a"), &[]);
    net.termination_protection = Some(protected);
    assembly(vec![net, stack("App", &template(version, "b"), &["Net"])])
}

#[test]
fn stacks_are_made_changed_protected_and_deleted() {
    for good in [0, 1, 2] {
        let mut cloud = Cloud::new();
        spoil(&mut cloud, changes, good);
        is_done(&drive(&mut cloud, 0, &mut deploy(&shop(1, true))), "made");
        assert!(cloud.stack("net").unwrap().termination_protection);
        is_done(&drive(&mut cloud, 1_000_000, &mut deploy(&shop(2, false))), "changed");
        assert!(!cloud.stack("net").unwrap().termination_protection);
        let judge = Judge::new(|_| Vec::new());
        let mut destroy = Errand::destroy(shop(2, false), judge, Options::default());
        let fate = Fate { approval: Some(Approval::default()), ..Fate::default() };
        is_done(&drive_with(&mut cloud, 2_000_000, &mut destroy, fate), "deleted");
        assert_eq!(cloud.status("net"), None);
    }
}

#[test]
fn a_stack_is_recovered() {
    let mut cloud = Cloud::new();
    let net = |text: &str| assembly(vec![stack("Net", text, &[])]);
    let fails = |fail: &str| format!(r#""Metadata":{{"ce:simulate":{{"fail":[{fail}]}}}}"#);
    let one = |delay: u32| {
        let behaviour = fails(r#""roll-back""#);
        format!(r#""One":{{"Type":"AWS::SQS::Queue","Properties":{{"DelaySeconds":{delay}}},{behaviour}}}"#)
    };
    let two = format!(r#""Two":{{"Type":"AWS::SQS::Queue","DependsOn":"One",{}}}"#, fails(r#""create""#));
    drive(&mut cloud, 0, &mut deploy(&net(&format!(r#"{{"Resources":{{{}}}}}"#, one(1)))));
    let after = net(&format!(r#"{{"Resources":{{{},{two}}}}}"#, one(2)));
    drive(&mut cloud, 100_000, &mut deploy(&after));
    assert_eq!(cloud.status("net"), Some(StackStatus::UpdateRollbackFailed));
    spoil(&mut cloud, changes, 0);
    let remedies = drive(&mut cloud, 1_000_000, &mut Errand::recover(after.clone(), None, Options::default()));
    let told = format!("{:?}", remedies.outcome().stacks);
    let which = if told.contains("ContinueWithout") { 2 } else { 1 };
    let run = drive(&mut cloud, 2_000_000, &mut Errand::recover(after, Some(which), Options::default()));
    assert_eq!(cloud.status("net"), Some(StackStatus::UpdateRollbackComplete), "{told}: {:?}", run.outcome().problems);
    is_done(&run, "recovered");
}
