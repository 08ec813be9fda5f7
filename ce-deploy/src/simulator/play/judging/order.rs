//! I5: what a stack needs comes first.

use super::super::Invariant as I;
use super::judged::{Found, Judged, find, word};

impl Judged<'_> {
    pub(super) fn order(&self, found: &mut Found) {
        for deed in self.executions() {
            let Some(stack) = self.stack(&deed.stack) else { continue };
            for need in &stack.needs {
                let Some(needed) = self.run.assembly.stack(need) else { continue };
                let truth = find(&self.played.simulator, needed, deed.at);
                let status = truth.and_then(|truth| truth.status_at(deed.at));
                let ready = status.is_some_and(|status| !status.is_in_progress() && status.takes_updates());
                if !ready && !self.is_disturbed(needed) {
                    found.push((I::Order, format!("{} was begun while {need} was {}", stack.id, word(status))));
                }
            }
        }
    }
}
