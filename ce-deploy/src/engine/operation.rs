//! What a driver drives.

use super::{Action, Event, Moment};

/// Something that goes on in steps: a deployment, a deletion, a wait.
///
/// The driver sends [`Event::Started`] first, carries out the actions of each step in order, and reports what came of
/// them as further events, until it is told to [finish](Action::Finish).
pub trait Operation {
    /// What happened, and what to do about it.
    fn step(&mut self, now: Moment, event: Event) -> Vec<Action>;
}
