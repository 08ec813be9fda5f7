//! A plan that is made in one run and applied in another, whatever comes in between.

use std::collections::BTreeSet;

use ce_cfn::SCHEMAS;
use ce_deploy::engine::{Exit, Judge};
use ce_deploy::simulator::play::{Command, Played, Scenario};
use ce_deploy::simulator::{Fault, FaultKind};

use crate::apps::app;
use crate::campaign::{everything, is_thorough};

/// One stack, several that read of each other, and stacks of which resources are replaced.
const APPS: [u64; 3] = [18, 0, 12];

fn scenario(seed: u64, versions: usize) -> Scenario {
    let app = app(seed, versions);
    let scenario = Scenario::new(app.versions, Judge::new(|_| vec![])).agree_to(everything()).by_plan();
    app.files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text))
}

/// What was told to do, and how it ended, run by run.
fn ends(played: &Played) -> Vec<(Command, Option<Exit>)> {
    played.runs.iter().map(|run| (run.command, run.outcome.as_ref().map(|outcome| outcome.exit))).collect()
}

#[test]
fn what_is_planned_is_applied() {
    for seed in APPS {
        let played = scenario(seed, 2).play(&SCHEMAS);
        assert_eq!(played.breaches(), [], "app {seed}");
        let one = [(Command::Plan, Some(Exit::Done)), (Command::Apply, Some(Exit::Done))];
        assert_eq!(ends(&played), [one, one].concat(), "app {seed}");
    }
}

#[test]
fn a_plan_that_others_made_old_is_refused() {
    let kinds = [
        FaultKind::OtherDeploys,
        FaultKind::OtherDeletes,
        FaultKind::OtherRecreates,
        FaultKind::OtherDropsChangeSet,
        FaultKind::OtherReplacesChangeSet,
        FaultKind::OtherExecutes,
    ];
    let mut refused = BTreeSet::new();
    for kind in kinds {
        for (seed, nth) in APPS.into_iter().flat_map(|seed| (0..40).map(move |nth| (seed, nth))) {
            let played = scenario(seed, 2).faults(vec![Fault::new(kind).nth(nth)]).play(&SCHEMAS);
            assert_eq!(played.breaches(), [], "{kind} at {nth}, app {seed}");
            if ends(&played).contains(&(Command::Apply, Some(Exit::Stale))) {
                refused.insert(kind);
            }
        }
    }
    assert!(refused.len() >= 4, "{refused:?}");
}

#[test]
fn killed_anywhere_it_is_made_good() {
    for seed in APPS {
        let expected = scenario(seed, 2).play(&SCHEMAS).essence();
        for nth in (0..600).step_by(if is_thorough() { 1 } else { 13 }) {
            let played = scenario(seed, 2).faults(vec![Fault::new(FaultKind::Kill).nth(nth)]).play(&SCHEMAS);
            assert_eq!(played.breaches(), [], "app {seed}, at {nth}");
            assert_eq!(played.essence(), expected, "app {seed}, at {nth}");
            if played.runs.iter().all(|run| run.struck.is_empty()) {
                break;
            }
        }
    }
}
