//! A run that is judged, and what every invariant needs to know of it.

use super::super::run::Run;
use super::super::{Breach, Invariant, Played};
use crate::assembly::Stack;
use crate::cloud::StackStatus;
use crate::engine::{Moment, Span};
use crate::simulator::{Deed, FaultKind, Simulator, Truth};

/// What was sent before the end arrives that long after it.
const ON_ITS_WAY: Span = Span(100);

/// Breaches of one run.
pub(super) type Found = Vec<(Invariant, String)>;

/// A run that is judged.
pub(super) struct Judged<'a> {
    pub(super) played: &'a Played,
    pub(super) run: &'a Run,
}

/// Everything that does not hold.
pub(in super::super) fn judge(played: &Played) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (at, run) in played.runs.iter().enumerate() {
        let found = Judged { played, run }.judge();
        breaches.extend(found.into_iter().map(|(invariant, what)| Breach { invariant, run: at, what }));
    }
    let run = played.runs.len().saturating_sub(1);
    let mut found = Found::new();
    super::once::judge(played, &mut found);
    super::tidy::judge(played, &mut found);
    super::data::judge(played, &mut found);
    breaches.extend(found.into_iter().map(|(invariant, what)| Breach { invariant, run, what }));
    breaches
}

impl<'a> Judged<'a> {
    fn judge(&self) -> Found {
        let mut found = Found::new();
        self.ends(&mut found);
        self.agreed(&mut found);
        self.order(&mut found);
        self.data(&mut found);
        self.held(&mut found);
        self.frugal(&mut found);
        self.told(&mut found);
        self.secrets(&mut found);
        self.truth(&mut found);
        self.outputs(&mut found);
        found
    }

    /// What was done during the run, by it and by others.
    pub(super) fn deeds(&self) -> impl Iterator<Item = &'a Deed> {
        let within = self.run.began..=self.run.ended + ON_ITS_WAY;
        self.played.simulator.deeds().iter().filter(move |deed| within.contains(&deed.at))
    }

    /// What the run itself executed.
    pub(super) fn executions(&self) -> impl Iterator<Item = &'a Deed> {
        self.deeds().filter(|deed| deed.called && deed.api == "ExecuteChangeSet")
    }

    /// The stack of the assembly that an ARN is.
    pub(super) fn stack(&self, arn: &str) -> Option<&'a Stack> {
        self.run.assembly.stacks.iter().find(|stack| is_stack(&self.played.simulator, stack, arn))
    }

    /// Whether somebody else worked on the stack, in this run or before.
    pub(super) fn is_disturbed(&self, stack: &Stack) -> bool {
        let until = self.run.ended + ON_ITS_WAY;
        let deeds = self.played.simulator.deeds().iter();
        let mut others = deeds.filter(|deed| !deed.called && deed.at <= until);
        others.any(|deed| {
            let drifts = deed.api == FaultKind::OtherDrifts.name();
            !drifts && (deed.stack.is_empty() || is_stack(&self.played.simulator, stack, &deed.stack))
        })
    }
}

/// The stack of the assembly as it was at a moment.
pub(super) fn find<'a>(simulator: &'a Simulator, stack: &Stack, at: Moment) -> Option<Truth<'a>> {
    let is_it = |truth: &Truth<'a>| truth.name() == stack.name && *truth.place() == stack.place;
    let there = |truth: &Truth<'a>| truth.status_at(at).is_some();
    simulator.truth().filter(|truth| is_it(truth) && there(truth)).last()
}

pub(super) fn is_stack(simulator: &Simulator, stack: &Stack, arn: &str) -> bool {
    let found = simulator.truth().find(|truth| truth.id() == arn);
    found.is_some_and(|truth| truth.name() == stack.name && *truth.place() == stack.place)
}

pub(super) fn word(status: Option<StackStatus>) -> &'static str {
    status.map_or("nothing", StackStatus::as_str)
}
