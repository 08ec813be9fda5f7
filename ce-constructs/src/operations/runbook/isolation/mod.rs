//! What is cut off when somebody is in, whom it keeps out, and what it keeps of it.

mod evidence;
mod source_block;
mod threat_isolation;

pub use evidence::Evidence;
pub use source_block::SourceBlock;
pub use threat_isolation::{Isolation, ThreatIsolation};
