//! Settings of a cache.

use std::marker::PhantomData;

use ce_synth::DeletionPolicy;

use super::access::{AccessToken, CacheAccess};
use super::{Alone, Member, RedisGlobal, Scaled, ShardScaling, Shards};
use crate::data::parameters::Parameters;
use crate::data::placement::Placement;
use crate::data::upkeep::Upkeep;
use crate::data::{BackupRetention, CacheEngine, DailyWindow, NodeType, WeeklyWindow};
use crate::network::{SecurityGroup, SubnetTier};
use crate::security::Key;

/// Settings of a [`RedisCluster`](super::RedisCluster); `M` says whether its shards are scaled ([`Scaled`]), or it is a
/// member of a global datastore ([`Member`]), or neither ([`Alone`]).
#[must_use = "a builder does nothing until `build`"]
pub struct RedisClusterBuilder<'n, 'a, M = Alone> {
    pub(super) settings: Settings<'n, 'a>,
    marker: PhantomData<fn() -> M>,
}

impl<M> Clone for RedisClusterBuilder<'_, '_, M> {
    fn clone(&self) -> Self {
        Self { settings: self.settings.clone(), marker: PhantomData }
    }
}

#[derive(Clone)]
pub(super) struct Settings<'n, 'a> {
    pub(super) placement: Placement<'n>,
    pub(super) engine: CacheEngine,
    pub(super) node: Option<NodeType>,
    pub(super) shards: Option<Shards>,
    pub(super) multi_az: Option<bool>,
    pub(super) scaling: Option<ShardScaling>,
    pub(super) global: Option<RedisGlobal<'a>>,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) access: CacheAccess,
    pub(super) key: Option<Key<'a>>,
    pub(super) secret_key: Option<Key<'a>>,
    pub(super) group: Option<SecurityGroup<'a>>,
    pub(super) port: u16,
    pub(super) upkeep: Upkeep,
    pub(super) parameters: Parameters,
    pub(super) logs: bool,
    pub(super) deletion_policy: Option<DeletionPolicy>,
}

impl<'n, 'a> RedisClusterBuilder<'n, 'a> {
    pub(super) fn new(placement: Placement<'n>) -> Self {
        let settings = Settings {
            placement,
            engine: CacheEngine::REDIS_7_1,
            node: None,
            shards: None,
            multi_az: None,
            scaling: None,
            global: None,
            name: None,
            description: None,
            access: AccessToken::generated().into(),
            key: None,
            secret_key: None,
            group: None,
            port: 6379,
            upkeep: Upkeep::default(),
            parameters: Parameters::default(),
            logs: true,
            deletion_policy: None,
        };
        Self { settings, marker: PhantomData }
    }

    /// Adds and removes shards with the load; for cluster mode only. Default: their number stays.
    pub fn scale_shards(mut self, scaling: ShardScaling) -> RedisClusterBuilder<'n, 'a, Scaled> {
        self.settings.scaling = Some(scaling);
        RedisClusterBuilder { settings: self.settings, marker: PhantomData }
    }

    /// Makes it a member of a global datastore: the primary in that one's region, a secondary elsewhere, which has the
    /// engine, node type and number of shards of the primary. Default: it is alone.
    pub fn global(mut self, global: &RedisGlobal<'a>) -> RedisClusterBuilder<'n, 'a, Member> {
        self.settings.global = Some(global.clone());
        RedisClusterBuilder { settings: self.settings, marker: PhantomData }
    }
}

impl<'a, M> RedisClusterBuilder<'_, 'a, M> {
    /// The engine and its version. Default: [`CacheEngine::REDIS_7_1`].
    pub fn engine(mut self, engine: CacheEngine) -> Self {
        self.settings.engine = engine;
        self
    }

    /// The size of its nodes. Default: `cache.r6g.large` in production, `cache.t4g.medium` in staging,
    /// `cache.t4g.micro` in development; `cache.r6g.large` in a global datastore.
    pub fn node_type(mut self, node: NodeType) -> Self {
        self.settings.node = Some(node);
        self
    }

    /// Its shards and replicas. Default: one shard without cluster mode, with a replica in production.
    pub fn shards(mut self, shards: Shards) -> Self {
        self.settings.shards = Some(shards);
        self
    }

    /// Whether the nodes of a shard are in different zones. Default: if there are replicas.
    pub fn multi_az(mut self, on: bool) -> Self {
        self.settings.multi_az = Some(on);
        self
    }

    /// Its physical name, and that of its security group. A named cache cannot be replaced in one update. Default:
    /// CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// What it is for. Default: its construct path.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.settings.description = Some(text.into());
        self
    }

    /// How clients show who they are. Default: with a token generated into a secret.
    pub fn access(mut self, access: impl Into<CacheAccess>) -> Self {
        self.settings.access = access.into();
        self
    }

    /// The key that encrypts storage, snapshots, logs and the secret. Default: one of its own, `Key`.
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.settings.key = Some(*key);
        self
    }

    /// The key that encrypts the secret alone, such as a multi-region one when the secret is replicated. Default: the
    /// key of everything else.
    pub fn secret_encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.settings.secret_key = Some(*key);
        self
    }

    /// Its security group. Default: one of its own that lets nothing in and nothing out.
    pub fn security_group(mut self, group: &SecurityGroup<'a>) -> Self {
        self.settings.group = Some(*group);
        self
    }

    /// The tier of the network it is in. Default: [`SubnetTier::Isolated`].
    pub fn subnets(mut self, tier: SubnetTier) -> Self {
        self.settings.placement.tier = tier;
        self
    }

    /// The port it listens on. Default: 6379.
    pub fn port(mut self, port: u16) -> Self {
        self.settings.port = port;
        self
    }

    /// How many days daily snapshots are kept. Default: 7 in production, 1 in staging, none in development.
    pub fn snapshot_retention(mut self, retention: BackupRetention) -> Self {
        self.settings.upkeep.retention = Some(retention);
        self
    }

    /// When snapshots are taken, in UTC, at least an hour. Default: `03:00-04:00`, or later if maintenance is then.
    pub fn snapshot_window(mut self, window: DailyWindow) -> Self {
        self.settings.upkeep.backup = Some(window);
        self
    }

    /// When AWS may change the nodes, in UTC, at least an hour. Default: `sun:05:00-sun:06:00`, or later if snapshots
    /// are taken then.
    pub fn maintenance_window(mut self, window: WeeklyWindow) -> Self {
        self.settings.upkeep.maintenance = Some(window);
        self
    }

    /// A parameter of the engine, such as `maxmemory-policy`; a secondary has those of the primary. Default: AWS's.
    pub fn parameter(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.parameters.set(key, value);
        self
    }

    /// Whether the slow log and the engine's log go to log groups. Default: yes.
    pub fn logs(mut self, on: bool) -> Self {
        self.settings.logs = on;
        self
    }

    /// What happens when it leaves the template or is replaced. Default: [`DeletionPolicy::Snapshot`]; a secondary,
    /// whose data is elsewhere, and a cache without snapshots are deleted.
    pub fn deletion_policy(mut self, policy: DeletionPolicy) -> Self {
        self.settings.deletion_policy = Some(policy);
        self
    }
}
