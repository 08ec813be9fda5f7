//! I7: a secret shows nowhere.

use super::super::Invariant as I;
use super::judged::{Found, Judged};

impl Judged<'_> {
    pub(super) fn secrets(&self, found: &mut Found) {
        let Some(canary) = &self.played.scenario.canary else { return };
        if self.run.journal.contains(canary) {
            found.push((I::Secret, "the journal has it".to_owned()));
        }
        if self.run.outcome.as_ref().is_some_and(|outcome| format!("{outcome:?}").contains(canary)) {
            found.push((I::Secret, "the outcome has it".to_owned()));
        }
        if self.run.plan.as_ref().is_some_and(|plan| plan.to_json().contains(canary)) {
            found.push((I::Secret, "the plan has it".to_owned()));
        }
        let told = self.run.told.iter().find(|(_, progress)| format!("{progress:?}").contains(canary));
        if let Some((_, progress)) = told {
            found.push((I::Secret, format!("it was told: {progress:?}")));
        }
    }
}
