//! Holding a play against what must always hold.

use std::collections::{BTreeMap, BTreeSet};

use super::run::{Left, Run, Stopped};
use super::{Breach, Invariant as I, Played};
use crate::assembly::{Assembly, Stack, StackId};
use crate::cloud::{Action, ChangeSetState, ExecutionState, Replacement, StackStatus, Token};
use crate::engine::{End, Exit, Moment, Progress, Span};
use crate::simulator::{Deed, FaultKind, KnownChangeSet, Simulator, Truth};

/// A run may take so long before it must have ended: its own deadline, and some time to say so.
const DEADLINE: Span = Span::seconds(4 * 3_600 + 600);

/// Everything that does not hold.
pub(super) fn judge(played: &Played) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (at, run) in played.runs.iter().enumerate() {
        let judged = Judged { played, run, at };
        judged.judge(&mut breaches);
    }
    whole(played, &mut breaches);
    breaches
}

struct Judged<'a> {
    played: &'a Played,
    run: &'a Run,
    at: usize,
}

impl Judged<'_> {
    fn judge(&self, breaches: &mut Vec<Breach>) {
        let mut found = Vec::new();
        self.ends(&mut found);
        self.executions(&mut found);
        self.told_once(&mut found);
        self.secrets(&mut found);
        self.truth(&mut found);
        let run = self.at;
        breaches.extend(found.into_iter().map(|(invariant, what)| Breach { invariant, run, what }));
    }

    fn deeds(&self) -> impl Iterator<Item = &Deed> {
        let within = |deed: &&Deed| (self.run.began..=self.run.ended + Span(100)).contains(&deed.at);
        self.played.simulator.deeds().iter().filter(within)
    }

    /// I8.
    fn ends(&self, found: &mut Vec<(I, String)>) {
        match self.run.stopped {
            Some(Stopped::Starved) => found.push((I::Ends, "it waits for nothing".to_owned())),
            Some(Stopped::Endless) => found.push((I::Ends, "it takes steps without end".to_owned())),
            Some(Stopped::Killed) | None => {}
        }
        let slept: u64 = self.run.struck.iter().map(|fault| u64::from(fault.size) * 1_000).sum();
        if self.run.ended - self.run.began > Span(DEADLINE.0 + slept) {
            found.push((I::Ends, format!("it took {} s", (self.run.ended - self.run.began).0 / 1_000)));
        }
    }

    /// I1, I5 and I6: what was executed in this run.
    fn executions(&self, found: &mut Vec<(I, String)>) {
        let simulator = &self.played.simulator;
        for deed in self.deeds().filter(|deed| deed.called && deed.api == "ExecuteChangeSet") {
            let known = deed.change_set.as_deref().and_then(|arn| simulator.change_set(arn));
            let stack = self.run.assembly.stacks.iter().find(|stack| is_stack(simulator, stack, &deed.stack));
            let (Some(known), Some(stack)) = (known, stack) else {
                found.push((I::Agreed, format!("{} is of no stack of the assembly", deed.stack)));
                continue;
            };
            if !known.token().is_of_ce() || known.template() != Some(&*stack.template) {
                found.push((I::Agreed, format!("{} was executed and is not ours", known.id())));
            }
            self.order(stack, deed.at, found);
            self.data(stack, &known, found);
        }
    }

    fn order(&self, stack: &Stack, at: Moment, found: &mut Vec<(I, String)>) {
        for need in &stack.needs {
            let Some(needed) = self.run.assembly.stack(need) else { continue };
            let truth = find(&self.played.simulator, needed, at);
            let status = truth.and_then(|truth| truth.status_at(at));
            let ready = status.is_some_and(|status| !status.is_in_progress() && status.takes_updates());
            if !ready && !self.is_disturbed(needed) {
                let status = status.map_or("nothing", StackStatus::as_str);
                found.push((I::Order, format!("{} was begun while {need} was {status}", stack.id)));
            }
        }
    }

    fn data(&self, stack: &Stack, known: &KnownChangeSet<'_>, found: &mut Vec<(I, String)>) {
        for change in known.changes() {
            let schema = self.played.simulator.schema(&change.type_name);
            let holds_data = schema.is_some_and(|schema| schema.stateful);
            let keeps = change.policy_action.as_deref().is_some_and(|action| action.contains("Retain"));
            let goes = match change.action {
                Action::Remove => !keeps,
                Action::Modify => matches!(change.replacement, Some(Replacement::True | Replacement::Conditional)),
                _ => false,
            };
            let id = format!("{}.{}", stack.id, change.logical_id);
            if holds_data && goes && !self.is_named(&id) {
                found.push((I::Data, format!("{id} was lost, and nobody had named it")));
            }
        }
    }

    fn is_named(&self, id: &str) -> bool {
        self.played.scenario.agreed.as_ref().is_some_and(|agreed| agreed.contains(id))
    }

    /// I10: what fails is told once.
    fn told_once(&self, found: &mut Vec<(I, String)>) {
        let mut told = BTreeSet::new();
        for (_, progress) in &self.run.told {
            if let Progress::Resource { stack, event } = progress {
                let failed = event.status.ends_with("_FAILED");
                if failed && !told.insert((stack, &event.logical_id, &event.status, event.at, &event.physical_id)) {
                    found.push((I::ToldOnce, format!("{stack}.{}: {} was told twice", event.logical_id, event.status)));
                }
            }
        }
    }

    /// I7.
    fn secrets(&self, found: &mut Vec<(I, String)>) {
        let Some(canary) = &self.played.scenario.canary else { return };
        if self.run.journal.contains(canary) {
            found.push((I::Secret, "the journal has it".to_owned()));
        }
        if self.run.outcome.as_ref().is_some_and(|outcome| format!("{outcome:?}").contains(canary)) {
            found.push((I::Secret, "the outcome has it".to_owned()));
        }
        let told = self.run.told.iter().find(|(_, progress)| format!("{progress:?}").contains(canary));
        if let Some((_, progress)) = told {
            found.push((I::Secret, format!("it was told: {progress:?}")));
        }
    }

    /// I4 and I13.
    fn truth(&self, found: &mut Vec<(I, String)>) {
        let Some(outcome) = &self.run.outcome else { return };
        for stack in &self.run.assembly.stacks {
            let told = outcome.stacks.get(&stack.id).map(|told| &told.end);
            let said_good = matches!(told, Some(End::Changed | End::Unchanged));
            let Some(left) = self.run.left.get(&stack.id) else { continue };
            if said_good && !left.as_wanted && !self.is_disturbed(stack) {
                let status = left.status.map_or("nothing", StackStatus::as_str);
                found.push((I::True, format!("{} is {status}, and was called {told:?}", stack.id)));
            }
            if outcome.exit == Exit::Done && !said_good {
                found.push((I::True, format!("it is done, and {} ended {told:?}", stack.id)));
            }
        }
        self.no_false_failure(outcome.exit, found);
    }

    /// Where nothing is done otherwise than without faults, it must end well.
    fn no_false_failure(&self, exit: Exit, found: &mut Vec<(I, String)>) {
        let scenario = &self.played.scenario;
        let sight = scenario.faults.iter().all(|fault| fault.kind().is_of_sight());
        if sight && !scenario.may_fail && exit != Exit::Done && exit != Exit::ApprovalNeeded && !self.was_misled(exit) {
            let problems = self.run.outcome.as_ref().map(|outcome| outcome.problems.clone()).unwrap_or_default();
            let first = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
            found.push((I::True, format!("nothing is wrong, and it ended {exit:?}: {first}")));
        }
    }

    /// Whether it refused to begin because of a stack that is no longer what a late read showed. That is safe, though not
    /// as good as to look again.
    fn was_misled(&self, exit: Exit) -> bool {
        let late = |kind| matches!(kind, FaultKind::StaleStack | FaultKind::HiddenStack);
        let untouched = !self.deeds().any(|deed| deed.called && deed.api == "ExecuteChangeSet");
        let misleading = self.played.scenario.faults.iter().any(|fault| late(fault.kind()));
        misleading && untouched && matches!(exit, Exit::Refused | Exit::Stale)
    }

    /// Whether somebody else worked on the stack.
    fn is_disturbed(&self, stack: &Stack) -> bool {
        let others =
            self.played.simulator.deeds().iter().filter(|deed| !deed.called && deed.at <= self.run.ended + Span(100));
        let mut others = others.filter(|deed| deed.api != FaultKind::OtherDrifts.name());
        others.any(|deed| deed.stack.is_empty() || is_stack(&self.played.simulator, stack, &deed.stack))
    }
}

