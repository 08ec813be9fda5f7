use ce_constructs::data::{
    Acu, AuroraCluster, AuroraEngine, BackupRetention, CacheEngine, Capacity, DailyWindow, InstanceClass, Login,
    NodeType, RULES, RdsEngine, RdsInstance, ReaderScaling, RedisCluster, ShardScaling, Shards, WeeklyWindow,
};
use ce_constructs::network::SubnetTier;
use ce_constructs::security::Key;
use ce_synth::{App, Assembly, Findings, Percent, Region, Scope, Size};

use super::{DEV, PROD, synth, vpc, vpc_of};

/// What this chapter's rules found; those of the schema may see the same mistake.
fn codes(result: &Result<Assembly, Findings>) -> Vec<String> {
    let all = super::codes(result);
    all.into_iter().filter(|code| code.starts_with("CE30")).collect()
}

/// The codes that an Aurora cluster in production is found with.
macro_rules! aurora {
    ($($setter:ident($($argument:expr),*)).*) => {
        codes(&synth(PROD, |scope| drop(AuroraCluster::builder(&vpc(scope)).$($setter($($argument),*)).*.build(scope, "Orders"))))
    };
}

macro_rules! rds {
    ($($setter:ident($($argument:expr),*)).*) => {
        codes(&synth(PROD, |scope| drop(RdsInstance::builder(&vpc(scope)).$($setter($($argument),*)).*.build(scope, "Orders"))))
    };
}

macro_rules! redis {
    ($($setter:ident($($argument:expr),*)).*) => {
        codes(&synth(PROD, |scope| drop(RedisCluster::builder(&vpc(scope)).$($setter($($argument),*)).*.build(scope, "Cache"))))
    };
}

