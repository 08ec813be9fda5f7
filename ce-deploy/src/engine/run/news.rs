//! What came of a routine.

use crate::assembly::StackId;
use crate::cloud::{Stack, StackStatus};
use crate::engine::ResourceEvent;

/// What came of a routine, for who holds the run.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::engine) enum News {
    /// A stack is in another state.
    Status(StackId, StackStatus),
    /// The operation of a stack ended; with the stack as it then is, none if it is gone.
    Over(StackId, StackStatus, Option<Box<Stack>>),
    /// What made an operation fail, the first first.
    Causes(StackId, Vec<ResourceEvent>),
    /// It is worked out how resources of a stack are changed past CloudFormation.
    SwapReady(StackId),
    /// They cannot be: the logical id, or nothing for the stack itself, and why.
    SwapRefused(StackId, String, String),
    /// They were changed, but for those with these logical ids, and why not.
    SwapOver(StackId, Vec<(String, String)>),
    /// The run has taken too long.
    TimeIsUp,
}
