//! The reducer: what happened goes in, what to do comes out.
//!
//! A deployment is a value that is stepped: `step(now, event)` changes it and gives [`Action`]s. It never waits and never
//! looks at a clock; a [`Moment`] comes with each event. Whoever drives it carries the actions out in order and reports.

mod action;
mod event;
mod moment;

pub use action::{Action, CallId, TimerId};
pub use event::{Event, Signal};
pub use moment::{Moment, Span};
