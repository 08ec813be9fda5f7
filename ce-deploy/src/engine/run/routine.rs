//! Calls and reminders that every run has.

use crate::assembly::{AssetId, StackId};
use crate::cloud::{Place, Target};
use crate::engine::run::Nested;
use crate::engine::swap::SwapStep;
use crate::engine::watch::Look;

/// What a call or a reminder of any run is for.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::engine) enum Routine {
    /// Whose account a target is.
    Identity(Target),
    /// All stacks of a place.
    Survey(Target),
    /// One stack, where listing is forbidden or not worth it.
    SurveyOne(StackId),
    /// The nested stacks of a stack.
    NestedStacks(StackId, Nested),
    /// The template that a nested stack has.
    NestedTemplate(StackId, Nested),
    /// Whether an asset is there.
    Head(AssetId),
    /// An asset on its way.
    Put(AssetId),
    /// A resource of a stack, past CloudFormation.
    Swap(StackId, SwapStep),
    /// Why an operation failed.
    Events(StackId),
    /// A look while waiting.
    Watch(Look),
    /// The next look at a place.
    Round(Place),
    /// Whether somebody should hear from us.
    Heartbeat,
    /// The run has taken too long.
    Deadline,
}
