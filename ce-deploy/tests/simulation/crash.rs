//! Killed or interrupted at every moment, then begun again: it comes to what the undisturbed run comes to.

use std::sync::Arc;

use ce_cfn::SCHEMAS;
use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::digest::sha256;
use ce_deploy::engine::{Exit, Judge, OnFailure, Options, Outcome};
use ce_deploy::simulator::play::{Played, Scenario};
use ce_deploy::simulator::{Fault, FaultKind};
use serde_json::json;

use crate::apps::{App, app};
use crate::campaign::{everything, is_thorough, simple_judge};

/// What is deployed: by name, the seed of the app and how many versions of it come one after another.
const CANONICAL: [(&str, u64, usize); 5] = [
    ("one stack is made", 18, 1),
    ("several stacks are made, one reads of another", 0, 1),
    ("stacks with nested ones are made", 1, 1),
    ("several stacks are changed", 3, 2),
    ("resources are replaced and removed", 12, 3),
];

/// More moments than any of them has.
const MOMENTS: u32 = 1_200;

/// What fails in its second version, and is put back: by name and the seed of the app.
const PUT_BACK: [(&str, u64); 2] = [("several stacks are put back", 3), ("replaced resources are put back", 12)];

/// How one of them is told from the others in the last assembly.
const FAILS: &str = "Fails";

fn scenario(seed: u64, versions: usize) -> Scenario {
    let app = app(seed, versions);
    let scenario = Scenario::new(app.versions, simple_judge()).agree_to(everything());
    app.files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text))
}

/// The last stack of the second version fails, whatever is tried.
fn put_back(seed: u64, judge: Judge) -> Scenario {
    let App { versions, files } = app(seed, 2);
    let mut last = Assembly::clone(&versions[1]);
    let behaviour = json!({"ce:simulate": {"fail": ["create"]}});
    let template = json!({"Resources": {"Fails": {"Type": "AWS::SNS::Topic", "Metadata": behaviour}}}).to_string();
    let mut fails = last.stacks[0].clone();
    fails.id = StackId::new(FAILS);
    "fails".clone_into(&mut fails.name);
    fails.needs = last.stacks.iter().map(|stack| stack.id.clone()).collect();
    fails.template_digest = sha256(&template);
    fails.template = template.into();
    fails.parameters.clear();
    fails.nested.clear();
    fails.assets.clear();
    last.stacks.push(fails);
    last.digest = sha256(&last.digest);
    let scenario = Scenario::new(vec![Arc::clone(&versions[0]), Arc::new(last)], judge)
        .agree_to(everything())
        .options(Options::default().on_failure(OnFailure::RollbackAll))
        .may_fail();
    files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text))
}

/// Plays with one fault after another, at every moment there is, until one comes too late to strike.
fn at_every_moment(kind: FaultKind) {
    let good = CANONICAL.into_iter().map(|(name, seed, versions)| (name, scenario(seed, versions), Exit::Done));
    let bad = PUT_BACK.into_iter().map(|(name, seed)| (name, put_back(seed, simple_judge()), Exit::RolledBack));
    for (name, scenario, exit) in good.chain(bad) {
        let undisturbed = scenario.play(&SCHEMAS);
        let expected = undisturbed.essence();
        assert_eq!(last_exit(&undisturbed), Some(exit), "{name}");
        // Every moment in CI; a plain run of the tests takes one in seventeen.
        for moment in (0..MOMENTS).step_by(if is_thorough() { 1 } else { 17 }) {
            let played = scenario.clone().faults(vec![Fault::new(kind).nth(moment)]).play(&SCHEMAS);
            if played.runs.iter().all(|run| run.struck.is_empty()) {
                break;
            }
            assert!(moment + 17 < MOMENTS, "{name} has more moments");
            assert_eq!(played.breaches(), [], "{name}: {kind} at {moment}");
            if exit == Exit::RolledBack && !first_was_done(&played) {
                continue;
            }
            assert_eq!(played.essence(), expected, "{name}, at {moment}");
            assert_eq!(last_exit(&played), Some(exit), "{name}, at {moment}");
        }
    }
}

/// Who interrupts the first version has nothing that the second could be put back to.
fn first_was_done(played: &Played) -> bool {
    let first = &played.scenario.assemblies()[0];
    let done = |end: &Outcome| end.exit == Exit::Done;
    played.runs.iter().any(|run| Arc::ptr_eq(&run.assembly, first) && run.outcome.as_ref().is_some_and(done))
}

fn last_exit(played: &Played) -> Option<Exit> {
    played.runs.last().and_then(|run| run.outcome.as_ref()).map(|outcome| outcome.exit)
}

#[test]
fn what_is_put_back_is_what_was_there() {
    for (name, seed) in PUT_BACK {
        let before = scenario(seed, 1).play(&SCHEMAS).essence();
        let mut after = put_back(seed, simple_judge()).play(&SCHEMAS).essence();
        after.retain(|stack| !stack.starts_with(FAILS));
        assert!(before.len() > 1 && after.len() == before.len(), "{name}");
        assert_eq!(after, before, "{name}");
    }
}

#[test]
fn the_canonical_deployments_are_what_they_are_called() {
    let shape = |seed, versions| {
        let app = app(seed, versions);
        let last: &Assembly = app.versions.last().unwrap();
        (last.stacks.len(), last.stacks.iter().any(|stack| !stack.nested.is_empty()))
    };
    let shapes: Vec<_> = CANONICAL.into_iter().map(|(_, seed, versions)| shape(seed, versions)).collect();
    assert_eq!(shapes[0].0, 1);
    assert!(shapes[1].0 > 1 && shapes[3].0 > 1);
    assert!(shapes[2].1);
}

#[test]
fn killed_at_every_moment() {
    at_every_moment(FaultKind::Kill);
}

#[test]
fn killed_before_anything_is_sent() {
    at_every_moment(FaultKind::KillBeforeSent);
}

#[test]
fn interrupted_at_every_moment() {
    at_every_moment(FaultKind::Interrupt);
}

#[test]
fn killed_with_a_torn_journal() {
    at_every_moment(FaultKind::TornJournal);
}
