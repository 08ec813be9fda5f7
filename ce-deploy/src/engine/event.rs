//! What the engine is told.

use std::path::PathBuf;

use super::{CallId, TimerId};
use crate::assembly::AssetId;
use crate::cloud::{Answer, Failure};
use crate::plan::Decision;

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
    /// The file of an asset is made, or could not be.
    Packed {
        /// The asset.
        asset: AssetId,
        /// The file, or what went wrong, in words.
        result: Result<Packed, String>,
    },
    /// An image was pushed, or could not be.
    Published {
        /// The asset.
        asset: AssetId,
        /// Since when it is there, or what went wrong, in words.
        result: Result<Pushed, String>,
    },
    /// A timer went off.
    Woke(TimerId),
    /// The user or the system wants an end.
    Interrupted(Signal),
    /// Somebody decided.
    Decided(Decision),
    /// Somebody chose how to stop, after the first Ctrl-C.
    Chosen(Stop),
}

/// Since when an image is in its repository.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Pushed {
    /// It was pushed now.
    Now,
    /// It was there before.
    Before,
}

/// The file of an asset.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Packed {
    /// Where it lies.
    pub file: PathBuf,
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Its media type.
    pub content_type: Option<String>,
}

/// How to stop.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stop {
    /// Begin nothing new, and see what was begun through.
    Wait,
    /// Leave operations running.
    Detach,
    /// Have updates put back.
    Cancel,
}

/// How an end is asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// `SIGTERM`: leave operations running.
    Terminate,
}
