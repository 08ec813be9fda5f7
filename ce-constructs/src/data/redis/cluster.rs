//! A cache of Redis or Valkey.

use ce_cfn::elasticache;
use ce_synth::Value;

use super::{RedisClusterBuilder, Shards};
use crate::data::placement::Placement;
use crate::network::{Connect, Connections, Network, Port, SecurityGroup};
use crate::security::{Key, Secret};

/// A cache of Redis or Valkey: one shard or many, each with replicas in other zones.
///
/// ```
/// # use ce_synth::Scope;
/// use ce_constructs::data::{CacheEngine, NodeType, RedisCluster, Shards};
/// use ce_constructs::network::{Connect, Network};
///
/// fn sessions<'a>(scope: Scope<'a>, network: &dyn Network, api: &impl Connect) -> RedisCluster<'a> {
///     let sessions = RedisCluster::builder(network)
///         .engine(CacheEngine::VALKEY_8_2)
///         .node_type(NodeType::R6G_LARGE)
///         .shards(Shards::Clustered { shards: 2, replicas: 1 })
///         .parameter("maxmemory-policy", "allkeys-lru")
///         .build(scope, "Sessions");
///     api.connections().allow_to_default_port(&sessions);
///     sessions
/// }
/// ```
///
/// By default: Redis 7.1, one shard with a replica in another zone (production), in isolated subnets behind a security
/// group that lets nothing in or out; TLS and a generated token required; encrypted by a key of its own; daily
/// snapshots (not in development); logs in log groups.
///
/// It does not rotate the token, and it is no durable database: a failover may lose the last writes.
#[derive(Clone)]
pub struct RedisCluster<'a> {
    pub(super) cache: elasticache::ReplicationGroupRef<'a>,
    pub(super) shards: Shards,
    pub(super) port: Port,
    pub(super) group: SecurityGroup<'a>,
    pub(super) key: Key<'a>,
    pub(super) secret: Option<Secret<'a>>,
}

impl<'a> RedisCluster<'a> {
    /// A cache in the isolated subnets of a network.
    pub fn builder(network: &dyn Network) -> RedisClusterBuilder<'_, 'a> {
        RedisClusterBuilder::new(Placement::new(network))
    }

    /// The resource, for what this block does not set.
    pub fn cache(&self) -> elasticache::ReplicationGroupRef<'a> {
        self.cache
    }

    /// The host name clients begin with: the configuration endpoint in cluster mode, else that of the primary.
    pub fn endpoint(&self) -> Value<String> {
        match self.shards {
            Shards::Clustered { .. } => self.cache.configuration_end_point_address(),
            Shards::Single { .. } => self.cache.primary_end_point_address(),
        }
    }

    /// The host name that leads to the replicas in turns; in cluster mode clients find replicas by themselves, so it
    /// is [`endpoint`](Self::endpoint).
    pub fn reader_endpoint(&self) -> Value<String> {
        match self.shards {
            Shards::Clustered { .. } => self.cache.configuration_end_point_address(),
            Shards::Single { .. } => self.cache.reader_end_point_address(),
        }
    }

    /// The port it listens on.
    pub fn port(&self) -> Port {
        self.port
    }

    /// Its shards and replicas, as it was built.
    pub fn shards(&self) -> Shards {
        self.shards
    }

    /// The secret whose field `token` is the token; none if it was not made here.
    pub fn secret(&self) -> Option<&Secret<'a>> {
        self.secret.as_ref()
    }

    /// The key that encrypts it.
    pub fn key(&self) -> Key<'a> {
        self.key
    }

    /// Its security group.
    pub fn security_group(&self) -> SecurityGroup<'a> {
        self.group
    }
}

impl Connect for RedisCluster<'_> {
    fn connections(&self) -> Connections<'_> {
        Connections::new(self.group.group()).default_port(self.port)
    }
}