fn help(build: impl FnOnce(Scope<'_>)) -> String {
    let Err(findings) = synth(PROD, build) else { return String::new() };
    let own = findings.iter().filter(|finding| finding.code.as_str().starts_with("CE30"));
    own.filter_map(|finding| finding.help.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn codes_are_in_the_range_of_the_chapter_and_told_apart() {
    let mut codes: Vec<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert!(codes.iter().all(|code| code.starts_with("CE30")), "{codes:?}");
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), RULES.len());
}

#[test]
fn an_old_version_is_refused_with_the_nearest() {
    assert_eq!(aurora!(engine(AuroraEngine::postgresql("15.3"))), ["CE3001"]);
    assert_eq!(rds!(engine(RdsEngine::postgresql("14.9"))), ["CE3001"]);
    assert_eq!(redis!(engine(CacheEngine::redis("5.0.6"))), ["CE3001"]);
    let help = help(|scope| {
        AuroraCluster::builder(&vpc(scope)).engine(AuroraEngine::postgresql("15.3")).build(scope, "Orders");
    });
    assert_eq!(help, "the nearest version that can be is `15.10`");
}

#[test]
fn engines_run_on_their_classes() {
    let class = |name| Capacity::provisioned(InstanceClass::new(name), 1);
    assert_eq!(aurora!(capacity(class("db.m5.large"))), ["CE3002"]);
    assert_eq!(aurora!(capacity(class("db.t3.micro"))), ["CE3002"]);
    assert_eq!(rds!(class(InstanceClass::new("db.r6g.huge"))), ["CE3002"]);
    assert_eq!(redis!(node_type(NodeType::new("cache.r6g.tiny"))), ["CE3002"]);
}

#[test]
fn windows_do_not_overlap() {
    let (backup, maintenance) = (DailyWindow::new("07:00-09:00"), WeeklyWindow::new("sun:08:30-sun:09:30"));
    assert_eq!(aurora!(backup_window(backup).maintenance_window(maintenance)), ["CE3004"]);
    assert_eq!(rds!(backup_window(backup).maintenance_window(maintenance)), ["CE3004"]);
    assert_eq!(redis!(snapshot_window(backup).maintenance_window(maintenance)), ["CE3004"]);
}

#[test]
fn windows_are_long_enough() {
    let short = DailyWindow::new("07:00-07:29");
    assert_eq!(aurora!(backup_window(short)), ["CE3018"]);
    assert_eq!(redis!(snapshot_window(DailyWindow::new("07:00-07:59"))), ["CE3018"]);
}

#[test]
fn data_has_subnets_in_two_zones() {
    assert_eq!(aurora!(subnets(SubnetTier::Private)), ["CE3005"]);
    let in_one_zone = synth(PROD, |scope| drop(AuroraCluster::builder(&vpc_of(scope, "a")).build(scope, "Orders")));
    assert_eq!(codes(&in_one_zone), ["CE3006"]);
    let cache = synth(DEV, |scope| drop(RedisCluster::builder(&vpc_of(scope, "a")).build(scope, "Cache")));
    assert!(codes(&cache).is_empty(), "a cache of one node needs one zone");
}

#[test]
fn production_keeps_backups() {
    assert_eq!(aurora!(backup_retention(BackupRetention::NONE)), ["CE3007"]);
    assert_eq!(rds!(backup_retention(BackupRetention::NONE)), ["CE3007"]);
    assert_eq!(redis!(snapshot_retention(BackupRetention::NONE)), ["CE3007"]);
}

#[test]
fn numbers_have_bounds() {
    let class = InstanceClass::R6G_LARGE;
    assert_eq!(aurora!(capacity(Capacity::provisioned(class.clone(), 16))), ["CE3009"]);
    assert_eq!(aurora!(capacity(Capacity::serverless(Acu::new(4.0), Acu::new(2.0), 1))), ["CE3009"]);
    assert_eq!(aurora!(capacity(Capacity::serverless(Acu::new(0.5), Acu::new(0.5), 1))), ["CE3009"]);
    assert_eq!(aurora!(scale_readers(ReaderScaling::between(1..=16))), ["CE3009"]);
    #[expect(clippy::reversed_empty_ranges, reason = "the mistake that is looked for")]
    let reversed = ReaderScaling::between(5..=1);
    assert_eq!(aurora!(scale_readers(reversed)), ["CE3009"]);
    assert_eq!(rds!(storage(Size::gib(5))), ["CE3009"]);
    assert_eq!(rds!(storage(Size::gib(200)).storage_up_to(Size::gib(150))), ["CE3009"]);
    assert_eq!(redis!(shards(Shards::Clustered { shards: 400, replicas: 1 })), ["CE3009"]);
    assert_eq!(redis!(shards(Shards::Single { replicas: 6 })), ["CE3009"]);
}

#[test]
fn production_does_not_pause() {
    assert_eq!(aurora!(capacity(Capacity::serverless(Acu::ZERO, Acu::new(16.0), 1))), ["CE3010"]);
}

#[test]
fn multi_az_needs_a_replica() {
    let found = redis!(shards(Shards::Single { replicas: 0 }).multi_az(true));
    assert_eq!(found, ["CE3011", "CE3015"]);
}

#[test]
fn shards_are_scaled_where_they_can_be() {
    let scaling = || ShardScaling::between(1..=4);
    let clustered = Shards::Clustered { shards: 1, replicas: 1 };
    assert_eq!(redis!(scale_shards(scaling())), ["CE3012"]);
    assert_eq!(redis!(scale_shards(scaling()).shards(clustered).node_type(NodeType::T4G_MEDIUM)), ["CE3012"]);
    assert_eq!(redis!(scale_shards(scaling().memory(Percent::new(80))).shards(clustered)), ["CE3009"]);
}

#[test]
fn names_have_a_form() {
    assert_eq!(aurora!(database("claude-web")), ["CE3014"]);
    assert_eq!(aurora!(credentials(Login::new("admin"))), ["CE3014"]);
    assert_eq!(aurora!(named("Shop")), ["CE3014"]);
    assert_eq!(rds!(database("1st")), ["CE3014"]);
    assert_eq!(redis!(named("a-name-that-is-longer-than-forty-characters")), ["CE3014"]);
}

#[test]
fn production_has_a_standby() {
    assert_eq!(aurora!(capacity(Capacity::provisioned(InstanceClass::R6G_LARGE, 0))), ["CE3015"]);
    assert_eq!(rds!(multi_az(false)), ["CE3015"]);
    assert_eq!(redis!(shards(Shards::Single { replicas: 0 })), ["CE3015"]);
}

#[test]
fn instances_go_where_subnets_are() {
    assert_eq!(aurora!(zones(["us-east-1f"])), ["CE3016"]);
}

#[test]
fn keys_are_of_the_region() {
    let abroad = |build: fn(Scope<'_>, &Key<'_>)| {
        let app = App::new();
        let key = Key::builder().multi_region().build(app.stack("Here", PROD), "Key");
        build(app.stack("There", PROD.in_region(Region::US_WEST_2)), &key);
        codes(&app.synth())
    };
    let aurora =
        abroad(|scope, key| drop(AuroraCluster::builder(&vpc(scope)).encrypted_by(key).build(scope, "Orders")));
    let rds = abroad(|scope, key| drop(RdsInstance::builder(&vpc(scope)).encrypted_by(key).build(scope, "Orders")));
    let redis = abroad(|scope, key| drop(RedisCluster::builder(&vpc(scope)).encrypted_by(key).build(scope, "Cache")));
    assert_eq!([aurora, rds, redis], [["CE3023"]; 3]);
}

#[test]
fn parameters_do_not_undo_promises() {
    assert_eq!(aurora!(parameter("rds.force_ssl", "0")), ["CE3020"]);
    assert_eq!(rds!(parameter("rds.force_ssl", "0")), ["CE3020"]);
    assert_eq!(redis!(parameter("cluster-enabled", "yes")), ["CE3020"]);
    assert!(aurora!(parameter("rds.force_ssl", "1")).is_empty());
}
