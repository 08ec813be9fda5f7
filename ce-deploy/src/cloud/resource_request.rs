//! A change of one resource, past its stack.

use super::Failure;

/// How far a change of a resource is (`ProgressEvent` of Cloud Control). Source: the service model `cloudcontrol/2021-09-30`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceRequest {
    /// What the request is asked for by.
    pub id: String,
    /// What Cloud Control knows the resource by, once that is known.
    pub identifier: Option<String>,
    /// How far it is.
    pub state: RequestState,
}

/// How far a change of a resource is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RequestState {
    /// It goes on (`PENDING`, `IN_PROGRESS`).
    InProgress,
    /// It is done (`SUCCESS`).
    Done,
    /// It is not done, and why (`FAILED`, `CANCEL_COMPLETE`).
    Failed(Failure),
}
