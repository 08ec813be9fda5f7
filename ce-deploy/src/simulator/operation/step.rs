//! Steps begin and end.

use super::{Phase, Step, StepState};
use crate::engine::Span;
use crate::simulator::provider::Act;
use crate::simulator::service::{Service, Task};
use crate::simulator::stack::StackKey;

/// How a step goes on once it has begun.
pub(super) enum Begun {
    /// There is nothing to do.
    Nothing,
    /// It takes time.
    Takes(Span),
    /// A nested stack does it and will say when it is done.
    Nested,
    /// It fails at once.
    Fails(String),
}

impl Service {
    /// Begins every step that waits for nothing, and those that these set free.
    pub(super) fn begin_ready(&mut self, key: StackKey) {
        while let Some(at) = self.next_ready(key) {
            let Some((phase, run)) = self.stack(key).running.as_ref().map(|running| (running.phase, running.run))
            else {
                return;
            };
            self.step_mut(key, at, |step| step.state = StepState::Busy);
            self.busy(key, 1);
            let begun = match phase {
                Phase::Forward => self.begin_forward(key, at),
                Phase::Back => self.begin_back(key, at),
                Phase::Cleanup => self.begin_cleanup(key, at),
                Phase::Delete => self.begin_delete(key, at),
            };
            match begun {
                Begun::Nothing => self.step_is_done(key, at),
                Begun::Takes(span) => self.after(span, Task::Step { stack: key, run, step: at }),
                Begun::Nested => {}
                Begun::Fails(reason) => {
                    self.step_failed(key, at, reason);
                    return;
                }
            }
        }
        self.phase_if_done(key);
    }

    fn next_ready(&self, key: StackKey) -> Option<usize> {
        let running = self.stack(key).running.as_ref()?;
        running.steps.iter().position(|step| step.state == StepState::Waiting && step.waits == 0)
    }

    /// A step's time is over.
    pub(in crate::simulator) fn end_step(&mut self, key: StackKey, run: u64, at: usize) {
        let Some(running) = self.stack(key).running.as_ref().filter(|running| running.run == run) else { return };
        let Some(step) = running.steps.get(at).filter(|step| step.state == StepState::Busy) else { return };
        match step.doom.clone() {
            Some(reason) => self.step_failed(key, at, reason),
            None => self.step_succeeded(key, at),
        }
    }

    /// A step did what it was to do.
    pub(super) fn step_succeeded(&mut self, key: StackKey, at: usize) {
        let Some(phase) = self.stack(key).running.as_ref().map(|running| running.phase) else { return };
        match phase {
            Phase::Forward => self.finish_forward(key, at),
            Phase::Back => self.finish_back(key, at),
            Phase::Cleanup => self.finish_cleanup(key, at),
            Phase::Delete => self.finish_delete(key, at),
        }
        self.step_is_done(key, at);
        self.begin_ready(key);
    }

    pub(super) fn step_is_done(&mut self, key: StackKey, at: usize) {
        self.busy(key, -1);
        let Some(running) = self.stack_mut(key).running.as_mut() else { return };
        running.steps[at].state = StepState::Done;
        for next in std::mem::take(&mut running.steps[at].next) {
            running.steps[next].waits -= 1;
        }
    }

    /// A step failed.
    pub(super) fn step_failed(&mut self, key: StackKey, at: usize, reason: String) {
        self.busy(key, -1);
        let Some(running) = self.stack_mut(key).running.as_mut() else { return };
        let step = &mut running.steps[at];
        step.state = StepState::Failed;
        let (logical, act) = (step.logical.clone(), step.act.unwrap_or(Act::Create));
        let phase = running.phase;
        running.failed.push((logical.clone(), act));
        self.leave_traces(key, &logical, &reason);
        match phase {
            Phase::Forward => {
                self.set_resource(key, &logical, failed_word(act), Some(reason));
                self.give_up(key, None);
            }
            Phase::Back => {
                self.set_resource(key, &logical, "UPDATE_FAILED", Some(reason));
                self.begin_ready(key);
            }
            Phase::Cleanup => {
                self.cleanup_failed(key, at, &reason);
                self.begin_ready(key);
            }
            Phase::Delete => {
                self.set_resource(key, &logical, "DELETE_FAILED", Some(reason));
                self.begin_ready(key);
            }
        }
    }

    fn busy(&mut self, key: StackKey, change: isize) {
        if let Some(running) = self.stack_mut(key).running.as_mut() {
            running.busy = running.busy.saturating_add_signed(change);
        }
    }

    pub(super) fn step_mut(&mut self, key: StackKey, at: usize, change: impl FnOnce(&mut Step)) {
        if let Some(step) = self.stack_mut(key).running.as_mut().and_then(|running| running.steps.get_mut(at)) {
            change(step);
        }
    }

    /// The logical id of a step.
    pub(super) fn logical(&self, key: StackKey, at: usize) -> String {
        let step = self.stack(key).running.as_ref().and_then(|running| running.steps.get(at));
        step.map(|step| step.logical.clone()).unwrap_or_default()
    }
}

const fn failed_word(act: Act) -> &'static str {
    match act {
        Act::Create => "CREATE_FAILED",
        Act::Import => "IMPORT_FAILED",
        Act::Delete => "DELETE_FAILED",
        Act::Update | Act::Replace | Act::RollBack => "UPDATE_FAILED",
    }
}
