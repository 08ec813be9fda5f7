//! Reads that show what was a minute ago, and events that nobody may read: every deployment ends as if there were none.

use std::sync::Arc;

use ce_cfn::SCHEMAS;
use ce_deploy::engine::{Exit, Judge, Span};
use ce_deploy::simulator::play::{Played, Scenario};
use ce_deploy::simulator::{Fault, FaultKind, Settings};

use crate::apps::app;
use crate::campaign::everything;

/// One stack, several that read of each other, nested ones, and stacks of which resources are replaced.
const APPS: [u64; 4] = [18, 0, 1, 12];

fn scenario(seed: u64, versions: usize) -> Scenario {
    let app = app(seed, versions);
    let scenario = Scenario::new(app.versions, Judge::new(|_| vec![])).agree_to(everything());
    app.files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text))
}

#[track_caller]
fn is_done(played: &Played, what: &str) {
    assert_eq!(played.breaches(), [], "{what}");
    for run in &played.runs {
        let outcome = run.outcome.as_ref().unwrap();
        assert_eq!(outcome.exit, Exit::Done, "{what}: {:?}", outcome.problems);
    }
}

#[test]
fn one_old_answer_decides_nothing() {
    for kind in [FaultKind::StaleStack, FaultKind::HiddenStack] {
        for (size, times) in [(15, 1), (60, 1), (60, 6)] {
            for (seed, nth) in APPS.into_iter().flat_map(|seed| (0..14).map(move |nth| (seed, nth))) {
                let fault = Fault::new(kind).on("DescribeStacks").size(size).times(times).nth(nth);
                let played = scenario(seed, 3).faults(vec![fault]).play(&SCHEMAS);
                is_done(&played, &format!("{fault}, {size} s, app {seed}"));
            }
        }
    }
}

#[test]
fn reads_may_be_a_minute_old_all_the_time() {
    for seed in APPS {
        let settings = Settings::default().read_lag(Span::seconds(60));
        is_done(&scenario(seed, 3).settings(settings).play(&SCHEMAS), &format!("app {seed}"));
    }
}

#[test]
fn events_are_not_needed() {
    let never = Fault::new(FaultKind::Throttle).on("DescribeStackEvents").times(u32::MAX);
    for seed in APPS {
        is_done(&scenario(seed, 3).faults(vec![never]).play(&SCHEMAS), &format!("app {seed}"));
        let settings = Settings::default().read_lag(Span::seconds(60)).event_lag(Span::seconds(60));
        is_done(&scenario(seed, 2).settings(settings).faults(vec![never]).play(&SCHEMAS), &format!("late, app {seed}"));
    }
}

/// What was done and taken back within a minute shows as if nothing had been done; the journal knows better.
#[test]
fn a_change_and_back_is_not_taken_for_no_change() {
    for seed in APPS {
        let versions = app(seed, 2).versions;
        let there_and_back = vec![Arc::clone(&versions[0]), Arc::clone(&versions[1]), Arc::clone(&versions[0])];
        let files = app(seed, 2).files;
        for nth in 0..12 {
            let fault = Fault::new(FaultKind::StaleStack).on("DescribeStacks").size(60).times(3).nth(nth);
            let scenario = Scenario::new(there_and_back.clone(), Judge::new(|_| vec![])).agree_to(everything());
            let scenario = files.iter().fold(scenario, |scenario, (path, text)| scenario.file(path, Arc::clone(text)));
            is_done(&scenario.faults(vec![fault]).play(&SCHEMAS), &format!("app {seed}, at {nth}"));
        }
    }
}
