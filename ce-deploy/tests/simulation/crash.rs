//! Killed or interrupted at every moment, then begun again: it comes to what the undisturbed run comes to.

use ce_cfn::SCHEMAS;
use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{Exit, Judge};
use ce_deploy::simulator::play::{Played, Scenario};
use ce_deploy::simulator::{Fault, FaultKind};

use crate::apps::app;
use crate::campaign::{everything, is_thorough};

/// What is deployed: by name, the seed of the app and how many versions of it come one after another.
const CANONICAL: [(&str, u64, usize); 5] = [
    ("one stack is made", 18, 1),
    ("several stacks are made, one reads of another", 0, 1),
    ("stacks with nested ones are made", 1, 1),
    ("several stacks are changed", 3, 2),
    ("resources are replaced and removed", 12, 3),
];

/// More moments than any of them has.
const MOMENTS: u32 = 600;

fn scenario(seed: u64, versions: usize) -> Scenario {
    let app = app(seed, versions);
    let scenario = Scenario::new(app.versions, Judge::new(|_| vec![])).agree_to(everything());
    app.files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text))
}

/// Plays with one fault after another, at every moment there is, until one comes too late to strike.
fn at_every_moment(kind: FaultKind, check: impl Fn(&str, u32, &Played, &[String])) {
    for (name, seed, versions) in CANONICAL {
        let undisturbed = scenario(seed, versions).play(&SCHEMAS);
        let expected = undisturbed.essence();
        assert!(undisturbed.runs.iter().all(|run| run.outcome.as_ref().is_some_and(|end| end.exit == Exit::Done)));
        // Every moment in CI; a plain run of the tests takes one in seventeen.
        for moment in (0..MOMENTS).step_by(if is_thorough() { 1 } else { 17 }) {
            let played = scenario(seed, versions).faults(vec![Fault::new(kind).nth(moment)]).play(&SCHEMAS);
            if played.runs.iter().all(|run| run.struck.is_empty()) {
                break;
            }
            assert!(moment + 17 < MOMENTS, "{name} has more moments");
            assert_eq!(played.breaches(), [], "{name}: {kind} at {moment}");
            check(name, moment, &played, &expected);
        }
    }
}

fn comes_to_the_same(name: &str, moment: u32, played: &Played, expected: &[String]) {
    assert_eq!(played.essence(), expected, "{name}, at {moment}");
    let last = played.runs.last().and_then(|run| run.outcome.as_ref());
    assert_eq!(last.map(|outcome| outcome.exit), Some(Exit::Done), "{name}, at {moment}");
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
    at_every_moment(FaultKind::Kill, comes_to_the_same);
}

#[test]
fn killed_before_anything_is_sent() {
    at_every_moment(FaultKind::KillBeforeSent, comes_to_the_same);
}

#[test]
fn interrupted_at_every_moment() {
    at_every_moment(FaultKind::Interrupt, comes_to_the_same);
}

#[test]
fn killed_with_a_torn_journal() {
    at_every_moment(FaultKind::TornJournal, comes_to_the_same);
}
