//! Redis and Valkey: caches of one shard or many, alone or across regions.

mod access;
mod build;
mod builder;
mod check;
mod cluster;
mod global;
mod membership;
mod metrics;
mod shard_scaling;
mod shards;
mod watch;

pub use access::{AccessToken, CacheAccess, CacheUser};
pub use builder::RedisClusterBuilder;
pub use cluster::RedisCluster;
pub use global::{RedisGlobal, RedisGlobalBuilder};
pub use membership::{Alone, Member, Scaled};
pub use shard_scaling::ShardScaling;
pub use shards::Shards;
