//! Waiting for operations.

use super::{News, Routine, Run};
use crate::assembly::StackId;
use crate::cloud::{Answer, Failure, Place, StackEvent};
use crate::engine::watch::{Look, Sighting, Watched};
use crate::engine::{Moment, Progress, ResourceEvent, Span};
use crate::journal::Entry;

const FIRST_LOOK: Span = Span(500);

impl<P: From<Routine>> Run<P> {
    pub(in crate::engine) fn watch(&mut self, now: Moment, watched: Watched) {
        let place = watched.target.place.clone();
        if self.watcher.add(watched) {
            self.next_round(now + FIRST_LOOK, place);
        }
    }

    fn next_round(&mut self, from: Moment, place: Place) {
        let at = self.desk.next_look(&place, from);
        self.desk.remind(at, Routine::Round(place).into());
    }

    pub(super) fn round(&mut self, now: Moment, place: &Place) {
        if let Some((look, target, call)) = self.watcher.turn(place) {
            self.desk.look(now, Routine::Watch(look).into(), &target, call);
            let interval = self.watcher.interval(now, place);
            self.next_round(now + interval, place.clone());
        }
    }

    pub(super) fn took_look(&mut self, now: Moment, look: &Look, result: Result<Answer, Failure>) -> Vec<News> {
        let sightings = self.watcher.answered(now, look, result);
        sightings.into_iter().filter_map(|sighting| self.sighted(now, sighting)).collect()
    }

    fn sighted(&mut self, now: Moment, sighting: Sighting) -> Option<News> {
        let (news, status) = match sighting {
            Sighting::Event(id, event) => {
                self.happened(now, &id, &event);
                return None;
            }
            Sighting::Status(id, status) => (News::Status(id.clone(), status), (id, status)),
            Sighting::Over(id, status, stack) => {
                let token = self.watcher.get(&id)?.token.clone();
                self.desk.record(&Entry::Ended { token, status: stack.as_ref().map(|_| status), at: Some(now.0) });
                (News::Over(id.clone(), status, stack), (id, status))
            }
        };
        let (stack, status) = status;
        self.tell(now, Progress::Status { stack, status });
        Some(news)
    }

    fn happened(&mut self, now: Moment, id: &StackId, event: &StackEvent) {
        if event.is_of_stack() {
            return;
        }
        let told = self.resource_event(id, event);
        if event.status == "DELETE_FAILED" {
            self.leaks.entry(id.clone()).or_default().push(told.clone());
        }
        self.tell(now, Progress::Resource { stack: id.clone(), event: told });
    }

    /// Says what the clean-up of an operation could not delete.
    pub(in crate::engine) fn tell_leaks(&mut self, now: Moment, id: &StackId) {
        for event in self.leaks.remove(id).unwrap_or_default() {
            self.tell(now, Progress::Leaked { stack: id.clone(), event });
        }
    }

    pub(super) fn resource_event(&self, id: &StackId, event: &StackEvent) -> ResourceEvent {
        ResourceEvent::of(event, self.stack(id).origins.get(&event.logical_id).cloned())
    }
}
