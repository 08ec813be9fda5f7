//! One cause, and what was found out about it so far.

use std::collections::{BTreeMap, BTreeSet};

use super::lead::Lead;
use super::{Depth, Evidence, Note, Source, function, service, trail};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, EvidenceAnswer, EvidenceCall, Failure, FailureKind, StoppedTask, Target};
use crate::engine::{Moment, ResourceEvent};

/// Longer lines are cut.
const WIDEST: usize = 500;

/// A search about one cause.
#[derive(Clone, Debug)]
pub(super) struct Search {
    pub(super) stack: StackId,
    pub(super) cause: ResourceEvent,
    pub(super) lead: Lead,
    pub(super) depth: Depth,
    /// As whom services are asked.
    pub(super) reader: Target,
    /// As whom CloudFormation was asked, where it does not work with a role of its own.
    pub(super) caller: Option<Target>,
    /// When it happened, in milliseconds since 1970.
    pub(super) between: [u64; 2],
    said: BTreeMap<(Source, u8), Vec<String>>,
    notes: BTreeMap<Source, BTreeSet<Note>>,
    pending: usize,
}

/// What a call of a search is for.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Step {
    /// Who asks CloudFormation.
    Caller,
    Service,
    StoppedTasks,
    Tasks,
    Definition(Box<StoppedTask>),
    Lines(Source),
    /// What a user called; which page.
    Trail(String, u32),
}

/// A call that a search wants made.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) step: Step,
    pub(super) target: Target,
    pub(super) call: Call,
}

impl Search {
    pub(super) fn new(
        stack: &crate::assembly::Stack,
        cause: &ResourceEvent,
        begun: Option<u64>,
        depth: Depth,
    ) -> Option<Self> {
        const QUARTER: u64 = 15 * 60 * 1_000;
        const MINUTE: u64 = 60 * 1_000;
        let lead = Lead::of(cause)?;
        let from = begun.unwrap_or_else(|| cause.at.saturating_sub(QUARTER));
        Some(Self {
            stack: stack.id.clone(),
            lead,
            depth,
            reader: stack.lookup.clone().unwrap_or_else(|| stack.target.clone()),
            caller: stack.execution_role.is_none().then(|| stack.target.clone()),
            between: [from.min(cause.at), cause.at + MINUTE],
            cause: cause.clone(),
            said: BTreeMap::new(),
            notes: BTreeMap::new(),
            pending: 0,
        })
    }

    pub(super) fn begin(&mut self) -> Vec<Ask> {
        let asks = match &self.lead {
            Lead::Service { cluster, service } => service::begin(self, cluster, service),
            Lead::Function { name, stream } => {
                let (name, stream) = (name.clone(), stream.clone());
                function::begin(self, &name, stream)
            }
            Lead::Calls => trail::begin(self),
        };
        self.pending += asks.len();
        asks
    }

    /// Takes an answer in; what is to be asked next.
    pub(super) fn took(
        &mut self,
        now: Moment,
        step: Step,
        action: &'static str,
        result: Result<Answer, Failure>,
    ) -> Vec<Ask> {
        self.pending = self.pending.saturating_sub(1);
        let asks = match (step, result) {
            (Step::Caller, Ok(Answer::Identity { arn, .. })) => trail::of_caller(self, &arn),
            (Step::Caller, _) => Vec::new(),
            (step, Ok(Answer::Evidence(answer))) => self.heard(now, step, answer),
            (step, Ok(_)) => self.without(&step, Note::NoAnswer),
            (step, Err(failure)) => self.without(&step, why(&failure, action)),
        };
        self.pending += asks.len();
        asks
    }

    fn heard(&mut self, now: Moment, step: Step, answer: EvidenceAnswer) -> Vec<Ask> {
        match (step, answer) {
            (Step::Service, EvidenceAnswer::Service(found)) => service::took_service(self, found),
            (Step::StoppedTasks, EvidenceAnswer::TaskArns(arns)) => return service::took_stopped(self, arns),
            (Step::Tasks, EvidenceAnswer::Tasks(tasks)) => return service::took_tasks(self, tasks),
            (Step::Definition(task), EvidenceAnswer::Logs(logs)) => return service::took_logs(self, &task, &logs),
            (Step::Lines(source), EvidenceAnswer::Lines(lines)) => {
                self.say(source, 0, lines.iter().map(|line| line.text.reveal().trim_end().to_owned()));
            }
            (Step::Trail(user, number), EvidenceAnswer::Trail(calls, rest)) => {
                return trail::took(self, now, (user, number), &calls, rest);
            }
            (step, _) => return self.without(&step, Note::NoAnswer),
        }
        Vec::new()
    }

    fn without(&mut self, step: &Step, note: Note) -> Vec<Ask> {
        let source = match step {
            Step::Lines(source) => source.clone(),
            Step::Trail(..) | Step::Caller => Source::Trail,
            Step::Service | Step::StoppedTasks | Step::Tasks | Step::Definition(_) => Source::Ecs,
        };
        self.note(source, note);
        Vec::new()
    }

    /// What a source says; of a lower rank it comes first.
    pub(super) fn say(&mut self, source: Source, rank: u8, lines: impl IntoIterator<Item = String>) {
        let lines = lines.into_iter().filter(|line| !line.is_empty()).map(|line| line.chars().take(WIDEST).collect());
        self.said.entry((source, rank)).or_default().extend(lines);
    }

    pub(super) fn note(&mut self, source: Source, note: Note) {
        self.notes.entry(source).or_default().insert(note);
    }

    pub(super) fn is_over(&self) -> bool {
        self.pending == 0
    }

    /// What is missing when time is up will not come.
    pub(super) fn time_is_up(&mut self) {
        if !self.is_over() {
            let source = match self.lead {
                Lead::Service { .. } => Source::Ecs,
                Lead::Function { .. } | Lead::Calls => Source::Trail,
            };
            self.note(source, Note::NoAnswer);
        }
    }

    pub(super) fn evidence(mut self) -> Vec<Evidence> {
        let sources: BTreeSet<Source> =
            self.said.keys().map(|(source, _)| source).chain(self.notes.keys()).cloned().collect();
        let cause = self.cause.logical_id;
        let of = |source: Source| {
            let ranks = self.said.range((source.clone(), 0)..=(source.clone(), u8::MAX));
            let lines: Vec<String> = ranks.flat_map(|(_, lines)| lines).cloned().collect();
            let notes: Vec<Note> = self.notes.remove(&source).into_iter().flatten().collect();
            Evidence { cause: cause.clone(), source, lines, notes }
        };
        sources.into_iter().map(of).filter(|found| !found.lines.is_empty() || !found.notes.is_empty()).collect()
    }
}

/// A call to read something, as the role for looking.
pub(super) fn ask(search: &Search, step: Step, call: EvidenceCall) -> Ask {
    Ask { step, target: search.reader.clone(), call: Call::Evidence(call) }
}

fn why(failure: &Failure, action: &'static str) -> Note {
    match failure.kind {
        FailureKind::Denied => Note::Denied(action),
        FailureKind::NotFound => Note::Gone,
        _ => Note::NoAnswer,
    }
}
