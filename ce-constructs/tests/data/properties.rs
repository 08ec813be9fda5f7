//! Whatever is asked for, there is a template or there are findings.

use ce_constructs::data::{
    AccessToken, Acu, AuroraCluster, AuroraEngine, AuroraGlobal, BackupRetention, CacheEngine, Capacity, DailyWindow,
    Insights, InstanceClass, Login, ManagedLogin, MonitoringInterval, NodeType, RdsEngine, RdsInstance, ReaderScaling,
    RedisCluster, RedisGlobal, ShardScaling, Shards, WeeklyWindow,
};
use ce_synth::{App, Assembly, Environment, Findings, Percent, Region, Severity, Size, Tier};
use proptest::prelude::*;

use super::{PROD, vpc_of};

fn environment() -> impl Strategy<Value = Environment> {
    let tier = prop_oneof![Just(Tier::Development), Just(Tier::Staging), Just(Tier::Production)];
    tier.prop_map(|tier| Environment { tier, ..PROD })
}

fn clock() -> impl Strategy<Value = String> {
    (0..24u8, 0..60u8).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}"))
}

/// Mostly an hour or two.
fn daily() -> impl Strategy<Value = Option<DailyWindow>> {
    let short = (0..24u8, 0..60u8, 1..3u8);
    let short = short.prop_map(|(hour, minute, hours)| {
        (format!("{hour:02}:{minute:02}"), format!("{:02}:{minute:02}", (hour + hours) % 24))
    });
    prop_oneof![9 => short, 1 => (clock(), clock())].prop_map(|(start, end)| format!("{start}-{end}").parse().ok())
}

fn weekly() -> impl Strategy<Value = Option<WeeklyWindow>> {
    let day = || prop::sample::select(vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    let short = (day(), 0..23u8, 0..60u8);
    let short =
        short.prop_map(|(day, hour, minute)| format!("{day}:{hour:02}:{minute:02}-{day}:{:02}:{minute:02}", hour + 1));
    let any = (day(), clock(), day(), clock()).prop_map(|(from, start, to, end)| format!("{from}:{start}-{to}:{end}"));
    prop_oneof![9 => short, 1 => any].prop_map(|text| text.parse().ok())
}

fn retention() -> impl Strategy<Value = Option<BackupRetention>> {
    (0..40u8).prop_map(|days| format!("{days}d").parse().ok())
}

/// Mostly none, which stands for one of the constants.
fn version() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        18 => Just(None),
        1 => "[0-9]{1,2}\\.[0-9]{1,2}".prop_map(Some),
        1 => "[a-z0-9.]{0,12}".prop_map(Some),
    ]
}

/// Mostly zones that will do.
fn zones() -> impl Strategy<Value = String> {
    prop_oneof![9 => Just("abc".to_owned()), 1 => "[abc]{0,3}"]
}

/// Mostly names that will do.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![9 => "[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,9})?", 1 => "[a-z0-9-]{1,70}"]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![9 => "[a-z][a-z0-9_]{0,15}", 1 => "[a-zA-Z0-9_-]{1,20}"]
}

fn class() -> impl Strategy<Value = InstanceClass> {
    let family = prop::sample::select(vec!["r6g", "r6g", "r7g", "r7g", "r7g", "r7g", "t4g", "m5", "x9z"]);
    let size = prop::sample::select(vec!["medium", "large", "large", "large", "xlarge", "2xlarge", "4xlarge"]);
    (family, size).prop_map(|(family, size)| format!("db.{family}.{size}").parse().unwrap_or(InstanceClass::R6G_LARGE))
}

fn node() -> impl Strategy<Value = NodeType> {
    let family = prop::sample::select(vec!["r6g", "r6g", "r7g", "r7g", "r7g", "r7g", "t4g", "m5", "x9z"]);
    let size = prop::sample::select(vec!["medium", "large", "large", "large", "xlarge", "2xlarge", "4xlarge"]);
    (family, size).prop_map(|(family, size)| format!("cache.{family}.{size}").parse().unwrap_or(NodeType::R6G_LARGE))
}

