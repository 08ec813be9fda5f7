//! Change sets that cannot be made, or cannot be used.

use std::fmt::Write;

use super::purpose::DraftStep;
use super::reducer::Deployment;
use super::stage::Stage;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, FailureKind, Page};
use crate::engine::{End, Exit, Moment, Problem};

const ATTEMPTS: u32 = 4;

impl Deployment {
    /// The change set of this name cannot be used: it is deleted and another made.
    pub(super) fn draft_anew(&mut self, now: Moment, id: &StackId) {
        let Some(draft) = self.work(id).draft.clone() else { return };
        self.drop_draft(now, id);
        if draft.attempt < ATTEMPTS {
            self.draft_with(now, id, draft.inputs, draft.attempt + 1);
        } else {
            let message = format!("somebody else keeps working on stack `{}`", self.run.stack(id).name);
            self.give_up(now, id, Problem::new(Exit::Stale, message).help("try again when they are done"));
        }
    }

    /// Early validation says more than the change set's own reason.
    pub(super) fn ask_why(&mut self, now: Moment, id: &StackId, reason: Option<String>) {
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        draft.reason = Some(reason.unwrap_or_default());
        let change_set = draft.change_set.clone().unwrap_or_default();
        let call = Call::DescribeChangeSetEvents { change_set, page: Page::first() };
        self.ask_draft(now, id, DraftStep::Events, call);
    }

    pub(super) fn explained(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let reason = self.work(id).draft.as_ref().and_then(|draft| draft.reason.clone()).unwrap_or_default();
        let mut message = format!("the change set for stack `{}` could not be made: {reason}", self.run.stack(id).name);
        if let Ok(Answer::Events(events, _)) = result {
            let said = events.iter().rev().filter_map(|event| Some((&event.logical_id, event.reason.as_ref()?)));
            let origins = &self.run.stack(id).origins;
            for (logical_id, reason) in said {
                let at = origins.get(logical_id).and_then(|origin| origin.source.as_ref());
                let at = at.map(|at| format!(" ({at})")).unwrap_or_default();
                write!(message, "; `{logical_id}`{at}: {reason}").ok();
            }
        }
        self.drop_draft(now, id);
        self.give_up(now, id, Problem::new(Exit::Refused, message).help("nothing was executed; mend the template"));
    }

    pub(super) fn draft_failed(&mut self, now: Moment, id: &StackId, failure: &Failure) {
        let name = &self.run.stack(id).name;
        let message = match failure.kind {
            FailureKind::InProgress => format!("somebody else works on stack `{name}`: {failure}"),
            _ => format!("a change set for stack `{name}` could not be made: {failure}"),
        };
        self.give_up(now, id, Problem::failed(failure, message));
    }

    /// A stack cannot be brought on; while applying, others are.
    pub(super) fn give_up(&mut self, now: Moment, id: &StackId, problem: Problem) {
        self.run.problem(problem.of(id));
        self.over(now, id, End::NotBegun);
        if self.stage == Stage::Applying {
            self.failure_stops();
        }
    }

    /// Deletes a change set that is not needed.
    pub(super) fn drop_draft(&mut self, now: Moment, id: &StackId) {
        let Some(draft) = self.work(id).draft.as_ref() else { return };
        let made = self.made(id, &draft.name);
        // An empty stack goes with its change set, at the end.
        if !made.new_stack {
            self.made.remove(&made);
            self.clean(now, made);
        }
    }
}
