//! Working a change set out.

use super::compare::Wish;
use super::{ChangeSet, ChangeSetKey};
use crate::cloud::{ChangeSetState, ExecutionState};
use crate::simulator::service::Service;

/// Source: seen on the service; aws-cdk-cli looks for these words.
const NOTHING: &str =
    "The submitted information didn't contain changes. Submit different information to create a change set.";

impl Service {
    /// The time to work it out is over.
    pub(in crate::simulator) fn work_out_change_set(&mut self, key: ChangeSetKey) {
        if self.change_set(key).state != ChangeSetState::InProgress {
            return;
        }
        let result = self.worked_out(key);
        let now = self.now;
        let change_set = self.change_set_mut(key);
        match result {
            Ok(()) => change_set.turn(ChangeSetState::Complete, ExecutionState::Available, now),
            Err(reason) => {
                change_set.turn(ChangeSetState::Failed, ExecutionState::Unavailable, now);
                change_set.reason = Some(reason);
            }
        }
    }

    /// Works out one change set and those of its nested stacks.
    pub(super) fn worked_out(&mut self, key: ChangeSetKey) -> Result<(), String> {
        let ChangeSet { stack, goal, imports, mode, include_nested, .. } = self.change_set(key).clone();
        let wish = Wish { goal: &goal, imports: &imports, mode, include_nested };
        let mut found = self.compare(stack, &wish)?;
        self.validate_early(key, &found.births)?;
        if !imports.is_empty() {
            check_import(&found.changes)?;
        }
        if include_nested {
            for (logical, properties) in std::mem::take(&mut found.nested) {
                self.plan_nested(key, &logical, &properties, &mut found.changes)?;
            }
            found.differs |= !found.changes.is_empty();
        }
        self.change_set_mut(key).changes = found.changes;
        if found.differs { Ok(()) } else { Err(NOTHING.to_owned()) }
    }
}

/// Source: user guide, "Import AWS resources": no other change is allowed with it.
fn check_import(changes: &[crate::cloud::Change]) -> Result<(), String> {
    let other = changes.iter().find(|change| change.action != crate::cloud::Action::Import);
    match other {
        Some(_) => Err("As part of the import operation, you cannot modify or add [Resources]".to_owned()),
        None => Ok(()),
    }
}
