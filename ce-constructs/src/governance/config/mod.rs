//! What is recorded of the account's resources, and which rules they are held against.

mod config_rule;
mod managed_rule;
mod recorder;

pub use config_rule::{ConfigRule, ConfigRuleBuilder, Frequency};
pub use managed_rule::ManagedRule;
pub use recorder::{ConfigRecorder, ConfigRecorderBuilder};
