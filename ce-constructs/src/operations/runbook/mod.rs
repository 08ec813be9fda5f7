//! Runbooks that are ready to use.

mod aurora_backup;
mod isolation;
mod node_scaling;
mod redis_arn;
mod redis_snapshot;
mod redis_target;
mod shard_scaling;
mod snapshot_janitor;

pub use aurora_backup::AuroraBackup;
pub use isolation::{Evidence, Isolation, SourceBlock, ThreatIsolation};
pub use node_scaling::NodeScaling;
pub use redis_snapshot::RedisSnapshot;
pub use shard_scaling::ShardScaling;
pub use snapshot_janitor::SnapshotJanitor;
