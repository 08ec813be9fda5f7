//! What makes resources: their ids, their attributes, how they behave.

mod attribute;
mod behaviour;
mod physical_id;
mod replacement;

pub(super) use attribute::attribute;
pub use behaviour::Act;
pub(super) use behaviour::Behaviour;
pub(super) use physical_id::{Birth, chosen_name, physical_id};
pub(super) use replacement::{Difference, differences, judge};
