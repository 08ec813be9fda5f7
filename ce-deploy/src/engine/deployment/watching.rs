//! What the ends of operations mean.

use super::held::with_word_of_policy;
use super::reducer::{Deployment, Goal};
use super::stage::Stage;
use super::work::{Phase, Until};
use crate::assembly::StackId;
use crate::cloud::{self, StackStatus};
use crate::engine::run::{News, failure};
use crate::engine::{End, Exit, Moment, Problem, ResourceEvent};
use crate::plan::Seen;

impl Deployment {
    pub(super) fn heard(&mut self, now: Moment, news: News) {
        match news {
            News::Status(id, status) => self.work_mut(&id).status = Some(status),
            News::Over(id, status, stack) => self.operation_over(now, &id, status, stack.map(|stack| *stack)),
            News::Causes(id, causes) => self.diagnosed(now, &id, &causes),
            News::SwapReady(id) => self.swap_ready(now, &id),
            News::SwapRefused(id, logical_id, why) => self.not_settled(now, &id, &logical_id, &why),
            News::SwapOver(id, failures) => self.swap_over(now, &id, &failures),
            News::TimeIsUp => self.time_is_up(now),
        }
    }

    fn operation_over(&mut self, now: Moment, id: &StackId, status: StackStatus, stack: Option<cloud::Stack>) {
        self.work_mut(id).status = Some(status);
        let phase = self.work(id).phase.clone();
        let before = self.run.stacks.insert(id.clone(), stack.clone()).flatten();
        match (phase, status.is_success()) {
            (Phase::Clearing, _) => {
                self.run.watcher.remove(id);
                self.cleared(now, id, status);
            }
            (Phase::Attached, true) if self.stage < Stage::Applying => {
                self.run.watcher.remove(id);
                self.attached_over(now, id);
            }
            (_, true) if status != StackStatus::DeleteComplete => {
                self.run.watcher.remove(id);
                self.succeeded(now, id, before.as_ref(), stack);
            }
            // Its events tell why.
            _ if self.run.diagnose(now, id) => {
                let work = self.work_mut(id);
                work.phase = Phase::Diagnosing;
                work.failed = Some(status);
            }
            _ => {}
        }
    }

    fn diagnosed(&mut self, now: Moment, id: &StackId, causes: &[ResourceEvent]) {
        let status = self.work_mut(id).failed.take().unwrap_or(StackStatus::UpdateFailed);
        let put_back = status.is_rolled_back() || status == StackStatus::DeleteComplete;
        let problem = failure(&self.run.stack(id).name, status, put_back, causes.first()).of(id);
        let problem = with_word_of_policy(id, problem, causes.first());
        self.run.problem(problem);
        self.failure_stops();
        if put_back && self.is_loosened(id) {
            return self.hold_until(now, id, Until::RolledBack);
        }
        self.over(now, id, if put_back { End::RolledBack } else { End::Failed });
    }

    fn succeeded(&mut self, now: Moment, id: &StackId, before: Option<&cloud::Stack>, stack: Option<cloud::Stack>) {
        let outputs = stack.map(|stack| stack.outputs).unwrap_or_default();
        let work = self.work_mut(id);
        work.outputs_differ = before.is_none_or(|before| before.outputs != outputs);
        work.moved = Self::moved(before.map(|before| before.outputs.as_slice()).unwrap_or_default(), &outputs);
        work.outputs = outputs;
        work.altered = true;
        self.run.tell_leaks(now, id);
        if !self.kept(id) {
            self.hold_until(now, id, Until::Changed);
        }
    }

    /// It is changed, and held; perhaps it is to be protected too.
    pub(super) fn changed(&mut self, now: Moment, id: &StackId) {
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
        self.run.began.remove(id);
        if self.existing(id).is_none() {
            // It was deleted, and is made anew.
            let work = self.work_mut(id);
            work.attached = false;
            work.phase = Phase::Read;
        } else if matches!(self.goal, Goal::Apply(_)) {
            self.work_mut(id).phase = Phase::Unchanged;
        } else {
            self.read(now, id);
        }
    }

    fn cleared(&mut self, now: Moment, id: &StackId, status: StackStatus) {
        if status == StackStatus::DeleteComplete {
            self.run.stacks.insert(id.clone(), None);
            let work = self.work_mut(id);
            work.seen = None;
            if work.goes { self.over(now, id, End::PutBack) } else { self.draft(now, id) }
        } else {
            self.half_cleared(now, id);
            self.failure_stops();
        }
    }

    fn half_cleared(&mut self, now: Moment, id: &StackId) {
        let (name, made_here) = (&self.run.stack(id).name, self.work(id).goes);
        let message = if made_here {
            format!("stack `{name}`, which this deployment made, could not be deleted")
        } else {
            format!("what is left of stack `{name}` could not be deleted")
        };
        let problem = Problem::new(Exit::NeedsRepair, message).help("run `ce recover` to see what can be done").of(id);
        if made_here {
            self.run.problem(problem);
            self.over(now, id, End::Failed);
        } else {
            self.give_up(now, id, problem);
        }
    }
}
