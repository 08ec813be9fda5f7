//! The states of a stack.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The state of a stack. Source: the enum `StackStatus` of the service model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the service's")]
pub enum StackStatus {
    CreateInProgress,
    CreateFailed,
    CreateComplete,
    RollbackInProgress,
    RollbackFailed,
    RollbackComplete,
    DeleteInProgress,
    DeleteFailed,
    DeleteComplete,
    UpdateInProgress,
    UpdateCompleteCleanupInProgress,
    UpdateComplete,
    UpdateFailed,
    UpdateRollbackInProgress,
    UpdateRollbackFailed,
    UpdateRollbackCompleteCleanupInProgress,
    UpdateRollbackComplete,
    ReviewInProgress,
    ImportInProgress,
    ImportComplete,
    ImportRollbackInProgress,
    ImportRollbackFailed,
    ImportRollbackComplete,
}

use StackStatus as S;

const ALL: [(StackStatus, &str); 23] = [
    (S::CreateInProgress, "CREATE_IN_PROGRESS"),
    (S::CreateFailed, "CREATE_FAILED"),
    (S::CreateComplete, "CREATE_COMPLETE"),
    (S::RollbackInProgress, "ROLLBACK_IN_PROGRESS"),
    (S::RollbackFailed, "ROLLBACK_FAILED"),
    (S::RollbackComplete, "ROLLBACK_COMPLETE"),
    (S::DeleteInProgress, "DELETE_IN_PROGRESS"),
    (S::DeleteFailed, "DELETE_FAILED"),
    (S::DeleteComplete, "DELETE_COMPLETE"),
    (S::UpdateInProgress, "UPDATE_IN_PROGRESS"),
    (S::UpdateCompleteCleanupInProgress, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"),
    (S::UpdateComplete, "UPDATE_COMPLETE"),
    (S::UpdateFailed, "UPDATE_FAILED"),
    (S::UpdateRollbackInProgress, "UPDATE_ROLLBACK_IN_PROGRESS"),
    (S::UpdateRollbackFailed, "UPDATE_ROLLBACK_FAILED"),
    (S::UpdateRollbackCompleteCleanupInProgress, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"),
    (S::UpdateRollbackComplete, "UPDATE_ROLLBACK_COMPLETE"),
    (S::ReviewInProgress, "REVIEW_IN_PROGRESS"),
    (S::ImportInProgress, "IMPORT_IN_PROGRESS"),
    (S::ImportComplete, "IMPORT_COMPLETE"),
    (S::ImportRollbackInProgress, "IMPORT_ROLLBACK_IN_PROGRESS"),
    (S::ImportRollbackFailed, "IMPORT_ROLLBACK_FAILED"),
    (S::ImportRollbackComplete, "IMPORT_ROLLBACK_COMPLETE"),
];

impl StackStatus {
    /// Every state.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter().map(|(status, _)| status)
    }

    /// The service's word for it.
    pub fn as_str(self) -> &'static str {
        ALL.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    /// Whether an operation is under way. `REVIEW_IN_PROGRESS` is none: it waits for somebody to execute a change set.
    pub fn is_in_progress(self) -> bool {
        self != Self::ReviewInProgress && self.as_str().ends_with("IN_PROGRESS")
    }

    /// Whether the last operation did what it was asked to.
    pub fn is_success(self) -> bool {
        matches!(self, Self::CreateComplete | Self::UpdateComplete | Self::ImportComplete | Self::DeleteComplete)
    }

    /// Whether the stack can be updated by a change set.
    /// Source: user guide, "Stack status codes"; `UPDATE_FAILED` only after an operation without rollback.
    pub fn takes_updates(self) -> bool {
        matches!(
            self,
            Self::CreateComplete
                | Self::UpdateComplete
                | Self::UpdateRollbackComplete
                | Self::ImportComplete
                | Self::ImportRollbackComplete
                | Self::CreateFailed
                | Self::UpdateFailed
        )
    }

    /// Whether it failed and was put back to what it was.
    pub fn is_rolled_back(self) -> bool {
        matches!(self, Self::RollbackComplete | Self::UpdateRollbackComplete | Self::ImportRollbackComplete)
    }

    /// Whether somebody has to repair it before it takes an update.
    pub fn needs_repair(self) -> bool {
        matches!(
            self,
            Self::RollbackFailed
                | Self::UpdateRollbackFailed
                | Self::DeleteFailed
                | Self::RollbackComplete
                | Self::ImportRollbackFailed
        )
    }
}

impl fmt::Display for StackStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A state that the service has and this program does not know.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is no state of a stack that is known here")]
pub struct UnknownStatus(String);

impl FromStr for StackStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        ALL.iter()
            .find(|(_, word)| *word == text)
            .map(|(status, _)| *status)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::StackStatus;

    #[test]
    fn every_state_is_read_back() {
        for status in StackStatus::all() {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        assert!("SOMETHING_ELSE".parse::<StackStatus>().is_err());
    }

    #[test]
    fn a_review_is_neither_under_way_nor_done() {
        assert!(!StackStatus::ReviewInProgress.is_in_progress());
        assert!(!StackStatus::ReviewInProgress.is_success());
        assert!(!StackStatus::ReviewInProgress.takes_updates());
    }
}
