//! Which stack is next.

use super::reducer::Deployment;
use super::work::{Phase, Until};
use crate::assembly::StackId;
use crate::cloud::{self, Call, Token};
use crate::engine::watch::{Kind, Watched};
use crate::engine::{Concurrency, End, Exit, Moment, OnFailure, Problem};
use crate::journal::Entry;
use crate::plan::Later;

use super::purpose::{ApplyStep, Purpose};

impl Deployment {
    pub(super) fn begin_applying(&mut self, now: Moment) {
        self.schedule(now);
    }

    /// Begins what can be begun; ends when nothing is left.
    pub(super) fn schedule(&mut self, now: Moment) {
        loop {
            let before: Vec<Phase> = self.works.values().map(|work| work.phase.clone()).collect();
            for id in self.ids() {
                self.consider(now, &id);
            }
            if before.iter().eq(self.works.values().map(|work| &work.phase)) {
                break;
            }
        }
        if !self.works.values().any(|work| work.is_busy()) {
            self.untangle(now);
            if self.must_turn_back() { self.turn_back(now) } else { self.end(now) }
        }
    }

    /// Stacks that wait for each other; an assembly that is read has none, one that is put together by hand may.
    fn untangle(&mut self, now: Moment) {
        for id in self.ids() {
            if self.work(&id).end().is_none() {
                let message = format!("stack `{id}` waits for a stack that waits for it");
                self.give_up(now, &id, Problem::new(Exit::Refused, message));
            }
        }
    }

    fn consider(&mut self, now: Moment, id: &StackId) {
        if self.work(id).phase == Phase::Kept {
            return self.consider_kept(now, id);
        }
        if !matches!(self.work(id).phase, Phase::Drafted | Phase::Unchanged | Phase::Later(_)) {
            return;
        }
        let needs: Vec<StackId> = self.order.waits_for(id).cloned().collect();
        let blamed = needs.iter().find_map(|need| self.works.get(need)?.blame(need));
        if let Some(cause) = blamed {
            return self.over(now, id, End::Skipped(cause));
        }
        if !needs.iter().all(|need| self.works.get(need).is_none_or(|work| work.is_done())) {
            if self.run.stopping && !self.works.values().any(|work| work.is_busy()) {
                self.over(now, id, End::NotBegun);
            }
            return;
        }
        let settles = self.must_settle(id);
        if self.work(id).phase == Phase::Unchanged && !settles && !self.reads_anew(id) {
            return self.unchanged(now, id);
        }
        if self.run.stopping {
            return self.over(now, id, End::NotBegun);
        }
        if settles {
            return if self.has_room() {
                self.settle(now, id)
            };
        }
        if self.has_room() {
            self.begin(now, id);
        }
    }

    fn has_room(&self) -> bool {
        let busy = self.works.values().filter(|work| work.is_busy()).count();
        match self.run.options.concurrency {
            Concurrency::Auto => true,
            Concurrency::AtMost(most) => busy < most.get(),
        }
    }

    fn begin(&mut self, now: Moment, id: &StackId) {
        self.run.began.insert(id.clone(), now);
        match self.work(id).phase.clone() {
            Phase::Later(Later::Leftover) => self.clear(now, id),
            Phase::Drafted if self.work(id).goes => self.remove(now, id),
            Phase::Later(_) | Phase::Unchanged => self.draft(now, id),
            Phase::Drafted if self.reads_anew(id) => {
                self.drop_draft(now, id);
                self.draft(now, id);
            }
            _ if self.recall(now, id) => {}
            _ => self.verify(now, id),
        }
    }

    /// Whether a value of another stack is not the one the change set, or the stack, was made with.
    fn reads_anew(&self, id: &StackId) -> bool {
        let work = self.work(id);
        let Ok(inputs) = self.inputs(id) else { return false };
        match &work.draft {
            _ if work.facts.is_empty => false,
            Some(draft) => inputs != draft.inputs,
            None => {
                let remembered = self.existing(id).and_then(|stack| {
                    stack.tags.iter().find(|tag| tag.key == super::inputs::FOLLOWED).map(|tag| tag.value.as_str())
                });
                remembered.map_or_else(|| self.producers_changed(id), |value| inputs.followed() != Some(value))
            }
        }
    }

    /// Without a remembered trace: whether a stack that is read was changed in this run.
    fn producers_changed(&self, id: &StackId) -> bool {
        let reads = &self.work(id).facts.reads;
        let changed = |producer: StackId| {
            self.works.get(&producer).is_some_and(|work| work.end() == Some(&End::Changed) && work.outputs_differ)
        };
        self.run.options.follow && reads.iter().filter_map(|read| self.producer(id, read)).any(changed)
    }

    /// Nothing is to be done but, perhaps, to protect it.
    pub(super) fn unchanged(&mut self, now: Moment, id: &StackId) {
        if self.kept(id) {
            return;
        }
        if let Some(found) = self.existing(id).cloned() {
            let work = self.work_mut(id);
            work.status = Some(found.status);
            work.outputs = found.outputs;
        }
        if self.work(id).attached {
            return self.hold_until(now, id, Until::Changed);
        }
        if self.is_left_unheld(id) {
            return self.hold_until(now, id, Until::Unchanged);
        }
        self.stays(now, id);
    }

    /// It was not changed, and is held; perhaps it is to be protected too.
    pub(super) fn stays(&mut self, now: Moment, id: &StackId) {
        match self.protection(id) {
            Some(protected) => self.protect(now, id, protected),
            None => {
                let end = if self.work(id).put_back { End::Changed } else { End::Unchanged };
                self.over(now, id, end);
            }
        }
    }

    pub(super) fn protect(&mut self, now: Moment, id: &StackId, protected: bool) {
        self.work_mut(id).phase = Phase::Protecting;
        let call = Call::ProtectStack { stack: self.reference(id), protected };
        let target = self.run.stack(id).target.clone();
        self.run.desk.ask(now, Purpose::Apply(id.clone(), ApplyStep::Protect), &target, call);
    }

    /// Deletes what a failed creation left; it is made again afterwards.
    fn clear(&mut self, now: Moment, id: &StackId) {
        let Some(found) = self.existing(id).cloned() else { return self.draft(now, id) };
        self.delete(now, id, &found, "clear");
    }

    /// Deletes a stack; the word makes the operation another than any before.
    pub(super) fn delete(&mut self, now: Moment, id: &StackId, found: &cloud::Stack, word: &str) {
        let stack = self.run.stack(id);
        let (target, role) = (stack.target.clone(), stack.execution_role.clone());
        let token = Token::of(&found.id, &stack.name, word, 1);
        let watched = Watched::new(id, &target, &found.id, Kind::Delete, token.clone()).began(now);
        self.run.desk.record(&Entry::Operation {
            stack: id.clone(),
            arn: found.id.clone(),
            token: token.clone(),
            change_set: None,
        });
        let call = Call::DeleteStack { stack: self.reference(id), token, retain: Vec::new(), role };
        self.work_mut(id).phase = Phase::Clearing;
        self.run.desk.ask(now, Purpose::Apply(id.clone(), ApplyStep::Delete), &target, call);
        self.run.watch(now, watched);
    }

    /// On the way back all is tried that can be.
    pub(super) fn failure_stops(&mut self) {
        self.failed = true;
        self.run.stopping |= self.back.is_none() && self.run.options.on_failure != OnFailure::Continue;
    }
}
