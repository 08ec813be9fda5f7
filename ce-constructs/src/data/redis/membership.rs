//! What a cache's builder was told about other regions and about growing: a cache can do one of the two.

/// In one region, with the shards it was given.
pub enum Alone {}

/// In one region, with shards that come and go. It cannot join a global datastore:
///
/// ```compile_fail,E0599
/// use ce_constructs::data::{RedisCluster, RedisGlobal, ShardScaling};
/// use ce_constructs::network::Network;
/// fn both(network: &dyn Network, global: &RedisGlobal<'_>) {
///     let _ = RedisCluster::builder(network).scale_shards(ShardScaling::between(2..=4)).global(global);
/// }
/// ```
pub enum Scaled {}

/// A member of a global datastore. Its shards cannot be scaled:
///
/// ```compile_fail,E0599
/// use ce_constructs::data::{RedisCluster, RedisGlobal, ShardScaling};
/// use ce_constructs::network::Network;
/// fn both(network: &dyn Network, global: &RedisGlobal<'_>) {
///     let _ = RedisCluster::builder(network).global(global).scale_shards(ShardScaling::between(2..=4));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html>
pub enum Member {}
