//! The databases: Aurora PostgreSQL and Redis, in the tier without a way out.

use ce::data::{AccessToken, Login, Shards};
use ce::prelude::*;
use ce::security::HostedRotation;

use super::foundation::Foundation;
use super::settings::Settings;
use super::vault::Vault;

pub struct Data<'a> {
    pub database: AuroraCluster<'a>,
    pub cache: RedisCluster<'a>,
    pub cache_pair: Option<RedisGlobal<'a>>,
}

impl<'a> Data<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings, foundation: &Foundation<'a>, vault: &Vault<'a>) -> Self {
        let database = Self::database(stack, settings, foundation, vault);
        foundation.tasks.connections().allow_to_default_port(&database);
        let (cache, cache_pair) = Self::cache(stack, settings, foundation, vault);
        foundation.tasks.connections().allow_to_default_port(&cache);
        Self { database, cache, cache_pair }
    }

    fn database(stack: Scope<'a>, settings: &Settings, foundation: &Foundation<'a>, vault: &Vault<'a>) -> AuroraCluster<'a> {
        let group = SecurityGroup::builder(&foundation.network, "Aurora").named(settings.name("db")).build(stack, "DatabaseGroup");
        // The rotation runs as a task would, so that only tasks' group may reach the database.
        let private = foundation.network.subnets(SubnetTier::Private);
        let rotation = HostedRotation::postgres_single_user()
            .in_subnets(private.iter().map(Subnet::id))
            .in_groups([foundation.tasks.group()]);
        let login = Login::new("enhancer")
            .secret_named(settings.name("shared/database"))
            .replicated_to(settings.standby())
            .rotated(Rotation::hosted(rotation).every(Duration::days(30)));
        let builder = AuroraCluster::builder(&foundation.network)
            .engine(AuroraEngine::postgresql("15.17"))
            .capacity(settings.database.clone())
            .credentials(login)
            .encrypted_by(&vault.data_key)
            .secret_encrypted_by(&vault.secrets_key)
            .security_group(&group)
            .monitoring(settings.database_monitoring)
            .instance_parameter("max_connections", "1600")
            .backup_retention(BackupRetention::days(35))
            .backup_window(DailyWindow::new("07:00-09:00"))
            .maintenance_window(WeeklyWindow::new("sun:09:30-sun:10:30"));
        if !settings.is_production() {
            return builder.build(stack, "Database");
        }
        let pair = AuroraGlobal::builder(settings.name("global"), AuroraEngine::postgresql("15.17")).build(stack, "DatabasePair");
        let readers = ReaderScaling::between(1..=5)
            .cpu(Percent::new(70))
            .cooldowns(Duration::seconds(300), Duration::seconds(600));
        builder.global(&pair).scale_readers(readers).build(stack, "Database")
    }

    fn cache(
        stack: Scope<'a>,
        settings: &Settings,
        foundation: &Foundation<'a>,
        vault: &Vault<'a>,
    ) -> (RedisCluster<'a>, Option<RedisGlobal<'a>>) {
        let group = SecurityGroup::builder(&foundation.network, "Redis").named(settings.name("redis")).build(stack, "CacheGroup");
        let token = AccessToken::generated().secret_named(settings.name("shared/redis")).replicated_to(settings.standby());
        let builder = RedisCluster::builder(&foundation.network)
            .engine(CacheEngine::REDIS_7_0)
            .node_type(settings.cache_nodes.clone())
            .shards(Shards::Clustered { shards: settings.cache_shards, replicas: settings.cache_replicas })
            .multi_az(settings.cache_replicas > 0)
            .access(token)
            .encrypted_by(&vault.data_key)
            .secret_encrypted_by(&vault.secrets_key)
            .security_group(&group)
            .snapshot_retention(BackupRetention::days(7))
            .snapshot_window(DailyWindow::new("03:00-04:00"))
            .maintenance_window(WeeklyWindow::new("sun:05:00-sun:06:00"));
        if !settings.is_production() {
            return (builder.build(stack, "Cache"), None);
        }
        let pair = RedisGlobal::builder("claude-enhancer").build(stack, "CachePair");
        (builder.global(&pair).build(stack, "Cache"), Some(pair))
    }
}
