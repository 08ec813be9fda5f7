//! What is played, and what came of it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use ce_synth::schema::Schemas;

use super::run::Run;
use super::world::World;
use super::{Breach, Invariant, judging, surroundings};
use crate::assembly::Assembly;
use crate::engine::{Judge, Moment, Options, Span};
use crate::plan::Plan;
use crate::simulator::fault::Active;
use crate::simulator::{Chance, Fault, Settings, Simulator};

/// When the first run begins.
const BEGIN: Moment = Moment(1_700_000_000_000);
/// Longer than anything the simulated service takes.
const CALM: Span = Span::seconds(5 * 3_600);

/// Deployments of assemblies, one after another, on a simulated cloud with faults.
#[derive(Clone, Debug)]
#[must_use = "a scenario does nothing until it is played"]
pub struct Scenario {
    pub(super) settings: Settings,
    pub(super) assemblies: Vec<Arc<Assembly>>,
    pub(super) files: Vec<(PathBuf, Arc<str>)>,
    pub(super) faults: Vec<Fault>,
    pub(super) judge: Judge,
    /// Resources that may go, by name; none declines whatever is asked.
    pub(super) agreed: Option<BTreeSet<String>>,
    pub(super) options: Options,
    pub(super) canary: Option<String>,
    pub(super) may_fail: bool,
    pub(super) by_plan: bool,
}

/// What came of a scenario.
#[derive(Debug)]
pub struct Played {
    /// The scenario.
    pub scenario: Scenario,
    /// The runs, one after another; the last one without faults.
    pub runs: Vec<Run>,
    /// The cloud as it is now.
    pub simulator: Simulator,
}

impl Scenario {
    /// These assemblies, one after another, without faults.
    pub fn new(assemblies: Vec<Arc<Assembly>>, judge: Judge) -> Self {
        Self {
            settings: Settings::default(),
            assemblies,
            files: Vec::new(),
            faults: Vec::new(),
            judge,
            agreed: Some(BTreeSet::new()),
            options: Options::default(),
            canary: None,
            may_fail: false,
            by_plan: false,
        }
    }

    /// How the cloud behaves. Default: [`Settings::default`].
    pub fn settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// What goes wrong. Default: nothing.
    pub fn faults(self, faults: Vec<Fault>) -> Self {
        Self { faults, ..self }
    }

    /// A file of the assembly, without a disk. Default: none.
    pub fn file(mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        self.files.push((path.into(), text.into()));
        self
    }

    /// Resources that may be replaced or deleted, `Stack.Logical`, besides all that need not be named. Default: none.
    pub fn agree_to(self, ids: impl IntoIterator<Item = String>) -> Self {
        Self { agreed: Some(ids.into_iter().collect()), ..self }
    }

    /// Whatever is asked is declined. Default: the plan is agreed to.
    pub fn decline(self) -> Self {
        Self { agreed: None, ..self }
    }

    /// How it is deployed. Default: [`Options::default`].
    pub fn options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// A secret text that must show nowhere. Default: none.
    pub fn canary(self, canary: impl Into<String>) -> Self {
        Self { canary: Some(canary.into()), ..self }
    }

    /// The assemblies need not be such that they can be deployed. Default: where nothing goes wrong, it must end well.
    pub fn may_fail(self) -> Self {
        Self { may_fail: true, ..self }
    }

    /// Each assembly is planned in one run, and the plan applied in another. Default: both in one.
    pub fn by_plan(self) -> Self {
        Self { by_plan: true, ..self }
    }

    /// What is deployed, one after another.
    pub fn assemblies(&self) -> &[Arc<Assembly>] {
        &self.assemblies
    }

    /// Plays it.
    pub fn play(&self, schemas: &'static Schemas) -> Played {
        let mut simulator = Simulator::new(self.settings.clone(), schemas);
        self.prepare(&mut simulator);
        let (inner, outer): (Vec<Fault>, Vec<Fault>) =
            self.faults.iter().partition(|fault| !matches!(fault.kind().chance(), Chance::Await | Chance::Write));
        simulator.add_faults(&inner);
        let mut awaits = Active::default();
        awaits.add(&outer);
        let mut world = World::new(simulator, awaits, BEGIN);
        for assembly in &self.assemblies {
            world.bring(self, assembly);
        }
        // All faults are healed, and what goes on comes to an end: now it must work.
        world.simulator.heal();
        world.awaits.heal();
        world.now = world.now + CALM;
        world.simulator.advance(world.now);
        if let Some(assembly) = self.assemblies.last().filter(|_| !self.faults.is_empty()) {
            world.bring(self, assembly);
        }
        Played { scenario: self.clone(), runs: world.runs, simulator: world.simulator }
    }

    /// Makes places and files ready.
    fn prepare(&self, simulator: &mut Simulator) {
        for assembly in &self.assemblies {
            surroundings::make(simulator, assembly);
        }
        for (path, text) in &self.files {
            simulator.set_file(path, Arc::clone(text));
        }
    }
}

impl Played {
    /// What does not hold of what must always hold.
    pub fn breaches(&self) -> Vec<Breach> {
        judging::judge(self)
    }

    /// How often each fault of the scenario struck, in its order.
    pub fn struck(&self) -> Vec<(Fault, u32)> {
        let within: Vec<&Fault> = self.runs.iter().flat_map(|run| &run.struck).collect();
        let of = |fault: &Fault| {
            let alike = |struck: &&&Fault| struck.kind() == fault.kind() && struck.size == fault.size;
            let times = match fault.kind().chance() {
                Chance::Await | Chance::Write => within.iter().filter(alike).count(),
                _ => self.simulator.struck().get(fault).map_or(0, |times| *times as usize),
            };
            (*fault, u32::try_from(times).unwrap_or(u32::MAX))
        };
        self.scenario.faults.iter().map(of).collect()
    }

    /// What the last assembly's stacks have come to, without ids and times: two plays of it must come to the same.
    pub fn essence(&self) -> Vec<String> {
        let last = self.scenario.assemblies.last();
        last.map(|assembly| judging::essence(&self.simulator, assembly)).unwrap_or_default()
    }

    /// All that was told, sent, recorded and written, as text: the same play gives the same.
    pub fn trace(&self) -> String {
        let plans = self.runs.iter().filter_map(|run| run.plan.as_ref()).map(Plan::to_json);
        format!("{:?}\n{}", self.runs, plans.collect::<String>())
    }

    /// Where this and another play of the same scenario part, if they do: I11.
    pub fn parts_from(&self, other: &Self) -> Option<Breach> {
        let (one, other) = (self.trace(), other.trace());
        if one == other {
            return None;
        }
        let at = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
        let around = |text: &str| text.chars().skip(at.saturating_sub(60)).take(120).collect::<String>();
        let what = format!("the same again is other: `{}`, and then `{}`", around(&one), around(&other));
        Some(Breach { invariant: Invariant::Same, run: 0, what })
    }
}
