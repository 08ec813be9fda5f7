//! Waiting for operations to end.
//!
//! One loop a place looks twice a second at most, whatever the number of stacks: at all of them in one listing, or at the
//! events of one after the other. Errors of looking never decide anything.
//!
//! An end is believed only when it belongs to the operation that is waited for: the stack's own last event carries our
//! token, or the stack names our change set as its last, or its last operation is another than before. A single answer
//! that shows the state from before does not count: CloudFormation's answers may be old.

mod inquiry;
mod verdict;
mod watched;
mod watcher;

pub(crate) use inquiry::{Found, Inquiry};
pub(crate) use watched::{Kind, Watched};
pub(crate) use watcher::{Look, OLD_ANSWERS, Sighting, Watcher};
