//! Working a change set out.

use super::compare::Wish;
use super::{ChangeSet, ChangeSetKey, validation};
use crate::cloud::{ChangeSetState, ExecutionState};
use crate::simulator::fault::{Chance, FaultKind as K, Struck};
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
        let struck = self.faults.strike(Chance::ChangeSet, |fault| fault.kind() != K::SlowChangeSet);
        let result = match self.struck_by(key, &struck) {
            Some(reason) => Err(reason),
            None => self.worked_out(key).map_err(|reason| said_otherwise(reason, &struck)),
        };
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

    /// Why faults let a change set fail, if they do.
    fn struck_by(&mut self, key: ChangeSetKey, struck: &Struck) -> Option<String> {
        let stack = self.stack(self.change_set(key).stack).name.clone();
        let type_name = "AWS::CloudFormation::Stack";
        if struck.has(K::ValidationWarns) {
            let words = "quota of the account is nearly used up".to_owned();
            self.note_finding(key, &stack, type_name, words, "WARN");
        }
        if struck.has(K::ValidationFails) {
            self.note_finding(key, &stack, type_name, "struck by a fault".to_owned(), "FAILED");
            return Some(validation::refusal(validation::PROPERTIES));
        }
        if struck.has(K::HookFails) {
            return Some("The following hook(s) failed: [Example::Fails::Hook]".to_owned());
        }
        let template = self.change_set(key).goal.template.clone();
        let nests = template.is_some_and(|template| template.nests());
        if struck.has(K::NestedRace) && self.change_set(key).include_nested && nests {
            return Some("Nested change set was not successfully created: Currently in CREATE_IN_PROGRESS.".to_owned());
        }
        struck.has(K::ChangeSetFails).then(|| "Internal Failure".to_owned())
    }

    /// Works out one change set and those of its nested stacks.
    pub(super) fn worked_out(&mut self, key: ChangeSetKey) -> Result<(), String> {
        let ChangeSet { stack, goal, imports, mode, include_nested, .. } = self.change_set(key).clone();
        let wish = Wish { goal: &goal, imports: &imports, mode, include_nested, sees_all: false };
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

/// The service has two sentences for a change set without changes.
fn said_otherwise(reason: String, struck: &Struck) -> String {
    let other = struck.has(K::OtherWords) && reason == NOTHING;
    if other { "No updates are to be performed.".to_owned() } else { reason }
}

/// Source: user guide, "Import AWS resources": no other change is allowed with it.
fn check_import(changes: &[crate::cloud::Change]) -> Result<(), String> {
    let other = changes.iter().find(|change| change.action != crate::cloud::Action::Import);
    match other {
        Some(_) => Err("As part of the import operation, you cannot modify or add [Resources]".to_owned()),
        None => Ok(()),
    }
}
