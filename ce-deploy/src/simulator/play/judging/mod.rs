//! Holding a play against what must always hold: each invariant has a file.
//!
//! I11 takes a second play, [`Played::parts_from`](super::Played::parts_from). I12 is
//! [`Played::essence`](super::Played::essence), compared by who plays a killed run and an undisturbed one.

mod agreed;
mod data;
mod ends;
mod frugal;
mod judged;
mod left;
mod once;
mod order;
mod outputs;
mod secret;
mod tidy;
mod told;
mod truth;

pub(super) use judged::judge;
pub(super) use left::{essence, left};
