//! Waiting for operations, and what their ends mean.

use super::purpose::Purpose;
use super::reducer::{Deployment, Goal};
use super::stage::Stage;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{self, Answer, Failure, Place, StackEvent, StackStatus};
use crate::engine::watch::{Look, Sighting, Watched};
use crate::engine::{End, Exit, Moment, Problem, Progress, ResourceEvent, Span};
use crate::journal::Entry;
use crate::plan::Seen;

const FIRST_LOOK: Span = Span(500);

impl Deployment {
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
                Sighting::Event(id, event) => self.happened(now, &id, &event),
                Sighting::Status(id, status) => {
                    self.work_mut(&id).status = Some(status);
                    self.tell(now, Progress::Status { stack: id, status });
                }
                Sighting::Over(id, status, stack) => self.operation_over(now, &id, status, stack.map(|stack| *stack)),
            }
        }
    }

    fn happened(&mut self, now: Moment, id: &StackId, event: &StackEvent) {
        let told = self.resource_event(id, event);
        if event.is_of_stack() {
            return;
        }
        if event.status == "DELETE_FAILED" {
            self.work_mut(id).leaks.push(told.clone());
        }
        self.tell(now, Progress::Resource { stack: id.clone(), event: told });
    }

    pub(super) fn resource_event(&self, id: &StackId, event: &StackEvent) -> ResourceEvent {
        ResourceEvent::of(event, self.stack(id).origins.get(&event.logical_id).cloned())
    }

    fn operation_over(&mut self, now: Moment, id: &StackId, status: StackStatus, stack: Option<cloud::Stack>) {
        let Some(watched) = self.watcher.get(id).cloned() else { return };
        self.desk.record(&Entry::Ended { token: watched.token.clone(), status: stack.as_ref().map(|_| status) });
        self.tell(now, Progress::Status { stack: id.clone(), status });
        self.work_mut(id).status = Some(status);
        let phase = self.work(id).phase.clone();
        let before = self.found.insert(id.clone(), stack.clone()).flatten();
        match (phase, status.is_success()) {
            (Phase::Clearing, _) => {
                self.watcher.remove(id);
                self.cleared(now, id, status);
            }
            (Phase::Attached, true) if self.stage < Stage::Applying => {
                self.watcher.remove(id);
                self.attached_over(now, id);
            }
            (_, true) if status != StackStatus::DeleteComplete => {
                self.watcher.remove(id);
                self.succeeded(now, id, before.as_ref(), stack);
            }
            // Its events tell why.
            _ => self.diagnose(now, id, status),
        }
    }

    fn succeeded(&mut self, now: Moment, id: &StackId, before: Option<&cloud::Stack>, stack: Option<cloud::Stack>) {
        let outputs = stack.map(|stack| stack.outputs).unwrap_or_default();
        let work = self.work_mut(id);
        work.outputs_differ = before.is_none_or(|before| before.outputs != outputs);
        work.outputs = outputs;
        for event in std::mem::take(&mut work.leaks) {
            self.tell(now, Progress::Leaked { stack: id.clone(), event });
        }
        if self.kept(now, id) {
            return;
        }
        match self.protection(id) {
            Some(protected) => self.protect(now, id, protected),
            None => self.over(now, id, End::Changed),
        }
    }

    /// The operation of an earlier run went well; the stack is compared with the assembly like any other.
    fn attached_over(&mut self, now: Moment, id: &StackId) {
        let seen = self.existing(id).map(Seen::of);
        let work = self.work_mut(id);
        work.seen = seen;
        work.draft = None;
        self.began.remove(id);
        if matches!(self.goal, Goal::Apply(_)) {
            self.work_mut(id).phase = Phase::Unchanged;
        } else {
            self.read(now, id);
        }
    }

    fn cleared(&mut self, now: Moment, id: &StackId, status: StackStatus) {
        if status == StackStatus::DeleteComplete {
            self.found.insert(id.clone(), None);
            self.work_mut(id).seen = None;
            self.draft(now, id);
        } else {
            let message = format!("what is left of stack `{}` could not be deleted", self.stack(id).name);
            self.give_up(
                now,
                id,
                Problem::new(Exit::NeedsRepair, message).help("run `ce recover` to see what can be done"),
            );
            self.failure_stops();
        }
    }
}
