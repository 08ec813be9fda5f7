//! From settings to resources.

use ce_cfn::elasticache;
use ce_cfn::elasticache::replication_group::{
    CloudWatchLogsDestinationDetails, ClusterMode, DestinationDetails, DestinationType,
    LogDeliveryConfigurationRequest, LogFormat, LogType, TransitEncryptionMode,
};
use ce_synth::{DeletionPolicy, Literal, Scope, Tier};

use super::access::{CacheAccess, make_group};
use super::builder::Settings;
use super::{RedisCluster, RedisClusterBuilder, Shards};
use crate::data::aurora::on_replacement;
use crate::data::parameters::Parameters;
use crate::data::{BackupRetention, DailyWindow, NodeType, WeeklyWindow};
use crate::network::{Port, SecurityGroup, Subnet};
use crate::observe::LogGroup;
use crate::security::{Key, Secret};

/// What was decided before the first resource.
pub(super) struct Plan {
    pub(super) node: NodeType,
    pub(super) shards: Shards,
    pub(super) multi_az: bool,
    pub(super) secondary: bool,
    windows: (DailyWindow, WeeklyWindow),
    retention: BackupRetention,
    subnets: Vec<Subnet>,
}

impl<'a, M> RedisClusterBuilder<'_, 'a, M> {
    /// Adds the cache and what it needs.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> RedisCluster<'a> {
        self.settings.build(scope.child(id))
    }
}

