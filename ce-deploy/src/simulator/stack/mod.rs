//! A stack and its resources, as the simulated service keeps them.

mod definition;
mod record;
mod resource;
mod view;

pub(super) use definition::{Definition, Stable};
pub(super) use record::{Stack, StackKey};
pub(super) use resource::{Leftover, Resource};
