//! What brings a change to a target.

use ce_synth::Tier;

/// What brings a change to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promotion {
    /// Every push to the main branch.
    OnPush,
    /// Somebody who starts the workflow.
    OnRequest,
}

impl Promotion {
    /// Production on request, everything else on push.
    pub(super) const fn of(tier: Tier) -> Self {
        if tier.is_production() { Self::OnRequest } else { Self::OnPush }
    }

    /// The condition of jobs.
    pub(super) const fn condition(self) -> Option<&'static str> {
        match self {
            Self::OnPush => None,
            Self::OnRequest => Some("github.event_name == 'workflow_dispatch'"),
        }
    }
}