impl<'a> Settings<'_, 'a> {
    #[track_caller]
    fn build(self, scope: Scope<'a>) -> RedisCluster<'a> {
        let plan = self.plan(scope);
        self.check(scope, &plan);
        let key = self.key.unwrap_or_else(|| Key::builder().build(scope, "Key"));
        let port = Port::tcp(self.port);
        let security_group = self.group.unwrap_or_else(|| {
            let group = SecurityGroup::builder(self.placement.network, "a cache").default_port(port);
            let group = if let Some(name) = &self.name { group.named(name) } else { group };
            group.build(scope, "SecurityGroup")
        });
        let cache = self.cache(scope, &plan, &key, &security_group);
        let cache = with_nodes(cache, &plan);
        let cache = self.with_membership(scope, cache, &plan);
        let (cache, secret) = self.with_access(scope, cache, &self.secret_key.unwrap_or(key));
        let cache = if self.logs { cache.log_delivery_configurations(log_deliveries(scope, &key)) } else { cache };
        let cache = scope.add("Resource", cache);
        let lasting = !plan.secondary && !plan.retention.is_none();
        let default = if lasting { DeletionPolicy::Snapshot } else { DeletionPolicy::Delete };
        let policy = self.deletion_policy.unwrap_or(default);
        cache.deletion_policy(policy).update_replace_policy(on_replacement(policy));
        if let (Some(global), false) = (&self.global, plan.secondary) {
            global.set_primary(cache);
        }
        if let Some(scaling) = &self.scaling {
            scaling.place(scope, cache.reference());
        }
        RedisCluster { cache, shards: plan.shards, port, group: security_group, key, secret }
    }

    #[track_caller]
    fn plan(&self, scope: Scope<'a>) -> Plan {
        let tier = scope.environment().tier;
        let replicas = u8::from(tier.is_production() || self.global.is_some());
        let shards = self.shards.unwrap_or(Shards::Single { replicas });
        let multi_az = self.multi_az.unwrap_or(shards.replicas() > 0);
        let node = match tier {
            Tier::Staging if self.global.is_none() => NodeType::T4G_MEDIUM,
            Tier::Development if self.global.is_none() => NodeType::T4G_MICRO,
            _ => NodeType::R6G_LARGE,
        };
        let retention = match tier {
            Tier::Production => BackupRetention::days(7),
            Tier::Staging => BackupRetention::days(1),
            Tier::Development => BackupRetention::NONE,
        };
        Plan {
            node: self.node.clone().unwrap_or(node),
            shards,
            multi_az,
            secondary: self.global.as_ref().is_some_and(|global| global.region() != scope.region()),
            windows: self.upkeep.windows(scope, 60),
            retention: self.upkeep.retention.unwrap_or(retention),
            subnets: self.placement.subnets(scope, !multi_az),
        }
    }

    #[track_caller]
    fn cache(
        &self,
        scope: Scope<'a>,
        plan: &Plan,
        key: &Key<'a>,
        group: &SecurityGroup<'a>,
    ) -> elasticache::ReplicationGroup {
        let subnets: Vec<_> = plan.subnets.iter().map(Subnet::id).collect();
        let subnets = elasticache::SubnetGroup::new().description("a cache").subnet_ids(subnets);
        let description = self.description.clone().unwrap_or_else(|| scope.path());
        elasticache::ReplicationGroup::new()
            .replication_group_id(self.name.as_ref())
            .replication_group_description(description)
            .cache_subnet_group_name(scope.add("Subnets", subnets))
            .security_group_ids([group.id()])
            .port(i64::from(self.port))
            .multi_az_enabled(plan.multi_az)
            .at_rest_encryption_enabled(true)
            .kms_key_id(key.arn())
            .transit_encryption_enabled(true)
            .transit_encryption_mode(TransitEncryptionMode::REQUIRED)
            .auto_minor_version_upgrade(true)
            .snapshot_retention_limit(i64::from(plan.retention.as_days()))
            .snapshot_window((!plan.retention.is_none()).then(|| plan.windows.0.to_string()))
            .preferred_maintenance_window(plan.windows.1.to_string())
    }

    /// A secondary has the engine, node type and parameters of the primary, and must not say them.
    #[track_caller]
    fn with_membership(
        &self,
        scope: Scope<'a>,
        cache: elasticache::ReplicationGroup,
        plan: &Plan,
    ) -> elasticache::ReplicationGroup {
        if let (Some(global), true) = (&self.global, plan.secondary) {
            scope.stack().needs(global.group().scope());
            return cache.global_replication_group_id(global.id());
        }
        let mode = if plan.shards.is_clustered() { ClusterMode::ENABLED } else { ClusterMode::DISABLED };
        cache
            .engine(self.engine.name())
            .engine_version(self.engine.version().as_str())
            .cache_node_type(plan.node.as_str())
            .cluster_mode(mode)
            .cache_parameter_group_name(self.add_parameters(scope, plan))
    }

    #[track_caller]
    fn add_parameters(&self, scope: Scope<'a>, plan: &Plan) -> elasticache::ParameterGroupRef<'a> {
        let cluster = if plan.shards.is_clustered() { "yes" } else { "no" };
        let parameters = self.parameters.with_fixed(scope, &[("cluster-enabled", cluster)], &["cluster-enabled"]);
        let group = elasticache::ParameterGroup::new()
            .description(format!("{} cache", self.engine.parameter_family()))
            .cache_parameter_group_family(self.engine.parameter_family())
            .properties(Parameters::property::<ce_synth::MapOf<String>>(parameters));
        scope.add("Parameters", group)
    }

    #[track_caller]
    fn with_access(
        &self,
        scope: Scope<'a>,
        cache: elasticache::ReplicationGroup,
        key: &Key<'a>,
    ) -> (elasticache::ReplicationGroup, Option<Secret<'a>>) {
        match &self.access {
            CacheAccess::Token(token) => {
                let (token, secret) = token.make(scope, key);
                (cache.auth_token(token), secret)
            }
            CacheAccess::Users { group, users } => {
                let group = make_group(scope, self.engine.name(), group, users);
                (cache.user_group_ids([group]), None)
            }
        }
    }
}

/// A secondary has the number of shards of the primary.
fn with_nodes(cache: elasticache::ReplicationGroup, plan: &Plan) -> elasticache::ReplicationGroup {
    let failover = plan.shards.is_clustered() || plan.shards.replicas() > 0;
    let cache = cache.automatic_failover_enabled(failover);
    match plan.shards {
        Shards::Single { replicas } => cache.num_cache_clusters(i64::from(replicas) + 1),
        Shards::Clustered { shards, replicas } => cache
            .num_node_groups((!plan.secondary).then_some(i64::from(shards)))
            .replicas_per_node_group(i64::from(replicas)),
    }
}

#[track_caller]
fn log_deliveries<'a>(scope: Scope<'a>, key: &Key<'a>) -> [LogDeliveryConfigurationRequest; 2] {
    let deliver = |id: &str, log: Literal<LogType>| {
        let group = LogGroup::builder().encrypted_by(key).build(scope, id);
        let details = CloudWatchLogsDestinationDetails::new().log_group(group.name());
        LogDeliveryConfigurationRequest::new()
            .destination_type(DestinationType::CLOUDWATCH_LOGS)
            .destination_details(DestinationDetails::new().cloud_watch_logs_details(details))
            .log_format(LogFormat::JSON)
            .log_type(log)
    };
    [deliver("SlowLog", LogType::SLOW_LOG), deliver("EngineLog", LogType::ENGINE_LOG)]
}
