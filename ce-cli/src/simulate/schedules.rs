//! Many schedules of faults, played one after another.

use std::collections::BTreeMap;

use ce_deploy::engine::Exit;
use ce_deploy::simulator::play::{Breach, Scenario};
use ce_deploy::simulator::{Fault, FaultKind, Schedule};

use super::story;

/// So many faults a schedule has at most.
const MOST: u32 = 4;

/// What came of many schedules.
pub(crate) struct Verdict {
    /// How many were played: all, or until one broke something.
    pub(crate) played: u64,
    /// How often each number ended the last run with faults.
    pub(crate) faulty: BTreeMap<Exit, u64>,
    /// How often each number ended the run after all faults were healed.
    pub(crate) healed: BTreeMap<Exit, u64>,
    /// How often each kind struck.
    pub(crate) struck: BTreeMap<FaultKind, u64>,
    /// The first schedule that broke something.
    pub(crate) broken: Option<Broken>,
}

/// A schedule that broke something.
pub(crate) struct Broken {
    pub(crate) seed: u64,
    /// As few and as small as they get.
    pub(crate) faults: Vec<Fault>,
    pub(crate) breach: Breach,
}

impl Verdict {
    /// Plays so many schedules from a seed on, until one breaks something. Each fourth only makes it hard to see.
    pub(crate) fn of(scenario: &Scenario, first: u64, count: u64) -> Self {
        let mut verdict =
            Self { played: 0, faulty: BTreeMap::new(), healed: BTreeMap::new(), struck: BTreeMap::new(), broken: None };
        for seed in (0..count).map(|at| first.wrapping_add(at)) {
            verdict.play(scenario, seed);
            if verdict.broken.is_some() {
                break;
            }
        }
        verdict
    }

    fn play(&mut self, scenario: &Scenario, seed: u64) {
        let kinds: Vec<FaultKind> =
            FaultKind::all().filter(|kind| kind.is_of_sight() || !seed.is_multiple_of(4)).collect();
        let scenario = scenario.clone().faults(Schedule::of(seed, &kinds, MOST).faults);
        let played = scenario.play(&ce_cfn::SCHEMAS);
        self.played += 1;
        for (fault, times) in played.struck().into_iter().filter(|(_, times)| *times > 0) {
            *self.struck.entry(fault.kind()).or_default() += u64::from(times);
        }
        let healed = played.runs.last().map_or(Exit::Done, story::exit);
        let faulty = played.runs.iter().rev().nth(1).map_or(healed, story::exit);
        *self.faulty.entry(faulty).or_default() += 1;
        *self.healed.entry(healed).or_default() += 1;
        if let Some(breach) = played.breaches().into_iter().next() {
            let smallest = scenario.shrink(&ce_cfn::SCHEMAS);
            let again = smallest.play(&ce_cfn::SCHEMAS);
            let breach = again.breaches().into_iter().next().unwrap_or(breach);
            let faults = again.struck().into_iter().map(|(fault, _)| fault).collect();
            self.broken = Some(Broken { seed, faults, breach });
        }
    }
}
