//! I3: no change set and no empty stack of ours is left over.

use std::sync::Arc;

use super::super::{Invariant as I, Played};
use super::judged::Found;
use crate::cloud::{ChangeSetState, ExecutionState, StackStatus};
use crate::engine::Exit;
use crate::simulator::{FaultKind, KnownChangeSet};

pub(super) fn judge(played: &Played, found: &mut Found) {
    // What nobody wrote down nobody cleans up.
    let lost = played.runs.iter().flat_map(|run| &run.struck).any(|fault| fault.kind() == FaultKind::LostJournal);
    let last = played.runs.last().and_then(|run| run.outcome.as_ref());
    // Nor a line that was torn, where another assembly came before the same deployment was seen through.
    let torn = played.runs.windows(2).any(|two| {
        let by_another = !Arc::ptr_eq(&two[0].assembly, &two[1].assembly);
        by_another && two[0].struck.iter().any(|fault| fault.kind() == FaultKind::TornJournal)
    });
    if lost || torn || last.is_none_or(|outcome| outcome.exit != Exit::Done) {
        return;
    }
    let left = |known: &KnownChangeSet<'_>| {
        let (state, execution) = known.states();
        let executed =
            matches!(execution, ExecutionState::Complete | ExecutionState::Failed | ExecutionState::InProgress);
        known.token().is_of_ce() && !known.is_nested() && state != ChangeSetState::Deleted && !executed
    };
    for known in played.simulator.change_sets().filter(left) {
        found.push((I::Tidy, format!("{} is left, {:?}", known.id(), known.states())));
    }
    for truth in played.simulator.truth().filter(|truth| truth.status() == StackStatus::ReviewInProgress) {
        found.push((I::Tidy, format!("{} is left empty", truth.id())));
    }
}
