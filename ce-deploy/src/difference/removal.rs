//! What becomes of what leaves a stack.

use serde::{Deserialize, Serialize};

use crate::template::Active;

/// What becomes of a resource that leaves its stack, or of the old one when it is replaced.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It stays, and belongs to no stack.
    Retained,
    /// It is deleted after a snapshot.
    Snapshot,
    /// It is deleted.
    Deleted,
}

impl Fate {
    /// In words, after "it" or "the old one".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Retained => "stays, outside the stack",
            Self::Snapshot => "is deleted after a snapshot",
            Self::Deleted => "is deleted",
        }
    }

    /// What becomes of a resource that is removed.
    pub(super) fn of_removed(resource: &Active) -> Self {
        match &resource.attributes["DeletionPolicy"] {
            policy if policy == "Retain" || policy == "RetainExceptOnCreate" => Self::Retained,
            policy if policy == "Snapshot" => Self::Snapshot,
            policy if policy.is_null() && has_snapshot_by_default(resource) => Self::Snapshot,
            _ => Self::Deleted,
        }
    }

    /// What becomes of the old one when a resource is replaced; `after` decides.
    pub(super) fn of_replaced(after: &Active) -> Self {
        match after.update_replace_policy() {
            Some("Retain") => Self::Retained,
            Some("Snapshot") => Self::Snapshot,
            _ => Self::Deleted,
        }
    }
}

/// Source: CloudFormation user guide, on `DeletionPolicy`, of the default of clusters and lone instances.
fn has_snapshot_by_default(resource: &Active) -> bool {
    match resource.type_name.as_str() {
        "AWS::RDS::DBCluster" => true,
        "AWS::RDS::DBInstance" => resource.properties["DBClusterIdentifier"].is_null(),
        _ => false,
    }
}
