//! What differs between a stack and its template.

use super::Secret;

/// How far a detection of drift is (`DescribeStackDriftDetectionStatus`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DriftDetection {
    /// It goes on.
    InProgress,
    /// It is done.
    Complete(DriftState),
    /// It failed; resources it could reach are judged all the same.
    Failed(String),
}

/// Whether something differs from its template.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DriftState {
    /// It does not.
    InSync,
    /// It was changed.
    Drifted,
    /// It is gone.
    Deleted,
    /// Its type cannot be compared, or nobody looked.
    NotChecked,
    /// The service cannot tell.
    Unknown,
}

/// What differs in one resource (`DescribeStackResourceDrifts`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceDrift {
    /// Its id in the template.
    pub logical_id: String,
    /// Its id in the service.
    pub physical_id: Option<String>,
    /// Its type.
    pub type_name: String,
    /// Whether it differs.
    pub state: DriftState,
    /// Where.
    pub differences: Vec<PropertyDifference>,
}

/// A property that is not what the template says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PropertyDifference {
    /// Its path, `/Tags/0/Value`.
    pub path: String,
    /// `ADD`, `REMOVE`, `NOT_EQUAL`.
    pub kind: String,
    /// What the template says.
    pub expected: Secret,
    /// What is there.
    pub actual: Secret,
}
