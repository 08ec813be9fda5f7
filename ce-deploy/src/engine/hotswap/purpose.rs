//! What a call of a hotswap is for.

use crate::assembly::StackId;
use crate::engine::run::Routine;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Purpose {
    /// What every run does.
    Routine(Routine),
    /// The template a stack has.
    Deployed(StackId),
}

impl From<Routine> for Purpose {
    fn from(routine: Routine) -> Self {
        Self::Routine(routine)
    }
}
