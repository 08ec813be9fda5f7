//! A function that promotes a cache.

use ce_synth::value::{account_id, partition};
use ce_synth::{Duration, Scope, join};

use super::rules;
use crate::compute::{InlineCode, LambdaFunction};
use crate::data::{RedisCluster, RedisGlobal};
use crate::security::{Action, Grantee, Key, Statement, own_arn};

const PROMOTE: InlineCode = InlineCode::python(include_str!("functions/promote_cache.py"));

/// A Lambda function that makes the cache of its region the primary of a global datastore: ElastiCache never does that
/// by itself, and Region switch has no step for it.
///
/// ```
/// use ce_constructs::compute::LambdaFunction;
/// use ce_constructs::data::{RedisCluster, RedisGlobal};
/// use ce_constructs::resilience::{CachePromotion, DrPair, SwitchStep};
/// fn caches<'a>(pair: &DrPair<'a, RedisCluster<'a>>, global: &RedisGlobal<'a>) -> SwitchStep<'a> {
///     let function = |cache: &RedisCluster<'a>, stack| CachePromotion::builder(global, cache).build(stack, "PromoteCache");
///     let primary = function(&pair.primary, pair.primary_site().stack("Cache"));
///     let standby = function(&pair.standby, pair.standby_site().stack("Cache"));
///     SwitchStep::function("Cache", primary.arn(), standby.arn())
/// }
/// ```
///
/// By default it waits up to 14 minutes until the cache is the primary, and does nothing if it is already. Its role may
/// do that to this datastore and nothing else.
///
/// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Console.html>
pub enum CachePromotion {}

impl CachePromotion {
    /// A function for the cache of one region; there is one for each.
    pub fn builder<'a>(global: &RedisGlobal<'_>, cache: &RedisCluster<'a>) -> CachePromotionBuilder<'a> {
        CachePromotionBuilder { global: global.id().map(str::to_owned), cache: cache.clone(), name: None, key: None }
    }
}

/// Settings of a [`CachePromotion`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CachePromotionBuilder<'a> {
    global: Option<String>,
    cache: RedisCluster<'a>,
    name: Option<String>,
    key: Option<Key<'a>>,
}

impl<'a> CachePromotionBuilder<'a> {
    /// The function's name. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Encrypts what it is told and its log by a key of your own. Default: keys of AWS.
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.key = Some(*key);
        self
    }

    /// Adds the function to a stack of the cache's region.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> LambdaFunction<'a> {
        let cache = self.cache.cache();
        let group = self.global.unwrap_or_default();
        let mut function = LambdaFunction::builder(PROMOTE)
            .described("makes the cache of this region the primary")
            .timeout(Duration::minutes(14))
            .reserved_concurrency(1)
            .env("GLOBAL_GROUP", &group)
            .env("CACHE", cache.reference::<String>());
        if let Some(name) = self.name {
            function = function.named(name);
        }
        if let Some(key) = &self.key {
            function = function.encrypted_by(key);
        }
        let function = function.build(scope, id);
        rules::cache_region::check(function.function().scope(), cache.scope());
        let act = [
            Action::new("elasticache:DescribeGlobalReplicationGroups"),
            Action::new("elasticache:FailoverGlobalReplicationGroup"),
        ];
        let group = join!["arn:", partition(), ":elasticache::", account_id(), ":globalreplicationgroup:", group];
        let name = cache.reference::<String>();
        let cache = own_arn("elasticache", join!["replicationgroup:", name]);
        function.role().allow(Statement::allow(act).on([group, cache]));
        function
    }
}
