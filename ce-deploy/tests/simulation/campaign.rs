//! Many schedules of faults over many apps: what must always hold, holds.

use ce_cfn::SCHEMAS;
use ce_deploy::assembly::Origin;
use ce_deploy::cloud::{Action, Change, Mode, Replacement};
use ce_deploy::engine::{Case, Judge, OnFailure, Options, Span};
use ce_deploy::risk::{Consent, Gravity, Risk, RiskClass};
use ce_deploy::simulator::play::{Breach, Scenario};
use ce_deploy::simulator::{Dice, Fault, FaultKind, RepeatedExecution, Schedule, Settings};
use serde_json::Value;

use crate::apps::{CANARY, app};

/// Schedules that are played: few in a plain run of the tests, 20,000 in CI, and as many as one likes at night.
fn schedules() -> u64 {
    let asked = std::env::var("CE_SCHEDULES").ok().and_then(|count| count.parse().ok());
    asked.unwrap_or(if is_thorough() { 20_000 } else { 400 })
}

/// Whether everything is tried, as CI does.
pub(crate) fn is_thorough() -> bool {
    std::env::var_os("CE_THOROUGH").is_some()
}

/// A scenario made from a seed, without its faults.
pub(crate) fn scenario(seed: u64, steps: usize) -> Scenario {
    let app = app(seed, steps);
    let mut dice = Dice::of(seed ^ 0xD1CE);
    let settings = Settings::default()
        .seed(seed)
        .page(*dice.pick(&[3, 20, 100]))
        .read_lag(Span(*dice.pick(&[0, 0, 200, 2_000])))
        .event_lag(Span(*dice.pick(&[0, 0, 500, 3_000])))
        .conditional_replaces(dice.chance(50))
        .sees_outputs(dice.chance(50))
        .repeated_execution(*dice.pick(&[RepeatedExecution::Refused, RepeatedExecution::Accepted]));
    let judge = if seed.is_multiple_of(8) { Judge::of(&SCHEMAS) } else { simple_judge() };
    let scenario = Scenario::new(app.versions, judge).settings(settings).options(options(seed)).canary(CANARY);
    // Without rollback a replacement is refused.
    let scenario = if leaves_failures(seed) { scenario.may_fail() } else { scenario };
    let scenario = match dice.range(0..=9) {
        0 => scenario.decline(),
        1 | 2 => scenario,
        _ => scenario.agree_to(everything()),
    };
    // One in five is planned first, and the plan applied by another run.
    let scenario = if matches!(seed % 10, 6 | 9) { scenario.by_plan() } else { scenario };
    app.files.into_iter().fold(scenario, |scenario, (path, text)| scenario.file(path, text))
}

/// One in ten is deployed in express mode, one in ten without rollback, and one in a hundred with both.
fn options(seed: u64) -> Options {
    let options = Options::default().seed(seed).rollback(!leaves_failures(seed)).on_failure(on_failure(seed));
    if seed % 10 == 7 { options.mode(Mode::Express) } else { options }
}

fn leaves_failures(seed: u64) -> bool {
    seed % 100 / 10 == 3
}

/// Some put back all that was changed when something fails.
fn on_failure(seed: u64) -> OnFailure {
    if seed % 5 == 2 && !leaves_failures(seed) { OnFailure::RollbackAll } else { OnFailure::Continue }
}

/// Every resource of an app that holds data, by name.
pub(crate) fn everything() -> Vec<String> {
    let ids = ["Queue", "Table", "More0", "More1", "More2", "Child.Inner", "Child.Deep", "Child.Deep.Table"];
    (0..4).flat_map(|stack| ids.map(|id| format!("Stack{stack}.{id}"))).collect()
}

/// A judge that knows one thing: what holds data must be named before it goes, also in nested stacks.
pub(crate) fn simple_judge() -> Judge {
    Judge::new(holds_data).knowing(&SCHEMAS)
}

fn holds_data(case: &Case<'_>) -> Vec<Risk> {
    if case.deletes {
        let root = resources("", case.deployed.unwrap_or_default());
        let all = root.into_iter().chain(case.nested.iter().flat_map(|(path, template)| resources(path, template)));
        return holding(all).map(|(id, type_name)| risk(case, id, type_name, true)).collect();
    }
    case.changes.iter().flat_map(|(path, changes)| changes.iter().flat_map(|change| lost(case, path, change))).collect()
}

