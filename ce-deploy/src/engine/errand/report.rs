//! What was found out about a stack.

use super::Recovery;
use crate::cloud::ResourceDrift;
use crate::engine::HotswapReport;

/// What an errand or a hotswap found out about a stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Report {
    /// What differs from its template. Values may be secret, and are hidden.
    Drift(Vec<ResourceDrift>),
    /// In which state it is, why, and what can be done.
    Recovery(Recovery),
    /// What was changed past CloudFormation, or why nothing was.
    Hotswap(HotswapReport),
}
