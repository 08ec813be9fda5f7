//! What every run does, whether it deploys, swaps or runs an errand: it looks whose accounts these are and what is there, waits
//! for operations, finds out why they failed, and lets others hear from it.
//!
//! A [`Run`] knows nothing of what its operations are for. It takes the answers to its own [routines](Routine), and gives
//! [`News`] to whoever holds it.

mod diagnosing;
mod identity;
mod nested;
mod nesting;
mod news;
mod publishing;
mod routine;
mod state;
mod surveying;
mod swapping;
mod watching;

pub(super) use diagnosing::failure;
pub(super) use nested::Nested;
pub(super) use news::News;
pub(super) use publishing::Publishing;
pub(super) use routine::Routine;
pub(super) use state::Run;
