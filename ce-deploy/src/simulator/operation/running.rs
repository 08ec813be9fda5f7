//! How far an operation is.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::cloud::{ImportedResource, Mode, OnFailure, Token};
use crate::simulator::change_set::ChangeSetKey;
use crate::simulator::provider::Act;
use crate::simulator::stack::{Definition, Leftover};

/// What an operation is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::simulator) enum Kind {
    Create,
    Update,
    Import,
    Delete,
    /// Back to the last good state: `RollbackStack`, `ContinueUpdateRollback`, or a nested stack of one that goes back.
    Rollback,
}

/// Which way it goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::simulator) enum Phase {
    Forward,
    Back,
    Cleanup,
    Delete,
}

/// An operation that is under way.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Running {
    /// Tells it from every other.
    pub(in crate::simulator) run: u64,
    pub(in crate::simulator) kind: Kind,
    pub(in crate::simulator) phase: Phase,
    pub(in crate::simulator) token: Option<Token>,
    pub(in crate::simulator) operation: String,
    /// What the stack is to be.
    pub(in crate::simulator) goal: Arc<Definition>,
    pub(in crate::simulator) steps: Vec<Step>,
    /// Steps that have begun and not ended.
    pub(in crate::simulator) busy: usize,
    /// Logical ids of what failed, and what was done with them.
    pub(in crate::simulator) failed: Vec<(String, Act)>,
    pub(in crate::simulator) cleanup: Vec<Leftover>,
    /// Whether it is a nested stack's and waits for the end of its root.
    pub(in crate::simulator) held: bool,
    /// Whether its alarms were watched to the end.
    pub(in crate::simulator) watched: bool,
    pub(in crate::simulator) imports: BTreeSet<String>,
    pub(in crate::simulator) options: Options,
}

/// What the request asked for.
#[derive(Clone, Debug, Default)]
pub(in crate::simulator) struct Options {
    pub(in crate::simulator) disable_rollback: bool,
    pub(in crate::simulator) on_failure: Option<OnFailure>,
    pub(in crate::simulator) retain_except_on_create: bool,
    pub(in crate::simulator) mode: Mode,
    pub(in crate::simulator) change_set: Option<ChangeSetKey>,
    pub(in crate::simulator) imported: Vec<ImportedResource>,
    /// Resources that a rollback leaves as they are, or a deletion leaves in place.
    pub(in crate::simulator) skip: BTreeSet<String>,
}

/// A step: what is done with one resource.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Step {
    pub(in crate::simulator) logical: String,
    pub(in crate::simulator) state: StepState,
    /// What is done, once it is known.
    pub(in crate::simulator) act: Option<Act>,
    /// Steps it still waits for.
    pub(in crate::simulator) waits: usize,
    /// Steps that wait for it.
    pub(in crate::simulator) next: Vec<usize>,
    /// What goes, in a cleanup.
    pub(in crate::simulator) leftover: Option<Leftover>,
    /// Why it will fail, if it will.
    pub(in crate::simulator) doom: Option<String>,
}

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::simulator) enum StepState {
    Waiting,
    Busy,
    Done,
    Failed,
}

impl Step {
    pub(super) fn new(logical: impl Into<String>) -> Self {
        Self {
            logical: logical.into(),
            state: StepState::Waiting,
            act: None,
            waits: 0,
            next: Vec::new(),
            leftover: None,
            doom: None,
        }
    }
}
