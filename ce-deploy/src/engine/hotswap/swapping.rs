//! Files first, then the resources.

use super::reducer::{Hotswap, Stage};
use super::work::Phase;
use crate::assembly::StackId;
use crate::engine::{End, Exit, Moment, Problem};

impl Hotswap {
    /// Nothing is changed, in no stack, before it is known for all of them what is sent.
    pub(super) fn begin_reaching(&mut self, now: Moment) {
        if self.stands_in_the_way() || self.is_refused() || self.ready().is_empty() {
            return self.finish();
        }
        self.stage = Stage::Reaching;
        let ready = self.ready();
        self.run.gather_assets(&ready);
        self.run.publishing.leave_templates_out();
        let targets = self.run.publishing.targets();
        targets.iter().for_each(|target| self.run.check_identity(now, target));
    }

    pub(super) fn begin_publishing(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Publishing;
        self.run.publish_gathered(now);
    }

    pub(super) fn begin_swapping(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Swapping;
        for id in self.ready() {
            self.work_mut(&id).phase = Phase::Swapping;
            self.run.carry_out_swap(now, &id);
        }
    }

    pub(super) fn swapped(&mut self, now: Moment, id: &StackId, failures: Vec<(String, String)>) {
        let work = self.work_mut(id);
        work.phase = Phase::Over;
        work.failures.clone_from(&failures);
        let end = if failures.is_empty() { End::Changed } else { End::Failed };
        for (logical_id, why) in failures {
            let message = format!("`{logical_id}` could not be hotswapped: {why}");
            let help = "a deployment brings the stack in step with its template";
            self.run.problem(Problem::new(Exit::NeedsRepair, message).of(id).help(help));
        }
        let status = self.run.found(id).map(|found| found.status);
        self.run.over(now, id, end, status);
    }

    fn ready(&self) -> Vec<StackId> {
        self.ids().into_iter().filter(|id| self.work(id).phase == Phase::Ready).collect()
    }
}
