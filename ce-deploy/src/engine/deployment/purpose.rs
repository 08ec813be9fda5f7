//! What a call or a reminder is for.

use crate::assembly::StackId;
use crate::engine::run::Routine;
use crate::journal::Made;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Purpose {
    /// What every run does.
    Routine(Routine),
    /// The template a stack has.
    Deployed(StackId),
    /// What a failed creation left.
    Leftover(StackId),
    /// Who imports an export that a stack is to lose.
    Imports(StackId, String),
    /// The bootstrap version that a stack asks for.
    Bootstrap(StackId),
    /// A stack's change set.
    Draft(StackId, DraftStep),
    /// A stack's operation.
    Apply(StackId, ApplyStep),
    /// The events of a stack, as a second source of its state.
    Witness(StackId),
    /// It is time to plan anew.
    Anew,
    /// Something to clean up.
    Clean(Made, CleanStep),
}

impl From<Routine> for Purpose {
    fn from(routine: Routine) -> Self {
        Self::Routine(routine)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DraftStep {
    /// The template the stack has, where a plan was taken over.
    Before,
    /// A template that is too large for the call is put into a bucket.
    Shelve,
    Create,
    /// It is time to look.
    Look,
    Describe,
    /// Its template, as the service has it; of which try.
    Template(u32),
    /// Why it failed.
    Events,
    /// The stack itself, which is not as it was seen.
    Stack,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ApplyStep {
    /// The change set again.
    Describe,
    /// Its template again.
    Template,
    Execute,
    /// Whose operation is going on.
    Whose,
    Delete,
    Protect,
    /// Whether it is protected, where no answer told.
    Protected,
    Cancel,
    /// The template that a stack has before it is changed.
    Before,
    /// The template that CloudFormation knows of a stack that was hotswapped.
    Settle,
    /// The policy that a stack has.
    Policy,
    /// The policy that a stack is to have.
    Hold,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CleanStep {
    ChangeSet,
    /// Whether the stack is empty.
    Look,
    /// Whether others have change sets for it.
    List,
    Stack,
}