/// The resources of a template by dotted logical id, with their types.
fn resources(path: &str, template: &str) -> Vec<(String, String)> {
    let template: Value = serde_json::from_str(template).unwrap_or_default();
    let named = |id: &str| [path, id].join(".").trim_start_matches('.').to_owned();
    let all = template["Resources"].as_object().into_iter().flatten();
    all.map(|(id, resource)| (named(id), resource["Type"].as_str().unwrap_or_default().to_owned())).collect()
}

fn holding(all: impl Iterator<Item = (String, String)>) -> impl Iterator<Item = (String, String)> {
    all.filter(|(_, type_name)| SCHEMAS.find(type_name).is_some_and(|schema| schema.stateful))
}

fn lost(case: &Case<'_>, path: &str, change: &Change) -> Vec<Risk> {
    let removed = change.action == Action::Remove;
    if !removed && !matches!(change.replacement, Some(Replacement::True | Replacement::Conditional)) {
        return Vec::new();
    }
    let id = [path, &change.logical_id].join(".").trim_start_matches('.').to_owned();
    // With a nested stack goes all that is in it.
    let within = case.nested.iter().filter(|(nested, _)| **nested == id || nested.starts_with(&format!("{id}.")));
    let within = within.flat_map(|(nested, template)| resources(nested, template));
    holding(within.chain([(id.clone(), change.type_name.clone())]))
        .map(|(id, type_name)| risk(case, id, type_name, removed))
        .collect()
}

fn risk(case: &Case<'_>, logical_id: String, type_name: String, removed: bool) -> Risk {
    Risk {
        class: RiskClass::DataLoss,
        rule: "holds-data".to_owned(),
        stack: case.stack.id.clone(),
        logical_id,
        type_name,
        origin: Origin::default(),
        what: "it holds data".to_owned(),
        causes: Vec::new(),
        consent: if removed { Consent::Destroy } else { Consent::Replace },
        gravity: Gravity::default(),
    }
}

fn faults(seed: u64) -> Vec<Fault> {
    let kinds: Vec<FaultKind> = FaultKind::all().collect();
    let seen: Vec<FaultKind> = FaultKind::all().filter(|kind| kind.is_of_sight()).collect();
    let kinds = if seed.is_multiple_of(3) { &seen } else { &kinds };
    Schedule::of(seed, kinds, 4).faults
}

fn steps(seed: u64) -> usize {
    1 + usize::from(seed.is_multiple_of(2)) + usize::from(seed.is_multiple_of(4))
}

/// One schedule of so many is played twice: it must come to the same bytes.
const PLAYED_TWICE: u64 = 16;

/// What breaks when this is played.
fn replay(seed: u64, steps: usize, faults: Vec<Fault>) -> Vec<Breach> {
    let scenario = scenario(seed, steps).faults(faults);
    let played = scenario.play(&SCHEMAS);
    let mut breaches = played.breaches();
    if seed.is_multiple_of(PLAYED_TWICE) {
        breaches.extend(played.parts_from(&scenario.play(&SCHEMAS)));
    }
    breaches
}

/// Plays these seeds; the code of the first that breaks something, made small.
fn campaign(seeds: impl Iterator<Item = u64>) -> Option<String> {
    for seed in seeds {
        let breaches = replay(seed, steps(seed), faults(seed));
        if let Some(breach) = breaches.first() {
            let smallest = scenario(seed, steps(seed)).faults(faults(seed)).shrink(&SCHEMAS);
            let breach = smallest.play(&SCHEMAS).breaches().into_iter().next().unwrap_or_else(|| breach.clone());
            return Some(smallest.code(seed, &breach));
        }
    }
    None
}

