//! A stack that an errand goes to.

use super::Report;
use crate::cloud::{Output, StackResource, StackStatus};
use crate::engine::End;
use crate::risk::Risk;

#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) phase: Phase,
    pub(super) status: Option<StackStatus>,
    pub(super) resources: Vec<StackResource>,
    /// Names of nested stacks whose resources are still to be listed.
    pub(super) nested: Vec<String>,
    /// The template it has; read before it is deleted.
    pub(super) deployed: Option<String>,
    pub(super) risks: Vec<Risk>,
    pub(super) report: Option<Report>,
    pub(super) outputs: Vec<Output>,
    pub(super) attempt: u32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    New,
    /// It is looked at before anything is done.
    Looking,
    /// It waits for its turn.
    Ready,
    /// The call that does it is on its way.
    Beginning,
    Running,
    Diagnosing,
    /// Drift is looked for.
    Detecting,
    Over(End),
}

impl Default for Subject {
    fn default() -> Self {
        Self {
            phase: Phase::New,
            status: None,
            resources: Vec::new(),
            nested: Vec::new(),
            deployed: None,
            risks: Vec::new(),
            report: None,
            outputs: Vec::new(),
            attempt: 1,
        }
    }
}

impl Subject {
    pub(super) fn end(&self) -> Option<&End> {
        match &self.phase {
            Phase::Over(end) => Some(end),
            _ => None,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.phase, Phase::Over(End::Unchanged | End::Changed | End::Deleted))
    }
}
