//! A stack.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::{Definition, Leftover, Resource, Stable};
use crate::cloud::{self, Operation, Output, StackEvent, StackStatus};
use crate::engine::Moment;
use crate::simulator::change_set::ChangeSetKey;
use crate::simulator::operation::Running;
use crate::simulator::place::PlaceKey;
use crate::simulator::stack_policy::Kept;

/// Which stack.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(in crate::simulator) struct StackKey(pub(in crate::simulator) usize);

/// A stack, living or deleted.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Stack {
    pub(in crate::simulator) id: String,
    pub(in crate::simulator) name: String,
    pub(in crate::simulator) place: PlaceKey,
    /// The stack it is nested in, and its logical id there.
    pub(in crate::simulator) parent: Option<(StackKey, String)>,
    pub(in crate::simulator) status: StackStatus,
    pub(in crate::simulator) reason: Option<String>,
    pub(in crate::simulator) created: Moment,
    pub(in crate::simulator) updated: Option<Moment>,
    pub(in crate::simulator) protected: bool,
    pub(in crate::simulator) policy: Option<Kept>,
    pub(in crate::simulator) definition: Definition,
    pub(in crate::simulator) resources: IndexMap<String, Resource>,
    pub(in crate::simulator) outputs: Vec<Output>,
    /// Names of exports that it uses.
    pub(in crate::simulator) imports: BTreeSet<String>,
    pub(in crate::simulator) stable: Option<Arc<Stable>>,
    /// Whether its last operation was in express mode.
    pub(in crate::simulator) express: bool,
    pub(in crate::simulator) running: Option<Running>,
    /// What a rollback that failed has still to delete.
    pub(in crate::simulator) leftovers: Vec<Leftover>,
    pub(in crate::simulator) operations: Vec<Operation>,
    /// The oldest first.
    pub(in crate::simulator) events: Vec<StackEvent>,
    /// What reads have shown since when.
    pub(in crate::simulator) history: Vec<(Moment, Arc<cloud::Stack>)>,
    pub(in crate::simulator) change_set: Option<ChangeSetKey>,
    /// What each token was used for.
    pub(in crate::simulator) tokens: BTreeMap<String, String>,
}

impl Stack {
    /// An empty one.
    pub(in crate::simulator) fn new(
        id: String,
        name: String,
        place: PlaceKey,
        status: StackStatus,
        now: Moment,
    ) -> Self {
        Self {
            id,
            name,
            place,
            parent: None,
            status,
            reason: None,
            created: now,
            updated: None,
            protected: false,
            policy: None,
            definition: Definition::default(),
            resources: IndexMap::new(),
            outputs: Vec::new(),
            imports: BTreeSet::new(),
            stable: None,
            express: false,
            running: None,
            leftovers: Vec::new(),
            operations: Vec::new(),
            events: Vec::new(),
            history: Vec::new(),
            change_set: None,
            tokens: BTreeMap::new(),
        }
    }

    /// Whether an operation failed and was left so.
    pub(in crate::simulator) fn is_failed(&self) -> bool {
        matches!(self.status, StackStatus::CreateFailed | StackStatus::UpdateFailed)
    }

    /// The names it exports.
    pub(in crate::simulator) fn exports(&self) -> impl Iterator<Item = (&str, &str)> {
        let exported = |output: &'_ Output| output.export.is_some();
        self.outputs
            .iter()
            .filter(move |output| exported(output))
            .filter_map(|output| Some((output.export.as_deref()?, output.value.reveal())))
    }
}
