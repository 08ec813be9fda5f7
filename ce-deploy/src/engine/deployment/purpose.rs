//! What a call or a reminder is for.

use crate::assembly::{AssetId, StackId};
use crate::cloud::{Place, Target};
use crate::engine::nested::Nested;
use crate::engine::watch::Look;
use crate::journal::Made;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Purpose {
    /// Whose account a target is.
    Identity(Target),
    /// All stacks of a place.
    Survey(Target),
    /// One stack, where listing is forbidden or not worth it.
    SurveyOne(StackId),
    /// The template a stack has.
    Deployed(StackId),
    /// The nested stacks of a stack, and the template of one.
    NestedStacks(StackId, Nested),
    NestedTemplate(StackId, Nested),
    /// What a failed creation left.
    Leftover(StackId),
    /// Who imports an export that a stack is to lose.
    Imports(StackId, String),
    /// The bootstrap version that a stack asks for.
    Bootstrap(StackId),
    /// Whether an asset is there.
    Head(AssetId),
    /// An asset on its way.
    Put(AssetId),
    /// A stack's change set.
    Draft(StackId, DraftStep),
    /// A stack's operation.
    Apply(StackId, ApplyStep),
    /// A look while waiting.
    Watch(Look),
    /// The next look at a place.
    Round(Place),
    /// Something to clean up.
    Clean(Made, CleanStep),
    /// Whether somebody should hear from us.
    Heartbeat,
    /// The run has taken too long.
    Deadline,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DraftStep {
    /// The template the stack has, where a plan was taken over.
    Before,
    Create,
    /// It is time to look.
    Look,
    Describe,
    /// Its template, as the service has it.
    Template,
    /// Why it failed.
    Events,
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
    Events,
    Protect,
    Cancel,
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
