//! A change set.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cloud::{
    Change, ChangeSetState, ChangeSetType, ExecutionState, ImportedResource, Mode, OnFailure, StackEvent, Token,
};
use crate::engine::Moment;
use crate::simulator::stack::{Definition, StackKey};

/// Which change set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(in crate::simulator) struct ChangeSetKey(pub(in crate::simulator) usize);

/// A change set, living or deleted.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct ChangeSet {
    pub(in crate::simulator) id: String,
    pub(in crate::simulator) name: String,
    pub(in crate::simulator) stack: StackKey,
    pub(in crate::simulator) kind: ChangeSetType,
    pub(in crate::simulator) goal: Arc<Definition>,
    pub(in crate::simulator) state: ChangeSetState,
    pub(in crate::simulator) reason: Option<String>,
    pub(in crate::simulator) execution: ExecutionState,
    /// Since when it is in these states.
    pub(in crate::simulator) since: Moment,
    /// What it showed before.
    pub(in crate::simulator) before: (ChangeSetState, ExecutionState),
    pub(in crate::simulator) changes: Vec<Change>,
    pub(in crate::simulator) token: Token,
    pub(in crate::simulator) on_failure: Option<OnFailure>,
    pub(in crate::simulator) include_nested: bool,
    pub(in crate::simulator) imports: Vec<ImportedResource>,
    pub(in crate::simulator) mode: Mode,
    pub(in crate::simulator) disable_rollback: bool,
    /// What early validation found.
    pub(in crate::simulator) findings: Vec<StackEvent>,
    /// Change sets of nested stacks, by logical id.
    pub(in crate::simulator) nested: BTreeMap<String, ChangeSetKey>,
    pub(in crate::simulator) parent: Option<ChangeSetKey>,
}

impl ChangeSet {
    /// It takes states.
    pub(in crate::simulator) fn turn(&mut self, state: ChangeSetState, execution: ExecutionState, now: Moment) {
        self.before = (self.state, self.execution);
        self.state = state;
        self.execution = execution;
        self.since = now;
    }
}