/// What must hold when all is over.
fn whole(played: &Played, breaches: &mut Vec<Breach>) {
    let run = played.runs.len().saturating_sub(1);
    let mut add = |invariant, what| breaches.push(Breach { invariant, run, what });
    for clash in played.simulator.clashes() {
        add(I::Once, format!("{} ran into {} of {}", clash.api, clash.status, clash.stack));
    }
    let mut executed: BTreeMap<&str, &Option<Token>> = BTreeMap::new();
    for deed in played.simulator.deeds().iter().filter(|deed| deed.api == "ExecuteChangeSet") {
        let Some(arn) = deed.change_set.as_deref() else { continue };
        if executed.insert(arn, &deed.token).is_some_and(|before| *before != deed.token) {
            add(I::Once, format!("{arn} was executed twice"));
        }
    }
    let lost = played.runs.iter().flat_map(|run| &run.struck).any(|fault| fault.kind() == FaultKind::LostJournal);
    let last = played.runs.last().and_then(|run| run.outcome.as_ref());
    if last.is_some_and(|outcome| outcome.exit == Exit::Done) && !lost {
        tidy(&played.simulator, &mut add);
    }
}

/// I3: change sets and empty stacks of ours that are left.
fn tidy(simulator: &Simulator, add: &mut impl FnMut(I, String)) {
    let left = |known: &KnownChangeSet<'_>| {
        let (state, execution) = known.states();
        let executed =
            matches!(execution, ExecutionState::Complete | ExecutionState::Failed | ExecutionState::InProgress);
        known.token().is_of_ce() && !known.is_nested() && state != ChangeSetState::Deleted && !executed
    };
    for known in simulator.change_sets().filter(left) {
        add(I::Tidy, format!("{} is left, {:?}", known.id(), known.states()));
    }
    for truth in simulator.truth().filter(|truth| truth.status() == StackStatus::ReviewInProgress) {
        add(I::Tidy, format!("{} is left empty", truth.id()));
    }
}

