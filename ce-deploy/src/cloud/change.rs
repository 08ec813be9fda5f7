//! What a change set says will change.

use serde::{Deserialize, Serialize};

/// A change of a resource (`ResourceChange`).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What is done.
    pub action: Action,
    /// Its id in the template.
    pub logical_id: String,
    /// Its id in the service.
    pub physical_id: Option<String>,
    /// Its type.
    pub type_name: String,
    /// Whether it is replaced.
    pub replacement: Option<Replacement>,
    /// What becomes of the old one: `Delete`, `Retain`, `Snapshot`, `ReplaceAndDelete`, …
    pub policy_action: Option<String>,
    /// Why.
    pub details: Vec<ChangeDetail>,
    /// The change set of a nested stack.
    pub nested: Option<String>,
}

/// What is done with a resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the service's")]
pub enum Action {
    Add,
    Modify,
    Remove,
    Import,
    Dynamic,
    SyncWithActual,
}

/// Whether a resource is replaced.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the service's")]
pub enum Replacement {
    False,
    Conditional,
    True,
}

/// One reason of a change (`ResourceChangeDetail`).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeDetail {
    /// `Properties`, `Metadata`, `Tags`, `DeletionPolicy`, …
    pub attribute: String,
    /// The property, where it is one.
    pub name: Option<String>,
    /// Whether a change of it replaces the resource.
    pub recreation: Recreation,
    /// Whether the service knows the new value already.
    pub evaluation: Evaluation,
    /// `DirectModification`, `ResourceReference`, `ParameterReference`, …
    pub source: Option<String>,
    /// What causes it, `Vpc.CidrBlock`.
    pub cause: Option<String>,
}

/// Whether a change of a property replaces the resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the service's")]
pub enum Recreation {
    Never,
    Conditionally,
    Always,
}

/// Whether the service knows a new value before it executes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the service's")]
pub enum Evaluation {
    Static,
    Dynamic,
}
