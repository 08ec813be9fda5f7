//! What an errand found out about a stack.

use super::Recovery;
use crate::cloud::ResourceDrift;

/// What an errand found out about a stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Report {
    /// What differs from its template. Values may be secret, and are hidden.
    Drift(Vec<ResourceDrift>),
    /// In which state it is, why, and what can be done.
    Recovery(Recovery),
}
