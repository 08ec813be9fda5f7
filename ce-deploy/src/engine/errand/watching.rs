//! One stack after the other, and what the ends of their operations mean.

use super::purpose::Purpose;
use super::reducer::{Errand, Task};
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::{self, Answer, Call, Failure, FailureKind, Place, StackEvent, StackStatus, Token};
use crate::engine::exit::exit_of;
use crate::engine::watch::{Kind, Look, Sighting, Watched};
use crate::engine::{End, Moment, OnFailure, Problem, Progress, ResourceEvent, Span};
use crate::journal::Entry;
use crate::plan::Seen;

const FIRST_LOOK: Span = Span(500);
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
        } else if self.stopping {
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
        let Some(found) = self.found(id).cloned() else { return };
        let target = self.stack(id).target.clone();
        self.desk.record(&Entry::Operation {
            stack: id.clone(),
            arn: found.id.clone(),
            token: token.clone(),
            change_set: None,
        });
        let watched =
            Watched::new(id, &target, &found.id, kind, token.clone()).before(Some(Seen::of(&found))).began(now);
        self.subject_mut(id).phase = Phase::Beginning;
        self.desk.ask(now, Purpose::Begin(id.clone()), &target, call);
        self.watch(now, watched);
    }

    /// The token of an operation: the same for the same stack in the same state.
    pub(super) fn token(&self, id: &StackId, operation: &str) -> Token {
        let seen = self.found(id).map(|found| (found.id.clone(), Seen::of(found)));
        Token::of(&format!("{seen:?}"), &self.stack(id).name, operation, self.subject(id).attempt)
    }

    pub(super) fn took_begin(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.subject(id).phase != Phase::Beginning {
            return;
        }
        match result {
            Err(failure) if failure.kind == FailureKind::TokenUsed && self.subject(id).attempt < ATTEMPTS => {
                self.watcher.remove(id);
                self.subject_mut(id).attempt += 1;
                self.subject_mut(id).phase = Phase::Ready;
            }
            Err(failure) if failure.kind == FailureKind::NotFound && self.task == Task::Destroy => {
                self.over(now, id, End::Deleted);
            }
            // It may have been begun; what is watched tells.
            Err(failure) if !failure.may_be_done() => {
                let message = format!("stack `{}`: {failure}", self.stack(id).name);
                self.problem(Problem::new(exit_of(&failure), message).of(id));
                self.over(now, id, End::NotBegun);
                self.stopping |= self.options.on_failure == OnFailure::Stop;
            }
            _ => {
                let (arn, token) = match self.watcher.get(id) {
                    Some(watched) => (watched.stack.to_string(), watched.token.clone()),
                    None => return,
                };
                self.subject_mut(id).phase = Phase::Running;
                self.tell(now, Progress::Begun { stack: id.clone(), arn, token, attached: false });
            }
        }
    }

    pub(super) fn watch(&mut self, now: Moment, watched: Watched) {
        let place = watched.target.place.clone();
        if self.watcher.add(watched) {
            self.next_round(now + FIRST_LOOK, place);
        }
    }

    fn next_round(&mut self, from: Moment, place: Place) {
        let at = self.desk.next_look(&place, from);
        self.desk.remind(at, Purpose::Round(place));
    }

    pub(super) fn round(&mut self, now: Moment, place: &Place) {
        if let Some((look, target, call)) = self.watcher.turn(place) {
            self.desk.look(now, Purpose::Watch(look), &target, call);
            let interval = self.watcher.interval(now, place);
            self.next_round(now + interval, place.clone());
        }
    }

    pub(super) fn took_look(&mut self, now: Moment, look: &Look, result: Result<Answer, Failure>) {
        for sighting in self.watcher.answered(now, look, result) {
            match sighting {
                Sighting::Event(id, event) => {
                    if !event.is_of_stack() {
                        let event = self.resource_event(&id, &event);
                        self.tell(now, Progress::Resource { stack: id, event });
                    }
                }
                Sighting::Status(id, status) => {
                    self.subject_mut(&id).status = Some(status);
                    self.tell(now, Progress::Status { stack: id, status });
                }
                Sighting::Over(id, status, stack) => self.operation_over(now, &id, status, stack.map(|stack| *stack)),
            }
        }
    }

    pub(super) fn resource_event(&self, id: &StackId, event: &StackEvent) -> ResourceEvent {
        let origin = self.stack(id).origins.get(&event.logical_id).cloned();
        ResourceEvent::of(event, origin)
    }

    fn operation_over(&mut self, now: Moment, id: &StackId, status: StackStatus, stack: Option<cloud::Stack>) {
        let Some(watched) = self.watcher.get(id).cloned() else { return };
        self.desk.record(&Entry::Ended { token: watched.token.clone(), status: stack.as_ref().map(|_| status) });
        self.tell(now, Progress::Status { stack: id.clone(), status });
        let subject = self.subject_mut(id);
        subject.status = Some(status);
        if let Some(stack) = stack {
            subject.outputs.clone_from(&stack.outputs);
            subject.found = Some(stack);
        }
        if self.is_what_was_wanted(status) {
            let end = if status == StackStatus::DeleteComplete { End::Deleted } else { End::Changed };
            self.over(now, id, end);
        } else {
            self.diagnose(now, id, status, watched);
        }
    }

    fn is_what_was_wanted(&self, status: StackStatus) -> bool {
        match self.task {
            Task::Destroy => status == StackStatus::DeleteComplete,
            Task::Cancel | Task::Recover(_) => status.is_success() || status == StackStatus::UpdateRollbackComplete,
            Task::Attach | Task::Drift | Task::Move => status.is_success(),
        }
    }
}
