//! An operation whose failures are explained.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::search::{Ask, Search, Step};
use crate::assembly::{Assembly, StackId};
use crate::cloud::{Answer, Call, Failure};
use crate::engine::traffic::Desk;
use crate::engine::{Action, Event, Moment, Operation, Outcome, Progress, ResourceEvent, Span};

/// So many causes are looked into.
const CAUSES: usize = 3;
/// So long answers are waited for.
const PATIENCE: Span = Span::seconds(8);
/// Calls of the operation itself never get so far; an answer to one that comes late is not mistaken for one of ours.
const FIRST: u64 = 1 << 48;

/// How deep it is looked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Depth {
    /// What services say themselves: why tasks stopped, which calls were refused.
    #[default]
    Services,
    /// Lines of logs too.
    Logs,
}

/// An operation whose failures are explained once it is over. Its outcome is handed on as it is.
pub struct Explained<'a> {
    operation: &'a mut dyn Operation,
    assembly: Arc<Assembly>,
    depth: Depth,
    causes: BTreeMap<StackId, Vec<ResourceEvent>>,
    begun: BTreeMap<(StackId, String), u64>,
    interrupted: bool,
    after: Option<After>,
}

/// What goes on after the operation.
#[derive(Debug)]
struct After {
    outcome: Box<Outcome>,
    searches: Vec<Search>,
    desk: Desk<Purpose>,
}

#[derive(Clone, PartialEq, Debug)]
enum Purpose {
    /// A call of a search, and the action that it needs.
    Step(usize, Step, &'static str),
    TimeIsUp,
}

impl<'a> Explained<'a> {
    /// An operation on stacks of an assembly.
    pub fn new(operation: &'a mut dyn Operation, assembly: Arc<Assembly>, depth: Depth) -> Self {
        let (causes, begun) = (BTreeMap::new(), BTreeMap::new());
        Self { operation, assembly, depth, causes, begun, interrupted: false, after: None }
    }

    fn remember(&mut self, progress: &Progress) {
        match progress {
            Progress::Diagnosis { stack, causes } => {
                self.causes.insert(stack.clone(), causes.clone());
            }
            Progress::Resource { stack, event } if event.status.ends_with("_IN_PROGRESS") => {
                let begun = self.begun.entry((stack.clone(), event.logical_id.clone())).or_insert(event.at);
                *begun = event.at.min(*begun);
            }
            _ => {}
        }
    }

    /// What is worth looking into: the first cause of each stack, then the second of each.
    fn searches(&self) -> Vec<Search> {
        let ranks = (0..CAUSES).flat_map(|rank| self.causes.iter().map(move |(id, causes)| (id, causes.get(rank))));
        let of = |(id, cause): (&StackId, Option<&ResourceEvent>)| {
            let (stack, cause) = (self.assembly.stack(id)?, cause?);
            let begun = self.begun.get(&(id.clone(), cause.logical_id.clone())).copied();
            Search::new(stack, cause, begun, self.depth)
        };
        ranks.filter_map(of).take(CAUSES).collect()
    }

    /// The operation is over: asks, or ends too.
    fn over(&mut self, now: Moment, outcome: Box<Outcome>) -> Vec<Action> {
        let searches = if self.interrupted { Vec::new() } else { self.searches() };
        if searches.is_empty() {
            return vec![Action::Finish(outcome)];
        }
        let mut after = After { outcome, searches, desk: Desk::numbered_from(FIRST) };
        after.desk.remind(now + PATIENCE, Purpose::TimeIsUp);
        for at in 0..after.searches.len() {
            let asks = after.searches[at].begin();
            after.ask(now, at, asks);
        }
        let actions = after.desk.actions();
        self.after = Some(after);
        actions
    }

    fn look(&mut self, now: Moment, event: Event) -> Vec<Action> {
        let Some(mut after) = self.after.take() else { return Vec::new() };
        let mut is_over = matches!(event, Event::Interrupted(_));
        match event {
            Event::Answered { id, result } => {
                if let Some((purpose, result)) = after.desk.answered(now, id, result) {
                    after.took(now, purpose, result);
                }
            }
            Event::Woke(id) => after.desk.woke(id),
            _ => {}
        }
        is_over |= after.desk.due(now).contains(&Purpose::TimeIsUp);
        if is_over || after.searches.iter().all(Search::is_over) {
            return after.end();
        }
        let actions = after.desk.actions();
        self.after = Some(after);
        actions
    }
}

impl After {
    fn ask(&mut self, now: Moment, at: usize, asks: Vec<Ask>) {
        for Ask { step, target, call } in asks {
            let action = match &call {
                Call::Evidence(call) => call.action(),
                _ => "sts:GetCallerIdentity",
            };
            self.desk.wonder(now, Purpose::Step(at, step, action), &target, call);
        }
    }

    fn took(&mut self, now: Moment, purpose: Purpose, result: Result<Answer, Failure>) {
        if let Purpose::Step(at, step, action) = purpose {
            let asks = self.searches[at].took(now, step, action, result);
            self.ask(now, at, asks);
        }
    }

    /// Tells what was found, and hands the outcome on.
    fn end(mut self) -> Vec<Action> {
        for mut search in self.searches {
            search.time_is_up();
            let stack = search.stack.clone();
            let evidence = search.evidence();
            if !evidence.is_empty() {
                self.desk.tell(Progress::Evidence { stack, evidence });
            }
        }
        self.desk.act(Action::Finish(self.outcome));
        let told = self.desk.actions();
        // Nothing is waited for any more.
        told.into_iter().filter(|action| !matches!(action, Action::Call { .. } | Action::Wake { .. })).collect()
    }
}

impl Operation for Explained<'_> {
    fn step(&mut self, now: Moment, event: Event) -> Vec<Action> {
        if self.after.is_some() {
            return self.look(now, event);
        }
        self.interrupted |= matches!(event, Event::Interrupted(_));
        let mut actions = self.operation.step(now, event);
        for action in &actions {
            if let Action::Tell(progress) = action {
                self.remember(progress);
            }
        }
        if matches!(actions.last(), Some(Action::Finish(_)))
            && let Some(Action::Finish(outcome)) = actions.pop()
        {
            actions.extend(self.over(now, outcome));
        }
        actions
    }
}
