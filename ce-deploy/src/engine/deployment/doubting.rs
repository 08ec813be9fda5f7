//! What a read shows may be old: a minute, as was seen. Nothing is refused because of one read.
//!
//! A stack that could not be worked on as it was seen, or that was seen otherwise than the journal says, is looked at again
//! until an answer can no longer be that old, or its events say the same. Where the service refuses a change set because the stack is not as it was
//! seen, all is planned anew: the service knows better than a read.

use super::purpose::{DraftStep, Purpose};
use super::reducer::{Deployment, Goal};
use super::stage::Stage;
use super::work::{Phase, Work};
use crate::assembly::StackId;
use crate::cloud::{self, Answer, Call, ChangeSetType, Failure, FailureKind, Page, StackRef, StackStatus};
use crate::engine::run::Routine;
use crate::engine::watch::OLD_ANSWERS;
use crate::engine::{Moment, Progress, Span};
use crate::journal::Entry;
use crate::plan::{Plan, Seen};

pub(super) const ASKED_AGAIN: Span = Span::seconds(2);
const ASKED_LATER: Span = Span::seconds(10);

impl Deployment {
    /// Looks again at stacks that an old answer may show; whether there are any.
    pub(super) fn looks_again(&mut self, now: Moment) -> bool {
        let ids = self.run.of_interest().clone();
        let doubtful: Vec<StackId> = ids.into_iter().filter(|id| self.is_doubtful(now, id)).collect();
        if doubtful.is_empty() || !self.is_early(now) {
            return false;
        }
        if self.call_witnesses(now, &doubtful) {
            return true;
        }
        for id in doubtful {
            self.witnesses.remove(&id);
            self.tell_doubt(now, &id);
            let at = self.next_try(now, &id);
            self.run.pending += 1;
            self.run.desk.remind(at, Routine::SurveyOne(id).into());
        }
        true
    }

    /// Whether what is in doubt can still be an old answer.
    fn is_early(&mut self, now: Moment) -> bool {
        now - *self.doubted.get_or_insert(now) < OLD_ANSWERS
    }

    /// How long it is waited before the next try: the longer, the longer there is doubt.
    fn pause(&self, now: Moment) -> Span {
        let waited = now - self.doubted.unwrap_or(now);
        Span((waited.0 / 2).clamp(ASKED_AGAIN.0, ASKED_LATER.0))
    }

    fn next_try(&mut self, now: Moment, id: &StackId) -> Moment {
        let from = now + self.pause(now);
        let place = self.run.stack(id).place.clone();
        self.run.desk.next_look(&place, from)
    }

    fn tell_doubt(&mut self, now: Moment, id: &StackId) {
        let Some(status) = self.existing(id).map(|found| found.status) else { return };
        if self.works.get(id).is_some_and(|work| work.status != Some(status)) {
            self.work_mut(id).status = Some(status);
            self.run.tell(now, Progress::Status { stack: id.clone(), status });
        }
    }

    fn is_doubtful(&self, now: Moment, id: &StackId) -> bool {
        let found = self.existing(id);
        let certain = found.is_some_and(|found| self.is_witnessed(id, found.status));
        self.contradicts_journal(now, id, found)
            || (self.is_refused(id) && !certain)
            || matches!(&self.goal, Goal::Apply(plan) if is_older(plan, id, found))
    }

    /// Whether a stack of this deployment is not worked on as it was seen.
    pub(super) fn is_refused(&self, id: &StackId) -> bool {
        self.works.contains_key(id) && self.existing(id).is_some_and(|found| self.would_refuse(id, found))
    }

    fn would_refuse(&self, id: &StackId, found: &cloud::Stack) -> bool {
        if found.status.is_in_progress() {
            let ours = found.change_set.as_ref().is_some_and(|change_set| self.is_ours(id, change_set));
            return !(ours && self.goal == Goal::Deploy);
        }
        !found.status.takes_updates() && found.status != StackStatus::RollbackComplete
    }

