//! What GuardDuty looks for, and where.

mod detection;
mod feature;
mod stack_set;

pub use detection::{ThreatDetection, ThreatDetectionBuilder};
pub use feature::{RuntimeAgent, ThreatFeature};
pub use stack_set::StackSetAuthority;
