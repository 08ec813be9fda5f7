//! A second source: what is told of a stack is certain if its own latest event says the same.
//!
//! One read may be a minute old. So a stack is not refused for its state because of one; but it need not be looked at
//! again for as long as an answer can be old where its events, which come from elsewhere, agree.

use super::purpose::Purpose;
use super::reducer::Deployment;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Page, StackEvent, StackRef, StackStatus};
use crate::engine::Moment;

impl Deployment {
    /// Asks the events of stacks that would be refused, each once a sighting. Whether any are asked.
    pub(super) fn call_witnesses(&mut self, now: Moment, doubtful: &[StackId]) -> bool {
        let unheard = |id: &&StackId| self.is_refused(id) && !self.witnesses.contains_key(*id);
        let unheard: Vec<StackId> = doubtful.iter().filter(unheard).cloned().collect();
        for id in &unheard {
            let target = self.run.stack(id).target.clone();
            let arn = self.existing(id).map(|found| found.id.clone()).unwrap_or_default();
            let call = Call::DescribeStackEvents { stack: StackRef::id(arn), page: Page::first() };
            self.run.pending += 1;
            // Without them it is looked at again: they need not come at any price.
            self.run.desk.look(now, Purpose::Witness(id.clone()), &target, call);
        }
        !unheard.is_empty()
    }

    pub(super) fn took_witness(&mut self, id: StackId, result: Result<Answer, Failure>) {
        self.run.answered();
        let status = match result {
            Ok(Answer::Events(events, _)) => latest(&events),
            _ => None,
        };
        self.witnesses.insert(id, status);
    }

    /// Whether the events say the same of a stack.
    pub(super) fn is_witnessed(&self, id: &StackId, status: StackStatus) -> bool {
        self.witnesses.get(id) == Some(&Some(status))
    }
}

/// The state that the stack's own latest event says. Events may come in disorder; of two at once the first is the later.
fn latest(events: &[StackEvent]) -> Option<StackStatus> {
    let own = events.iter().rev().filter(|event| event.is_of_stack());
    own.max_by_key(|event| event.at).and_then(|event| event.status.parse().ok())
}
