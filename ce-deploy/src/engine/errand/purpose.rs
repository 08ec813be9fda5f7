//! What a call or a reminder of an errand is for.

use crate::assembly::StackId;
use crate::cloud::{Place, Target};
use crate::engine::nested::Nested;
use crate::engine::watch::Look;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Purpose {
    Identity(Target),
    Survey(Target),
    SurveyOne(StackId),
    /// Something that a stack is looked at for before anything is done.
    Before(StackId, Before),
    /// The nested stacks of a stack.
    NestedStacks(StackId, Nested),
    /// The template that a nested stack has.
    NestedTemplate(StackId, Nested),
    /// The call that does it.
    Begin(StackId),
    /// Why it failed.
    Events(StackId),
    /// How far the detection of drift is.
    Detection(StackId, String),
    Drifts(StackId),
    /// A refactoring: its creation, or what becomes of it.
    Refactor(Option<String>),
    Watch(Look),
    Round(Place),
    Heartbeat,
    Deadline,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Before {
    /// Whose operation goes on.
    Events,
    Resources,
    Template,
}
