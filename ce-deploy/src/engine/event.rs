//! What the engine is told.

use super::{CallId, TimerId};
use crate::assembly::AssetId;
use crate::cloud::{Answer, Failure};

/// Something that happened.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Event {
    /// The deployment begins.
    Started,
    /// A call ended.
    Answered {
        /// Which.
        id: CallId,
        /// How.
        result: Result<Answer, Failure>,
    },
    /// An image was pushed, or could not be.
    Published {
        /// The asset.
        asset: AssetId,
        /// What went wrong, in words.
        result: Result<(), String>,
    },
    /// A timer went off.
    Woke(TimerId),
    /// The user or the system wants an end.
    Interrupted(Signal),
}

/// How an end is asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// `SIGTERM`: leave operations running.
    Terminate,
}
