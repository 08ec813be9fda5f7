//! Comparing once more what was agreed to with what the service would do.

use super::changes::ChangeList;
use super::doubting::ASKED_AGAIN;
use super::purpose::{ApplyStep, Purpose};
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Call, ChangeSetAnswer, ChangeSetState, ExecutionState, Failure, FailureKind};
use crate::digest::sha256;
use crate::engine::watch::OLD_ANSWERS;
use crate::engine::{Exit, Moment, Problem};

impl Deployment {
    /// Executes at once what was compared in this run with nobody asked since; compares again otherwise.
    pub(super) fn verify(&mut self, now: Moment, id: &StackId) {
        let stack = self.reference(id);
        let Some(draft) = self.work_mut(id).draft.as_mut() else { return };
        if draft.fresh {
            return self.execute_held(now, id);
        }
        let change_set = draft.change_set.clone().unwrap_or_default();
        let (changes, describe) = ChangeList::begin(stack.clone(), change_set.clone());
        draft.changes = changes;
        draft.since = now;
        self.work_mut(id).phase = Phase::Verifying(2);
        self.ask_apply(now, id, ApplyStep::Describe, describe);
        self.ask_apply(now, id, ApplyStep::Template, Call::GetTemplate { stack, change_set: Some(change_set) });
    }

    pub(super) fn ask_apply(&mut self, now: Moment, id: &StackId, step: ApplyStep, call: Call) {
        let target = self.run.stack(id).target.clone();
        self.run.desk.ask(now, Purpose::Apply(id.clone(), step), &target, call);
    }

    pub(super) fn described_again(&mut self, now: Moment, id: &StackId, answer: ChangeSetAnswer) {
        if !matches!(self.work(id).phase, Phase::Verifying(_)) {
            return;
        }
        match answer.execution {
            _ if !self.reads_root(id) => {}
            ExecutionState::Available if answer.state == ChangeSetState::Complete => {}
            // Ours, by a run that died, or by an answer that was lost.
            ExecutionState::InProgress | ExecutionState::Complete => return self.wait_for_end(now, id),
            ExecutionState::Unavailable if self.is_being_made(now, id, answer.state) => {
                let at = self.run.desk.next_look(&self.run.stack(id).place.clone(), now + ASKED_AGAIN);
                return self.run.desk.remind(at, Purpose::Apply(id.clone(), ApplyStep::Describe));
            }
            _ => return self.stale(now, id, "its change set cannot be executed any more"),
        }
        let next = self.work_mut(id).draft.as_mut().and_then(|draft| draft.changes.took(answer));
        self.compare_on(now, id, next);
    }

    /// Whether a change set is shown as it was before it could be executed.
    fn is_being_made(&self, now: Moment, id: &StackId, state: ChangeSetState) -> bool {
        let since = self.work(id).draft.as_ref().map_or(now, |draft| draft.since);
        matches!(state, ChangeSetState::InProgress | ChangeSetState::Complete) && now - since < OLD_ANSWERS
    }

    pub(super) fn verify_again(&mut self, now: Moment, id: &StackId) {
        if !matches!(self.work(id).phase, Phase::Verifying(_)) {
            return;
        }
        let stack = self.reference(id);
        let Some(draft) = self.work_mut(id).draft.as_mut() else { return };
        let (changes, describe) = ChangeList::begin(stack, draft.change_set.clone().unwrap_or_default());
        draft.changes = changes;
        self.ask_apply(now, id, ApplyStep::Describe, describe);
    }

    fn compare_on(&mut self, now: Moment, id: &StackId, next: Option<Call>) {
        if let Some(call) = next {
            return self.ask_apply(now, id, ApplyStep::Describe, call);
        }
        let Some(draft) = self.work(id).draft.as_ref() else { return };
        let agreed = draft.planned.as_ref().map(|planned| planned.changes_digest.clone());
        if agreed.is_some_and(|agreed| agreed == draft.changes.digest()) {
            self.one_compared(now, id);
        } else {
            self.stale(now, id, "its change set changes something else");
        }
    }

    pub(super) fn template_again(&mut self, now: Moment, id: &StackId, template: &str) {
        if !matches!(self.work(id).phase, Phase::Verifying(_)) {
            return;
        }
        let agreed = self.work(id).draft.as_ref().and_then(|draft| draft.planned.as_ref());
        if agreed.is_some_and(|agreed| sha256(template) == agreed.template) {
            self.one_compared(now, id);
        } else {
            self.stale(now, id, "its change set has another template");
        }
    }

    fn one_compared(&mut self, now: Moment, id: &StackId) {
        match self.work(id).phase {
            Phase::Verifying(2) => self.work_mut(id).phase = Phase::Verifying(1),
            _ => self.execute_held(now, id),
        }
    }

    pub(super) fn verify_failed(&mut self, now: Moment, id: &StackId, failure: &Failure) {
        if !matches!(self.work(id).phase, Phase::Verifying(_)) {
            return;
        }
        if !self.reads_root(id) {
            let next = self.work_mut(id).draft.as_mut().and_then(|draft| draft.changes.skip());
            return self.compare_on(now, id, next);
        }
        match failure.kind {
            // Executed or deleted; the stack tells which.
            FailureKind::NotFound => self.ask_whose(now, id),
            _ => {
                let message =
                    format!("the change set of stack `{}` cannot be read again: {failure}", self.run.stack(id).name);
                self.give_up(now, id, Problem::failed(failure, message));
            }
        }
    }

    pub(super) fn stale(&mut self, now: Moment, id: &StackId, why: &str) {
        let message = format!("stack `{}` is not as it was when the plan was made: {why}", self.run.stack(id).name);
        self.give_up(now, id, Problem::new(Exit::Stale, message).help("make a new plan with `ce plan`"));
        self.failure_stops();
    }
}
