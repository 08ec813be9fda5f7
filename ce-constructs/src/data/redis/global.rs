//! Redis across regions.

use ce_cfn::elasticache;
use ce_cfn::elasticache::global_replication_group::{GlobalReplicationGroupMember, Role};
use ce_synth::{Region, Scope};

use crate::data::rules::{global_member, global_prefix, name_form};

/// A global datastore: one cache that takes writes, and a copy of it in each of up to two other regions.
///
/// ```
/// use ce_constructs::data::{AccessToken, RedisCluster, RedisGlobal, Shards};
/// use ce_constructs::network::Network;
/// use ce_constructs::security::Key;
/// use ce_synth::{Region, Scope};
///
/// fn caches<'a>(primary: Scope<'a>, standby: Scope<'a>, here: &dyn Network, there: &dyn Network, key: &Key<'a>) {
///     let token = AccessToken::generated().secret_named("shop/cache").replicated_to([Region::US_WEST_2]);
///     let global = RedisGlobal::builder("shop").build(primary, "GlobalCache");
///     let shards = Shards::Clustered { shards: 2, replicas: 1 };
///     RedisCluster::builder(here).global(&global).shards(shards).encrypted_by(key).access(token).build(primary, "Cache");
///     let token = AccessToken::of_secret("shop/cache");
///     RedisCluster::builder(there).global(&global).shards(shards).access(token).build(standby, "Cache");
/// }
/// ```
///
/// The cache in the region of the datastore's own stack is the primary, every other a secondary. Secondaries name the
/// datastore by its id, the region's prefix and the name given here, so that their stacks can be changed while the
/// primary's region is down.
///
/// It does not fail over by itself, and its shards are not scaled by load: AWS offers neither.
#[derive(Clone)]
pub struct RedisGlobal<'a> {
    group: elasticache::GlobalReplicationGroupRef<'a>,
    id: Option<String>,
}

impl<'a> RedisGlobal<'a> {
    /// A global datastore whose id ends in this name.
    pub fn builder(name: impl Into<String>) -> RedisGlobalBuilder {
        RedisGlobalBuilder { name: name.into(), prefix: None, description: None }
    }

    /// The resource, for what this block does not set.
    pub fn group(&self) -> elasticache::GlobalReplicationGroupRef<'a> {
        self.group
    }

    /// Its id, `ldgnf-shop`, if the region's prefix is known.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The region of its primary.
    pub fn region(&self) -> Region {
        self.group.scope().region()
    }

    /// Names the cache that takes writes.
    #[track_caller]
    pub(super) fn set_primary(&self, cache: elasticache::ReplicationGroupRef<'a>) {
        if self.group.peek("Members").is_some() {
            let message = format!("`{}` has a primary already", self.group.scope().path());
            global_member::report(cache.scope(), &message, "a global datastore has one cache in its own region");
            return;
        }
        let member = GlobalReplicationGroupMember::new()
            .replication_group_id(cache)
            .replication_group_region(self.region().as_str())
            .role(Role::PRIMARY);
        self.group.update(|global| global.members([member]));
    }
}

/// Settings of a [`RedisGlobal`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct RedisGlobalBuilder {
    name: String,
    prefix: Option<String>,
    description: Option<String>,
}

/// The prefixes of ids, by the region of the primary; those that could be checked.
///
/// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html>
const PREFIXES: [(Region, &str); 2] = [(Region::US_EAST_1, "ldgnf"), (Region::US_WEST_2, "sgaui")];

impl RedisGlobalBuilder {
    /// What AWS puts before the name in ids of this region. Default: known for `us-east-1` and `us-west-2`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Adds the global datastore; its primary is added to it when that is built.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> RedisGlobal<'a> {
        let scope = scope.child(id);
        name_form::check_identifier(scope, &self.name, 40);
        let region = scope.region();
        let known = PREFIXES.iter().find(|(known, _)| *known == region).map(|(_, prefix)| (*prefix).to_owned());
        let prefix = self.prefix.or(known);
        if prefix.is_none() {
            global_prefix::report(scope, region);
        }
        let group = elasticache::GlobalReplicationGroup::new()
            .global_replication_group_id_suffix(&self.name)
            .global_replication_group_description(self.description)
            .automatic_failover_enabled(true);
        RedisGlobal { group: scope.add("Resource", group), id: prefix.map(|prefix| format!("{prefix}-{}", self.name)) }
    }
}