    /// Whether a stack is seen as it was before the end of an operation that we saw.
    fn contradicts_journal(&self, now: Moment, id: &StackId, found: Option<&cloud::Stack>) -> bool {
        let Some(last) = self.run.options.journal.last_operation(id) else { return false };
        let Some((at, status)) = last.ended.filter(|(at, _)| now.0.abs_diff(*at) < OLD_ANSWERS.0) else { return false };
        match (found, status) {
            (None, status) => status.is_some_and(|status| status != StackStatus::DeleteComplete),
            (Some(found), None) => found.id == last.arn,
            // An operation ends once: another end is that of one that came after, as of a move to another stack.
            (Some(found), Some(status)) if found.change_set == last.change_set => {
                found.status != status && !has_ended(found.status)
            }
            (Some(found), Some(status)) => {
                // An emulator may not say which change set was executed last: then the state tells.
                let tells = found.change_set.is_some() || found.status != status;
                tells && found.id == last.arn && found.updated.unwrap_or(found.created) < at
            }
        }
    }

    /// Whether the service refuses a change set because the stack is not as it was seen.
    pub(super) fn was_misled(&self, id: &StackId, failure: &Failure) -> bool {
        let Some(draft) = &self.work(id).draft else { return false };
        match (draft.inputs.kind, failure.kind) {
            (_, FailureKind::InProgress | FailureKind::WrongState) => true,
            (ChangeSetType::Create, _) => failure.message.contains("already exists and cannot be created"),
            (_, kind) => kind == FailureKind::NotFound,
        }
    }

    /// Begins again with what is there now; whether there is time for it.
    pub(super) fn doubt(&mut self, now: Moment, id: &StackId) -> bool {
        if !self.is_early(now) || self.run.stopping {
            return false;
        }
        let made = self.work(id).draft.as_ref().map(|draft| self.made(id, &draft.name));
        if let Some(made) = made {
            self.made.remove(&made);
            self.run.desk.record(&Entry::Settled(made));
        }
        if self.stage == Stage::Applying || self.back.is_some() {
            let at = self.next_try(now, id);
            self.run.desk.remind(at, Purpose::Draft(id.clone(), DraftStep::Stack));
        } else {
            self.work_mut(id).phase = Phase::Misled;
        }
        true
    }

    /// Plans anew when all that was under way is settled.
    pub(super) fn plan_anew(&mut self, now: Moment) {
        for work in self.works.values_mut() {
            *work = Work { attached: work.attached, ..Work::new(work.facts.clone()) };
        }
        self.stage = Stage::Surveying;
        let at = now + self.pause(now);
        self.run.pending += 1;
        self.run.desk.remind(at, Purpose::Anew);
    }

    pub(super) fn survey_anew(&mut self, now: Moment) {
        self.run.answered();
        self.run.stacks.clear();
        self.begin_surveying(now);
    }

    /// Looks once more at a stack whose change set is refused though others have been changed by now.
    pub(super) fn look_at_stack(&mut self, now: Moment, id: &StackId) {
        let call = Call::DescribeStacks { stack: Some(StackRef::name(&self.run.stack(id).name)), page: Page::first() };
        self.ask_draft(now, id, DraftStep::Stack, call);
    }

    pub(super) fn took_stack(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let found = match result {
            Ok(Answer::Stacks(stacks, _)) => stacks.into_iter().next(),
            _ => None,
        };
        self.run.stacks.insert(id.clone(), found);
        let seen = self.existing(id).map(Seen::of);
        let work = self.work_mut(id);
        work.seen = seen;
        work.draft = None;
        self.draft(now, id);
    }
}

fn has_ended(status: StackStatus) -> bool {
    !status.is_in_progress() && status != StackStatus::ReviewInProgress
}

/// Whether a stack is seen as it was before the plan was made. What is newer is refused at once.
fn is_older(plan: &Plan, id: &StackId, found: Option<&cloud::Stack>) -> bool {
    let Some(planned) = plan.stacks.iter().find(|planned| planned.stack == *id) else { return false };
    let ours = planned.step.change_set().map(|change_set| &change_set.change_set);
    match (&planned.seen, found) {
        (Some(_), None) => true,
        (Some(seen), Some(found)) => {
            let executed = ours.is_some() && found.change_set.as_ref() == ours;
            !executed && Seen::of(found) != *seen && found.updated <= seen.updated
        }
        (None, _) => false,
    }
}