#[test]
fn without_faults_all_is_done() {
    for seed in 0..40 {
        let played = scenario(seed, 3).play(&SCHEMAS);
        let ends: Vec<_> = played
            .runs
            .iter()
            .map(|run| {
                let outcome = run.outcome.as_ref().unwrap();
                (outcome.exit, outcome.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(played.breaches(), [], "{seed}: {ends:?}");
    }
}

#[test]
fn a_scenario_that_breaks_is_made_small_and_written_down() {
    let faults = vec![Fault::new(FaultKind::SlowResource).nth(2), Fault::new(FaultKind::ResourceFails).nth(3).times(4)];
    let secret = scenario(3, 2).faults(faults).canary("stack-");
    let smallest = secret.shrink(&SCHEMAS);
    let breach = smallest.play(&SCHEMAS).breaches().remove(0);
    let code = smallest.code(3, &breach);
    assert!(code.contains("fn seed_3()") && code.contains("assert_eq!(replay(3, 1, faults), []);"), "{code}");
    assert!(!code.contains("ResourceFails"), "{code}");
}

#[test]
fn what_must_always_hold_holds() {
    let count = schedules();
    let workers = 2;
    let play = |worker: u64| move || campaign((0..count).filter(move |seed| seed % workers == worker));
    let found: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(play(worker))).collect();
        threads.into_iter().filter_map(|thread| thread.join().expect("a worker ends")).collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What broke once, as it was printed; it holds now.
#[test]
fn what_broke_once_holds() {
    assert_eq!(replay(3568, 1, vec![Fault::new(FaultKind::RepeatedPage).on("DescribeChangeSet").size(1)]), []);
    let replaced = vec![
        Fault::new(FaultKind::OtherReplacesChangeSet).nth(20).size(1),
        Fault::new(FaultKind::LostJournal).nth(29).size(1),
    ];
    assert_eq!(replay(2551, 1, replaced), []);
    // Late events: nobody was told why.
    let fails = || vec![Fault::new(FaultKind::ResourceFails).size(1)];
    assert_eq!(replay(3017, 1, fails()), []);
    assert_eq!(replay(110, 1, vec![Fault::new(FaultKind::ResourceFails).times(3).size(1)]), []);
    // A change that an answer left out was executed unseen.
    assert_eq!(replay(5, 1, vec![Fault::new(FaultKind::DroppedChange).nth(23).size(1)]), []);
    let throttled = vec![
        Fault::new(FaultKind::ValidationFails).size(1),
        Fault::new(FaultKind::Throttle).on("DeleteChangeSet").nth(1).size(1),
    ];
    assert_eq!(replay(604, 3, throttled), []);
    // A stack that was to go again stayed, half deleted, and was called changed.
    let stays =
        vec![Fault::new(FaultKind::DeletionFails).nth(1).size(1), Fault::new(FaultKind::ResourceFails).nth(2).size(1)];
    assert_eq!(replay(1297, 1, stays), []);
    // Somebody deleted a stack while another read from it: the reader cannot be in step with what is gone.
    let gone = vec![
        Fault::new(FaultKind::OtherDeletes).on("DeleteChangeSet").size(1),
        Fault::new(FaultKind::TornJournal).nth(15).size(1),
    ];
    assert_eq!(replay(19861, 1, gone), []);
    // Killed for the last time with a torn line, before another version came.
    let torn = vec![Fault::new(FaultKind::SlowChangeSet).size(60), Fault::new(FaultKind::TornJournal).nth(11).times(6)];
    assert_eq!(replay(15022, 2, torn), []);
    // Somebody made a stack anew, and it was looked for again.
    let anew = vec![Fault::new(FaultKind::OtherRecreates).on("DescribeStacks").nth(4).times(3).size(1)];
    assert_eq!(replay(17920, 1, anew), []);
    // Stacks that were planned anew on the way, and let go what holds data by name.
    assert_eq!(replay(1904, 3, vec![]), []);
    // An execution that was taken before was sent again, while nothing could be held yet.
    assert_eq!(replay(5814, 1, vec![Fault::new(FaultKind::GarbledAnswer).on("ExecuteChangeSet").times(5).size(1)]), []);
    // A plan that was applied again after a kill was planned anew while somebody was asked about it.
    assert_eq!(replay(7576, 1, vec![Fault::new(FaultKind::Kill).nth(32).size(1)]), []);
}
