//! What became of a stack.

use crate::hotswap::{Aim, Obstacle};

/// What became of a stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HotswapReport {
    /// It is as CloudFormation knows it, and as the assembly says.
    Same,
    /// All that could be swapped is as the assembly says: earlier hotswaps did it.
    AsWanted,
    /// This was changed.
    Swapped(Vec<Aim>),
    /// This was to be changed, and for these logical ids it could not be, and why. The rest was changed.
    Failed(Vec<(String, String)>),
    /// This cannot be swapped. Nothing was changed in any stack.
    Refused(Vec<Obstacle>),
    /// Nothing was changed, because another stack stood in the way.
    NotBegun,
}
