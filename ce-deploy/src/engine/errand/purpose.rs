//! What a call or a reminder of an errand is for.

use crate::assembly::StackId;
use crate::engine::run::Routine;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Purpose {
    /// What every run does.
    Routine(Routine),
    /// Something that a stack is looked at for before anything is done.
    Before(StackId, Before),
    /// The call that does it.
    Begin(StackId),
    /// How far the detection of drift is.
    Detection(StackId, String),
    Drifts(StackId),
    /// A refactoring: its creation, or what becomes of it.
    Refactor(Option<String>),
}

impl From<Routine> for Purpose {
    fn from(routine: Routine) -> Self {
        Self::Routine(routine)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Before {
    /// Whose operation goes on.
    Events,
    Resources,
    Template,
}