fn capacity() -> impl Strategy<Value = Capacity> {
    let units = |range: std::ops::RangeInclusive<u16>| range.prop_map(|halves| Acu::new(f64::from(halves) / 2.0));
    prop_oneof![
        (class(), prop_oneof![9 => 0..=15u8, 1 => any::<u8>()])
            .prop_map(|(class, readers)| Capacity::provisioned(class, readers)),
        (units(0..=64), units(32..=512), 0..17u8)
            .prop_map(|(min, max, readers)| Capacity::serverless(min, max, readers)),
    ]
}

fn shards() -> impl Strategy<Value = Shards> {
    prop_oneof![
        (0..7u8).prop_map(|replicas| Shards::Single { replicas }),
        (prop_oneof![9 => 1..=80u16, 1 => 0..600u16], 0..=5u8)
            .prop_map(|(shards, replicas)| Shards::Clustered { shards, replicas }),
    ]
}

/// Findings that say something, or templates that the schema and cfn-lint's rules have nothing against.
fn judge(result: Result<Assembly, Findings>) -> Result<(), TestCaseError> {
    match result {
        Ok(assembly) => {
            for stack in assembly.stacks() {
                let template: Result<serde_json::Value, _> = serde_json::from_str(stack.template());
                prop_assert!(template.is_ok());
            }
        }
        Err(findings) => {
            prop_assert!(findings.errors() > 0);
            // The schema's rules may see the same mistake, but not one that nothing here sees.
            let own: Vec<_> = findings.iter().filter(|finding| finding.code.as_str().starts_with("CE30")).collect();
            prop_assert!(own.iter().any(|finding| finding.severity == Severity::Error), "{}", findings);
            prop_assert!(own.iter().all(|finding| finding.help.is_some()), "{}", findings);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn aurora(
        (environment, zones, version, mysql, capacity) in (environment(), zones(), version(), any::<bool>(), capacity()),
        (name, database, user, managed) in (name(), word(), word(), any::<bool>()),
        (backup, maintenance, retention, scaling) in (prop::option::of(daily()), weekly(), retention(), prop::option::of((0..10u8, 5..17u8))),
        (global, parameter, insights, monitoring) in (any::<bool>(), "[a-z_.]{1,20}", 0..3u8, 0..70u8),
    ) {
        let app = App::new();
        let scope = app.stack("Data", environment);
        let there = app.stack("There", environment.in_region(Region::US_WEST_2));
        let engine = match (mysql, version) {
            (true, Some(version)) => AuroraEngine::mysql(version),
            (true, None) => AuroraEngine::MYSQL_8_0,
            (false, Some(version)) => AuroraEngine::postgresql(version),
            (false, None) => AuroraEngine::POSTGRESQL_16,
        };
        let network = vpc_of(scope, &zones);
        let mut cluster = AuroraCluster::builder(&network)
            .engine(engine.clone())
            .capacity(capacity.clone())
            .named(name)
            .database(database)
            .parameter(parameter.clone(), "1")
            .instance_parameter(parameter, "1")
            .insights([Insights::Off, Insights::Standard, Insights::Advanced][usize::from(insights)]);
        cluster = if managed { cluster.credentials(ManagedLogin::new(user)) } else { cluster.credentials(Login::new(user)) };
        if let Some((least, most)) = scaling { cluster = cluster.scale_readers(ReaderScaling::between(least..=most)); }
        if let Some(Some(window)) = backup { cluster = cluster.backup_window(window); }
        if let Some(window) = maintenance { cluster = cluster.maintenance_window(window); }
        if let Some(retention) = retention { cluster = cluster.backup_retention(retention); }
        if let Ok(interval) = format!("{monitoring}s").parse::<MonitoringInterval>() { cluster = cluster.monitoring(interval); }
        if global {
            let global = AuroraGlobal::builder("shop", engine).build(scope, "Global");
            cluster = cluster.global(&global);
            AuroraCluster::builder(&vpc_of(there, "ab")).global(&global).capacity(capacity).build(there, "Copy");
        }
        drop(cluster.build(scope, "Orders"));
        judge(app.synth())?;
    }

    #[test]
    fn rds(
        (environment, zones, version, kind, class) in (environment(), zones(), version(), 0..3u8, class()),
        (name, database, user) in (name(), word(), word()),
        (storage, limit, multi_az, replica) in (19..60_000u32, prop::option::of(59_000..65_600u32), any::<bool>(), any::<bool>()),
        (backup, maintenance, retention) in (prop::option::of(daily()), weekly(), retention()),
    ) {
        let app = App::new();
        let scope = app.stack("Data", environment);
        let engine = match (kind, version) {
            (0, Some(version)) => RdsEngine::postgresql(version),
            (1, Some(version)) => RdsEngine::mysql(version),
            (_, Some(version)) => RdsEngine::mariadb(version),
            (0, None) => RdsEngine::POSTGRESQL_16,
            (1, None) => RdsEngine::MYSQL_8_4,
            (_, None) => RdsEngine::MARIADB_11_8,
        };
        let network = vpc_of(scope, &zones);
        let mut instance = RdsInstance::builder(&network)
            .engine(engine)
            .class(class)
            .named(name)
            .database(database)
            .credentials(Login::new(user))
            .storage(Size::gib(storage))
            .multi_az(multi_az);
        instance = match limit {
            Some(limit) => instance.storage_up_to(Size::gib(limit)),
            None => instance.fixed_storage(),
        };
        if let Some(Some(window)) = backup { instance = instance.backup_window(window); }
        if let Some(window) = maintenance { instance = instance.maintenance_window(window); }
        if let Some(retention) = retention { instance = instance.backup_retention(retention); }
        let source = instance.build(scope, "Orders");
        if replica {
            RdsInstance::builder(&network).replica_of(&source).build(scope, "Copy");
        }
        judge(app.synth())?;
    }

    #[test]
    fn redis(
        (environment, zones, version, valkey, node) in (environment(), zones(), version(), any::<bool>(), node()),
        (name, shards, multi_az, parameter) in (name(), shards(), any::<bool>(), "[a-z-]{1,20}"),
        (backup, maintenance, retention) in (prop::option::of(daily()), weekly(), retention()),
        (mode, range, target) in (0..3u8, (1..50u16, 40..501u16), 34..=71u8),
    ) {
        let app = App::new();
        let scope = app.stack("Data", environment);
        let engine = match (valkey, version) {
            (true, Some(version)) => CacheEngine::valkey(version),
            (true, None) => CacheEngine::VALKEY_8_2,
            (false, Some(version)) => CacheEngine::redis(version),
            (false, None) => CacheEngine::REDIS_7_0,
        };
        let network = vpc_of(scope, &zones);
        let mut cache = RedisCluster::builder(&network)
            .engine(engine)
            .node_type(node)
            .named(name)
            .shards(shards)
            .multi_az(multi_az)
            .access(AccessToken::generated())
            .parameter(parameter, "1");
        if let Some(Some(window)) = backup { cache = cache.snapshot_window(window); }
        if let Some(window) = maintenance { cache = cache.maintenance_window(window); }
        if let Some(retention) = retention { cache = cache.snapshot_retention(retention); }
        match mode {
            0 => drop(cache.build(scope, "Cache")),
            1 => {
                let scaling = ShardScaling::between(range.0..=range.1).cpu(Percent::new(target));
                drop(cache.scale_shards(scaling).build(scope, "Cache"));
            }
            _ => {
                let global = RedisGlobal::builder("shop").build(scope, "Global");
                drop(cache.global(&global).build(scope, "Cache"));
            }
        }
        judge(app.synth())?;
    }
}
