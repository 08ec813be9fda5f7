//! The databases: Aurora PostgreSQL and Redis, in the tier without a way out.

use ce::data::{AccessToken, Login, Shards};
use ce::prelude::*;
use ce::resilience::ReplicatedSecret;
use ce::security::HostedRotation;

use super::foundation::Foundation;
use super::settings::Settings;
use super::vault::Vault;

pub struct Data<'a> {
    pub database: AuroraCluster<'a>,
    /// The database of both regions.
    pub database_pair: Option<AuroraGlobal<'a>>,
    /// What tasks log in to the database with.
    pub login: Secret<'a>,
    pub cache: RedisCluster<'a>,
    pub cache_pair: Option<RedisGlobal<'a>>,
}

impl<'a> Data<'a> {
    /// The databases; the standby's are copies of the primary's.
    pub fn new(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        foundation: &Foundation<'a>,
        vault: &Vault<'a>,
        primary: Option<&Self>,
    ) -> Self {
        let (database, database_pair) = Self::database(stack, settings, foundation, vault, primary);
        foundation.tasks.connections().allow_to_default_port(&database);
        let copy =
            || ReplicatedSecret::copy(stack, "Login", settings.shared_name("shared/database"), &vault.secrets_key);
        let login = database.secret().cloned().unwrap_or_else(copy);
        let (cache, cache_pair) = Self::cache(stack, settings, foundation, vault, primary);
        foundation.tasks.connections().allow_to_default_port(&cache);
        Self { database, database_pair, login, cache, cache_pair }
    }

    fn database(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        foundation: &Foundation<'a>,
        vault: &Vault<'a>,
        primary: Option<&Self>,
    ) -> (AuroraCluster<'a>, Option<AuroraGlobal<'a>>) {
        let group = SecurityGroup::builder(&foundation.network, "Aurora")
            .named(settings.name("db"))
            .build(stack, "DatabaseGroup");
        let builder = AuroraCluster::builder(&foundation.network)
            .engine(AuroraEngine::postgresql("15.17"))
            .capacity(settings.database.clone())
            .credentials(Self::login(settings, foundation))
            .encrypted_by(&vault.data_key)
            .secret_encrypted_by(&vault.secrets_key)
            .security_group(&group)
            .monitoring(settings.database_monitoring)
            .instance_parameter("max_connections", "1600")
            .backup_retention(BackupRetention::days(35))
            .backup_window(DailyWindow::new("07:00-09:00"))
            .maintenance_window(WeeklyWindow::new("sun:09:30-sun:10:30"));
        let pair = match primary {
            Some(primary) => primary.database_pair.clone(),
            None => settings.is_production().then(|| Self::database_pair(stack, settings)),
        };
        let builder = match &pair {
            // Readers of a secondary cannot scale.
            Some(pair) if settings.is_standby() => builder.global(pair),
            Some(pair) => builder.global(pair).scale_readers(
                ReaderScaling::between(1..=5)
                    .cpu(Percent::new(70))
                    .cooldowns(Duration::seconds(300), Duration::seconds(600)),
            ),
            None => builder,
        };
        (builder.build(stack, "Database"), pair)
    }

    /// The rotation runs as a task would, so that only tasks' group may reach the database.
    fn login(settings: &Settings<'a>, foundation: &Foundation<'a>) -> Login {
        let private = foundation.network.subnets(SubnetTier::Private);
        let rotation = HostedRotation::postgres_single_user()
            .in_subnets(private.iter().map(Subnet::id))
            .in_groups([foundation.tasks.group()]);
        Login::new("enhancer")
            .secret_named(settings.shared_name("shared/database"))
            .replicated_to(settings.standby())
            .rotated(Rotation::hosted(rotation).every(Duration::days(30)))
    }

    fn database_pair(stack: Scope<'a>, settings: &Settings<'a>) -> AuroraGlobal<'a> {
        AuroraGlobal::builder(settings.name("global"), AuroraEngine::postgresql("15.17")).build(stack, "DatabasePair")
    }

    fn cache(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        foundation: &Foundation<'a>,
        vault: &Vault<'a>,
        primary: Option<&Self>,
    ) -> (RedisCluster<'a>, Option<RedisGlobal<'a>>) {
        let group = SecurityGroup::builder(&foundation.network, "Redis")
            .named(settings.name("redis"))
            .build(stack, "CacheGroup");
        let secret = settings.shared_name("shared/redis");
        let token = if settings.is_standby() {
            AccessToken::of_secret(secret)
        } else {
            AccessToken::generated().secret_named(secret).replicated_to(settings.standby())
        };
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
        let pair = match primary {
            Some(primary) => primary.cache_pair.clone(),
            None => settings.is_production().then(|| RedisGlobal::builder("claude-enhancer").build(stack, "CachePair")),
        };
        match pair {
            Some(pair) => (builder.global(&pair).build(stack, "Cache"), Some(pair)),
            None => (builder.build(stack, "Cache"), None),
        }
    }
}
