//! One stack after the other, and what the ends of their operations mean.

use super::purpose::Purpose;
use super::reducer::{Errand, Task};
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::{self, Answer, Call, Failure, FailureKind, StackStatus, Token};
use crate::engine::run::{News, failure};
use crate::engine::watch::{Kind, Watched};
use crate::engine::{End, Moment, OnFailure, Problem, Progress, ResourceEvent};
use crate::journal::Entry;
use crate::plan::Seen;

const ATTEMPTS: u32 = 5;

impl Errand {
    /// Begins what can be begun; ends when nothing is left.
    pub(super) fn schedule(&mut self, now: Moment) {
        for id in self.ids() {
            if self.subject(&id).phase == Phase::Ready {
                self.consider(now, &id);
            }
        }
        if self.subjects.values().all(|subject| subject.end().is_some()) {
            self.finish();
        }
    }

    fn consider(&mut self, now: Moment, id: &StackId) {
        let waits: Vec<StackId> = self.order.waits_for(id).cloned().collect();
        let failed = |other: &&StackId| self.subjects.get(*other).is_some_and(|it| it.end().is_some() && !it.is_done());
        if let Some(cause) = waits.iter().find(failed).cloned() {
            self.over(now, id, End::Skipped(cause));
        } else if self.run.stopping {
            self.over(now, id, End::NotBegun);
        } else if waits.iter().all(|other| self.subjects.get(other).is_none_or(|it| it.is_done())) {
            self.working(now, id);
            match self.task {
                Task::Attach => self.wait_on(now, id),
                Task::Cancel => self.begin_cancelling(now, id),
                Task::Destroy => self.begin_destroying(now, id),
                Task::Drift => self.begin_detecting(now, id),
                Task::Recover(_) => self.begin_recovering(now, id),
                // All at once, not one after the other.
                Task::Move => {}
            }
        }
    }

    /// Records an operation, begins it, and waits for its end.
    pub(super) fn begin(&mut self, now: Moment, id: &StackId, kind: Kind, token: &Token, call: Call) {
        let Some(found) = self.run.found(id).cloned() else { return };
        let target = self.run.stack(id).target.clone();
        self.run.desk.record(&Entry::Operation {
            stack: id.clone(),
            arn: found.id.clone(),
            token: token.clone(),
            change_set: None,
        });
        let watched =
            Watched::new(id, &target, &found.id, kind, token.clone()).before(Some(Seen::of(&found))).began(now);
        self.subject_mut(id).phase = Phase::Beginning;
        self.run.desk.ask(now, Purpose::Begin(id.clone()), &target, call);
        self.run.watch(now, watched);
    }

    /// The token of an operation: the same for the same stack in the same state.
    pub(super) fn token(&self, id: &StackId, operation: &str) -> Token {
        let seen = self.run.found(id).map(|found| (found.id.clone(), Seen::of(found)));
        Token::of(&format!("{seen:?}"), &self.run.stack(id).name, operation, self.subject(id).attempt)
    }

    pub(super) fn took_begin(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.subject(id).phase != Phase::Beginning {
            return;
        }
        match result {
            Err(failure) if failure.kind == FailureKind::TokenUsed && self.subject(id).attempt < ATTEMPTS => {
                self.run.watcher.remove(id);
                self.subject_mut(id).attempt += 1;
                self.subject_mut(id).phase = Phase::Ready;
            }
            Err(failure) if failure.kind == FailureKind::NotFound && self.task == Task::Destroy => {
                self.over(now, id, End::Deleted);
            }
            // It may have been begun; what is watched tells.
            Err(failure) if !failure.may_be_done() => {
                let message = format!("stack `{}`: {failure}", self.run.stack(id).name);
                self.run.problem(Problem::failed(&failure, message).of(id));
                self.over(now, id, End::NotBegun);
                self.run.stopping |= self.run.options.on_failure != OnFailure::Continue;
            }
            _ => {
                let (arn, token) = match self.run.watcher.get(id) {
                    Some(watched) => (watched.stack.to_string(), watched.token.clone()),
                    None => return,
                };
                self.subject_mut(id).phase = Phase::Running;
                self.run.tell(now, Progress::Begun { stack: id.clone(), arn, token, attached: false });
            }
        }
    }

    pub(super) fn heard(&mut self, now: Moment, news: News) {
        match news {
            News::Status(id, status) => self.subject_mut(&id).status = Some(status),
            News::Over(id, status, stack) => self.operation_over(now, &id, status, stack.map(|stack| *stack)),
            News::Causes(id, causes) if self.subject(&id).phase == Phase::Diagnosing => {
                self.diagnosed(now, &id, &causes)
            }
            // What happened before this run: it is told, and the stage goes on.
            News::Causes(..) => self.run.answered(),
            News::TimeIsUp => self.time_is_up(now),
            // An errand changes no resource past its stack.
            News::SwapReady(_) | News::SwapRefused(..) | News::SwapOver(..) => {}
        }
    }

    fn operation_over(&mut self, now: Moment, id: &StackId, status: StackStatus, stack: Option<cloud::Stack>) {
        let subject = self.subject_mut(id);
        subject.status = Some(status);
        if let Some(stack) = stack {
            subject.outputs.clone_from(&stack.outputs);
            self.run.stacks.insert(id.clone(), Some(stack));
        }
        if self.is_what_was_wanted(status) {
            let end = if status == StackStatus::DeleteComplete { End::Deleted } else { End::Changed };
            self.over(now, id, end);
        } else if self.run.diagnose(now, id) {
            self.subject_mut(id).phase = Phase::Diagnosing;
        }
    }

    fn diagnosed(&mut self, now: Moment, id: &StackId, causes: &[ResourceEvent]) {
        let status = self.subject(id).status.unwrap_or(StackStatus::DeleteFailed);
        let put_back = status.is_rolled_back();
        let problem = failure(&self.run.stack(id).name, status, put_back, causes.first()).of(id);
        self.run.problem(problem);
        self.over(now, id, if put_back { End::RolledBack } else { End::Failed });
        self.run.stopping |= self.run.options.on_failure != OnFailure::Continue;
    }

    fn is_what_was_wanted(&self, status: StackStatus) -> bool {
        match self.task {
            Task::Destroy => status == StackStatus::DeleteComplete,
            Task::Cancel | Task::Recover(_) => status.is_success() || status == StackStatus::UpdateRollbackComplete,
            Task::Attach | Task::Drift | Task::Move => status.is_success(),
        }
    }
}
