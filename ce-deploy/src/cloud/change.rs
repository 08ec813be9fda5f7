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
    /// What a drift-aware change set did not compare with what is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<IgnoredDrift>,
}

/// A property of which drift is ignored (`ResourceDriftIgnoredAttribute`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IgnoredDrift {
    /// Its path, `/MasterUserPassword`.
    pub path: String,
    /// Why.
    pub reason: IgnoredReason,
}

/// Why drift of a property is ignored (`DriftIgnoredReason`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IgnoredReason {
    /// A service sets it (`MANAGED_BY_AWS`).
    ManagedByAws,
    /// No read gives it back (`WRITE_ONLY_PROPERTY`).
    WriteOnly,
    /// Its value is secret (`SENSITIVE_PROPERTY`).
    Sensitive,
    /// The service gives a reason that is not known here.
    Other,
}

impl IgnoredReason {
    /// The reason that the service names.
    pub fn of_service(word: &str) -> Self {
        match word {
            "MANAGED_BY_AWS" => Self::ManagedByAws,
            "WRITE_ONLY_PROPERTY" => Self::WriteOnly,
            "SENSITIVE_PROPERTY" => Self::Sensitive,
            _ => Self::Other,
        }
    }

    /// As the service names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ManagedByAws => "MANAGED_BY_AWS",
            Self::WriteOnly => "WRITE_ONLY_PROPERTY",
            Self::Sensitive => "SENSITIVE_PROPERTY",
            Self::Other => "OTHER",
        }
    }

    /// In words, after the property's path.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ManagedByAws => "set by AWS",
            Self::WriteOnly => "write-only",
            Self::Sensitive => "secret",
            Self::Other => "for another reason",
        }
    }
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