/// The stack of the assembly as it was at a moment.
fn find<'a>(simulator: &'a Simulator, stack: &Stack, at: Moment) -> Option<Truth<'a>> {
    let is_it = |truth: &Truth<'a>| truth.name() == stack.name && *truth.place() == stack.place;
    let there = |truth: &Truth<'a>| truth.status_at(at).is_some();
    simulator.truth().filter(|truth| is_it(truth) && there(truth)).last()
}

fn is_stack(simulator: &Simulator, stack: &Stack, arn: &str) -> bool {
    let found = simulator.truth().find(|truth| truth.id() == arn);
    found.is_some_and(|truth| truth.name() == stack.name && *truth.place() == stack.place)
}

/// How the stacks of an assembly are now.
pub(super) fn left(simulator: &Simulator, assembly: &Assembly) -> BTreeMap<StackId, Left> {
    let of = |stack: &Stack| {
        let truth =
            find(simulator, stack, Moment(u64::MAX)).filter(|truth| truth.status() != StackStatus::DeleteComplete);
        let as_wanted = truth.as_ref().is_some_and(|truth| is_as_wanted(truth, stack));
        Left { status: truth.map(|truth| truth.status()), as_wanted }
    };
    assembly.stacks.iter().map(|stack| (stack.id.clone(), of(stack))).collect()
}

/// Whether a stack is as the assembly says: its state, its template, its tags, its parameters.
fn is_as_wanted(truth: &Truth<'_>, stack: &Stack) -> bool {
    let settled = truth.status().takes_updates();
    // Tags of ce's own are no part of the assembly.
    let tags = truth.tags().iter().filter(|tag| !tag.key.starts_with("ce:"));
    let tags: BTreeMap<&str, &str> = tags.map(|tag| (tag.key.as_str(), tag.value.as_str())).collect();
    let wanted: BTreeMap<&str, &str> = stack.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let given = |(name, value): (&String, &crate::cloud::Secret)| {
        truth.given().get(name).map(String::as_str) == Some(value.reveal())
    };
    let same = truth.template() == Some(&*stack.template) && tags == wanted && stack.parameters.iter().all(given);
    settled && same && truth.is_in_step()
}

/// A cloud without ids and times: what one run and two runs must come to alike.
pub(super) fn essence(simulator: &Simulator, assembly: &Assembly) -> Vec<String> {
    let mut all: Vec<String> = assembly
        .stacks
        .iter()
        .map(|stack| {
            let truth = find(simulator, stack, Moment(u64::MAX));
            let told = truth.map(|truth| {
                let resources: Vec<_> =
                    truth.resources().map(|(logical, type_name, _)| format!("{logical} {type_name}")).collect();
                let outputs: Vec<_> = truth.outputs().iter().map(|output| output.key.clone()).collect();
                let good = truth.status().takes_updates();
                let template = crate::digest::sha256(truth.template().unwrap_or_default());
                format!("{good} {template} {:?} {resources:?} {outputs:?}", truth.tags())
            });
            format!("{}: {told:?}", stack.id)
        })
        .collect();
    all.sort();
    all
}
