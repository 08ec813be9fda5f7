//! Resources of a stack that are changed past CloudFormation: what is known of them, what is sent, what came of it.
//!
//! A [`Swapping`] knows nothing of what it is for: a hotswap sets what the app says now, a deployment puts back what a
//! hotswap set. The calls are [`run`](super::run)'s.

mod part;
mod swapping;

pub(super) use part::{Part, SwapStep};
pub(super) use swapping::{Swapping, Wish};
