//! Whose accounts these are.

use super::reducer::Deployment;
use super::stage::Stage;
use crate::engine::Moment;

impl Deployment {
    pub(super) fn begin_checking(&mut self, now: Moment) {
        self.stage = Stage::Checking;
        if self.plan_still_holds(now) {
            let ids = self.ids();
            self.run.check_identities(now, &ids);
        }
    }

    pub(super) fn after_checking(&mut self, now: Moment) {
        if self.run.pending > 0 {
            return;
        }
        if self.may_go_on() { self.begin_surveying(now) } else { self.end_before_changes(now) }
    }
}
