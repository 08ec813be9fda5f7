//! One stack on its way through a hotswap.

use crate::hotswap::{Aim, Obstacle};
use crate::template::Resolved;

#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// The template CloudFormation knows.
    pub(super) deployed: Option<String>,
    /// Whether it differs from that, or did.
    pub(super) differs: bool,
    pub(super) aims: Vec<Aim>,
    pub(super) obstacles: Vec<Obstacle>,
    /// What it is and what it is to be, while it is prepared.
    pub(super) versions: Option<(Resolved, Resolved)>,
    pub(super) phase: Phase,
    pub(super) failures: Vec<(String, String)>,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Phase {
    #[default]
    New,
    /// It is worked out what is sent.
    Preparing,
    /// It is known what is sent.
    Ready,
    /// Its resources are changed.
    Swapping,
    /// They are, or could not be.
    Over,
}
