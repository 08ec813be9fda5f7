//! What CloudWatch knows of a cache.
//!
//! Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html>

use ce_synth::{Value, join};

use super::{RedisCluster, Shards};
use crate::observe::{Metric, Statistic};

impl RedisCluster<'_> {
    /// A metric of `AWS/ElastiCache` over all its nodes, by its name.
    pub fn metric(&self, name: &str) -> Metric {
        Metric::new("AWS/ElastiCache", name).dimension("ReplicationGroupId", self.cache().ref_())
    }

    /// The memory that counts for evictions, in percent.
    pub fn memory(&self) -> Metric {
        self.metric("DatabaseMemoryUsageCountedForEvictPercentage")
    }

    /// CPU of the engine on the primaries, in percent of one core.
    pub fn primary_cpu(&self) -> Metric {
        self.metric("EngineCPUUtilization").dimension("Role", "Primary")
    }

    /// The ids of its nodes as they are first made: a failover does not rename them, a new shard has the next number.
    pub fn nodes(&self) -> Vec<Value<String>> {
        let replicas = u32::from(self.shards().replicas());
        let node = |suffix: String| join![self.cache().reference::<String>(), suffix];
        match self.shards() {
            Shards::Single { .. } => (1..=replicas + 1).map(|number| node(format!("-{number:03}"))).collect(),
            Shards::Clustered { shards, .. } => (1..=u32::from(shards))
                .flat_map(|shard| (1..=replicas + 1).map(move |number| (shard, number)))
                .map(|(shard, number)| node(format!("-{shard:04}-{number:03}")))
                .collect(),
        }
    }

    /// A metric of `AWS/ElastiCache` of one of its [`nodes`](Self::nodes), by its name.
    pub fn node_metric(&self, node: &Value<String>, name: &str) -> Metric {
        Metric::new("AWS/ElastiCache", name).dimension("CacheClusterId", node)
    }

    /// CPU of the host of a node, in percent of all cores.
    pub fn cpu(&self, node: &Value<String>) -> Metric {
        self.node_metric(node, "CPUUtilization")
    }

    /// Keys that a node dropped to make room.
    pub fn evictions(&self, node: &Value<String>) -> Metric {
        self.node_metric(node, "Evictions").statistic(Statistic::Sum)
    }

    /// How far a secondary region is behind, in seconds, by a node of it.
    pub fn global_lag(&self, node: &Value<String>) -> Metric {
        self.node_metric(node, "GlobalDatastoreReplicationLag").statistic(Statistic::Maximum)
    }
}
