//! I8: a run ends.

use super::super::Invariant as I;
use super::super::run::Stopped;
use super::judged::{Found, Judged};
use crate::engine::Span;

/// A run may take so long before it must have ended: its own deadline, and some time to say so.
const DEADLINE: Span = Span::seconds(4 * 3_600 + 600);

impl Judged<'_> {
    pub(super) fn ends(&self, found: &mut Found) {
        match self.run.stopped {
            Some(Stopped::Starved) => found.push((I::Ends, "it waits for nothing".to_owned())),
            Some(Stopped::Endless) => found.push((I::Ends, "it takes steps without end".to_owned())),
            Some(Stopped::Killed | Stopped::DiskFull) | None => {}
        }
        let slept: u64 = self.run.struck.iter().map(|fault| u64::from(fault.size) * 1_000).sum();
        if self.run.ended - self.run.began > Span(DEADLINE.0 + slept) {
            found.push((I::Ends, format!("it took {} s", (self.run.ended - self.run.began).0 / 1_000)));
        }
    }
}
