//! What happened in a play, as a person wants to know it.

use std::collections::BTreeMap;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{FailureKind, Place};
use ce_deploy::engine::{End, Exit, Outcome, Progress, ResourceEvent, Span};
use ce_deploy::simulator::Fault;
use ce_deploy::simulator::play::{Breach, Played, Run, Stopped};

/// What happened in a play.
///
/// Times are virtual, counted from the beginning of the first run.
pub(crate) struct Story {
    /// How the last run ended, before the faults were healed.
    pub(crate) exit: Exit,
    /// What it came to; none if it was killed again and again.
    pub(crate) outcome: Option<Outcome>,
    /// How many runs it took, and how long altogether.
    pub(crate) runs: usize,
    pub(crate) took: Span,
    /// The stacks, the first begun first; those that were not begun are last.
    pub(crate) chapters: Vec<Chapter>,
    /// The stacks that each waited for the one before, of which the last ended last.
    pub(crate) critical: Vec<StackId>,
    /// Calls by API, and how many were throttled.
    pub(crate) calls: BTreeMap<&'static str, usize>,
    pub(crate) throttled: usize,
    /// The faults, and how often each struck.
    pub(crate) faults: Vec<(Fault, u32)>,
    /// Why stacks failed.
    pub(crate) causes: BTreeMap<StackId, Vec<ResourceEvent>>,
    /// How the same deployment ends once nothing goes wrong any more; none where nothing went wrong.
    pub(crate) healed: Option<Exit>,
    /// What should always hold and did not.
    pub(crate) breaches: Vec<Breach>,
}

/// A stack in a play.
pub(crate) struct Chapter {
    pub(crate) stack: StackId,
    pub(crate) place: Place,
    /// When its operation began, and when it was done with.
    pub(crate) begun: Option<Span>,
    pub(crate) ended: Option<Span>,
    pub(crate) end: Option<End>,
}

impl Chapter {
    /// How long its operation took.
    pub(crate) fn took(&self) -> Option<Span> {
        Some(Span(self.ended?.0.saturating_sub(self.begun?.0)))
    }
}

impl Story {
    /// What happened when an assembly was played.
    pub(crate) fn of(played: &Played, assembly: &Assembly) -> Self {
        let struck = played.struck();
        let (runs, healed) = match played.runs.split_last() {
            Some((healed, runs)) if !struck.is_empty() => (runs, Some(healed)),
            _ => (&played.runs[..], None),
        };
        let outcome = runs.last().and_then(|run| run.outcome.clone());
        let mut chapters: Vec<Chapter> =
            assembly.stacks.iter().map(|stack| chapter(stack, runs, outcome.as_ref())).collect();
        let critical = critical(assembly, &chapters);
        chapters.sort_by_key(|chapter| (chapter.begun.is_none(), chapter.begun));
        let sent = || runs.iter().flat_map(|run| &run.sent);
        let mut calls = BTreeMap::new();
        sent().for_each(|sent| *calls.entry(sent.api).or_default() += 1);
        Self {
            exit: runs.last().map_or(Exit::Done, exit),
            outcome,
            runs: runs.len(),
            took: took(runs),
            chapters,
            critical,
            calls,
            throttled: sent().filter(|sent| sent.failure == Some(FailureKind::Throttled)).count(),
            faults: struck,
            causes: causes(runs),
            healed: healed.map(exit),
            breaches: played.breaches(),
        }
    }
}

/// The number a run ends with. A run that was killed has none; what it began goes on.
pub(crate) fn exit(run: &Run) -> Exit {
    match (&run.outcome, run.stopped) {
        (Some(outcome), _) => outcome.exit,
        (None, Some(Stopped::Killed)) => Exit::Detached,
        (None, _) => Exit::Bug,
    }
}

fn took(runs: &[Run]) -> Span {
    match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => last.ended - first.began,
        _ => Span(0),
    }
}

fn causes(runs: &[Run]) -> BTreeMap<StackId, Vec<ResourceEvent>> {
    let told = runs.iter().flat_map(|run| &run.told);
    let causes = told.filter_map(|(_, progress)| match progress {
        Progress::Diagnosis { stack, causes } => Some((stack.clone(), causes.clone())),
        _ => None,
    });
    causes.collect()
}

fn chapter(stack: &Stack, runs: &[Run], outcome: Option<&Outcome>) -> Chapter {
    let (mut begun, mut ended) = (None, None);
    let zero = runs.first().map(|run| run.began).unwrap_or_default();
    for (at, progress) in runs.iter().flat_map(|run| &run.told) {
        match progress {
            Progress::Begun { stack: id, .. } if *id == stack.id => {
                begun.get_or_insert(*at - zero);
            }
            Progress::Finished { stack: id, .. } if *id == stack.id => ended = Some(*at - zero),
            _ => {}
        }
    }
    let end = outcome.and_then(|outcome| outcome.stacks.get(&stack.id)).map(|ended| ended.end.clone());
    Chapter { stack: stack.id.clone(), place: stack.place.clone(), begun, ended, end }
}

/// From the stack that ended last back to one that waited for none.
fn critical(assembly: &Assembly, chapters: &[Chapter]) -> Vec<StackId> {
    let ended: BTreeMap<&StackId, Span> = chapters
        .iter()
        .filter(|chapter| chapter.begun.is_some())
        .filter_map(|chapter| Some((&chapter.stack, chapter.ended?)))
        .collect();
    let last = |ids: Vec<&StackId>| {
        let known = ids.into_iter().filter_map(|id| ended.get_key_value(id));
        known.max_by_key(|(_, at)| **at).map(|(id, _)| (*id).clone())
    };
    let mut path = Vec::new();
    let mut next = last(ended.keys().copied().collect());
    while let Some(id) = next {
        next = assembly.stack(&id).and_then(|stack| last(stack.needs.iter().collect()));
        path.push(id);
    }
    path.reverse();
    path
}
