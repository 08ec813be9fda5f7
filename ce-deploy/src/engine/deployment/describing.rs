//! Change sets on their way: waited for, read, compared with what we sent.

use std::collections::BTreeSet;

use super::changes::ChangeList;
use super::purpose::{DraftStep, Purpose};
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{self, Call, ChangeSetAnswer, ChangeSetState, ExecutionState, StackStatus, Tag};
use crate::digest::sha256;
use crate::engine::{Exit, Moment, Problem, Span};
use crate::template;

const LOOKS_APART: [Span; 5] = [Span(500), Span(750), Span(1_000), Span(2_000), Span(3_000)];
/// Longer than any change set was seen to take.
const PATIENCE: Span = Span::seconds(30 * 60);

impl Deployment {
    pub(super) fn look_at_draft(&mut self, now: Moment, id: &StackId) {
        if self.work(id).phase == Phase::Drafting {
            self.describe(now, id);
        }
    }

    fn describe(&mut self, now: Moment, id: &StackId) {
        let stack = self.reference(id);
        let Some(draft) = self.work_mut(id).draft.as_mut() else { return };
        let change_set = draft.change_set.clone().unwrap_or_else(|| draft.name.clone());
        let (changes, call) = ChangeList::begin(stack, change_set);
        draft.changes = changes;
        self.ask_draft(now, id, DraftStep::Describe, call);
    }

    pub(super) fn described(&mut self, now: Moment, id: &StackId, answer: ChangeSetAnswer) {
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        if !draft.changes.at_root() {
            return self.described_nested(now, id, answer);
        }
        draft.change_set = Some(answer.id.clone());
        draft.arn = Some(answer.stack.clone());
        match answer.state {
            ChangeSetState::InProgress => self.look_again(now, id),
            ChangeSetState::Failed if answer.has_no_changes() => self.nothing_to_do(now, id),
            ChangeSetState::Failed => self.ask_why(now, id, answer.reason),
            ChangeSetState::Deleted => self.draft_anew(now, id),
            ChangeSetState::Complete => self.complete(now, id, answer),
        }
    }

    fn look_again(&mut self, now: Moment, id: &StackId) {
        let place = self.run.stack(id).place.clone();
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        if now - draft.since > PATIENCE {
            let message = format!("change set `{}` is still not made", draft.name);
            return self.give_up(now, id, Problem::new(Exit::Unclassified, message));
        }
        let apart = LOOKS_APART[(draft.looks as usize).min(LOOKS_APART.len() - 1)];
        draft.looks += 1;
        let at = self.run.desk.next_look(&place, now + apart);
        self.run.desk.remind(at, Purpose::Draft(id.clone(), DraftStep::Look));
    }

    fn complete(&mut self, now: Moment, id: &StackId, answer: ChangeSetAnswer) {
        match answer.execution {
            ExecutionState::Available => {}
            // It is being made available.
            ExecutionState::Unavailable => return self.look_again(now, id),
            ExecutionState::InProgress | ExecutionState::Complete => return self.executed_before(now, id, &answer),
            ExecutionState::Failed | ExecutionState::Obsolete => return self.draft_anew(now, id),
        }
        let unguarded = self.guard(id).zip(answer.guard.as_ref()).is_some_and(|(told, has)| !has.was_told(&told));
        if unguarded || self.has_other_tags(id, &answer) {
            return self.draft_anew(now, id);
        }
        let next = self.work_mut(id).draft.as_mut().and_then(|draft| draft.changes.took(answer));
        self.read_on(now, id, next);
    }

    /// Whether somebody made a change set under our name: the template is compared later, tags are not part of it.
    fn has_other_tags(&self, id: &StackId, answer: &ChangeSetAnswer) -> bool {
        let Some(draft) = &self.work(id).draft else { return false };
        let sorted = |tags: &[Tag]| tags.iter().cloned().collect::<BTreeSet<_>>();
        !answer.tags.is_empty() && sorted(&answer.tags) != sorted(&draft.inputs.tags)
    }

    /// The change set of a nested stack may be worked out after that of its root.
    fn described_nested(&mut self, now: Moment, id: &StackId, answer: ChangeSetAnswer) {
        if answer.state == ChangeSetState::InProgress {
            return self.look_again(now, id);
        }
        let next = self.work_mut(id).draft.as_mut().and_then(|draft| draft.changes.took(answer));
        self.read_on(now, id, next);
    }

    /// Reads the next page or nested change set; the template while all is read for the second time.
    pub(super) fn read_on(&mut self, now: Moment, id: &StackId, next: Option<Call>) {
        let stack = self.reference(id);
        let Some(draft) = self.work_mut(id).draft.as_mut() else { return };
        if draft.changes.is_read_once() && !std::mem::replace(&mut draft.asked_template, true) {
            let call = Call::GetTemplate { stack, change_set: draft.change_set.clone() };
            let step = DraftStep::Template(draft.attempt);
            self.ask_draft(now, id, step, call);
        }
        match next {
            Some(call) => self.ask_draft(now, id, DraftStep::Describe, call),
            None => self.drafted_if_read(now, id),
        }
    }

    fn drafted_if_read(&mut self, now: Moment, id: &StackId) {
        let Some(draft) = self.work(id).draft.as_ref().filter(|draft| draft.changes.is_read()) else { return };
        if let Some(template) = draft.template.clone() {
            self.drafted(now, id, template);
        }
    }

    /// Whether the changes of the stack itself are read, rather than those of a nested one.
    pub(super) fn reads_root(&self, id: &StackId) -> bool {
        self.work(id).draft.as_ref().is_none_or(|draft| draft.changes.at_root())
    }

    /// A run that died executed it before we looked; what it does is waited for.
    fn executed_before(&mut self, now: Moment, id: &StackId, answer: &ChangeSetAnswer) {
        let mut found =
            cloud::Stack::new(answer.stack.clone(), self.run.stack(id).name.clone(), StackStatus::UpdateInProgress);
        if self.existing(id).is_none() {
            found.status = StackStatus::CreateInProgress;
        }
        self.attach(now, id, &found, &answer.id);
    }

    pub(super) fn compared(&mut self, now: Moment, id: &StackId, attempt: u32, template: &str) {
        if self.work(id).draft.as_ref().is_none_or(|draft| draft.attempt != attempt) {
            return;
        }
        if !self.is_template(id, template) {
            let name = &self.run.stack(id).name;
            let message = format!("the service has another template for stack `{name}` than was sent");
            self.drop_draft(now, id);
            return self.give_up(now, id, Problem::new(Exit::Refused, message).help("nothing was executed"));
        }
        if let Some(draft) = &mut self.work_mut(id).draft {
            draft.template = Some(sha256(template));
        }
        self.drafted_if_read(now, id);
    }

    /// Whether a text is the template that the stack is to have in this phase. The service may have written it anew.
    fn is_template(&self, id: &StackId, text: &str) -> bool {
        let wanted = self.work(id).kept_template.as_ref().unwrap_or(&self.run.stack(id).template);
        text == &**wanted || same_json(text, wanted)
    }
}

fn same_json(one: &str, other: &str) -> bool {
    template::value(one).is_some_and(|one| Some(one) == template::value(other))
}
