use ce_constructs::data::{AccessToken, AuroraCluster, AuroraEngine, AuroraGlobal, RedisCluster, RedisGlobal, Shards};
use ce_constructs::observe::Topic;
use ce_constructs::resilience::{ReplicationLag, ReplicationLagBuilder};
use ce_constructs::security::Key;
use ce_constructs::storage::BucketName;
use ce_synth::{App, Duration, Scope};
use serde_json::{Value, json};

use super::{PROD, WEST, built, found, of_type, template, vpc};

const SOURCE: BucketName = BucketName::new("shop-prod-uploads");
const COPY: BucketName = BucketName::new("shop-dr-uploads");

fn orders<'a>(app: &'a App, scope: Scope<'a>) -> AuroraCluster<'a> {
    let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(app.stack("Global", PROD), "Orders");
    AuroraCluster::builder(&vpc(scope)).global(&global).build(scope, "Orders")
}

fn alarms(build: impl for<'a> FnOnce(&'a App, Scope<'a>) -> ReplicationLagBuilder<'a>) -> Vec<Value> {
    let app = App::new();
    let scope = app.stack("Standby", PROD.in_region(WEST));
    build(&app, scope).build(scope, "Lag");
    let mut alarms = of_type(&template(&built(app), "Standby"), "AWS::CloudWatch::Alarm");
    // Warnings first.
    alarms.sort_by_key(|alarm| alarm["Threshold"].as_i64());
    alarms
}

#[test]
fn default_alarms_of_a_database() {
    let alarms = alarms(|app, scope| ReplicationLag::builder().aurora("Orders", &orders(app, scope)));
    insta::assert_json_snapshot!(alarms);
}

#[test]
fn a_cache_is_watched_by_its_slowest_node() {
    let alarms = alarms(|app, scope| {
        let primary = app.stack("Primary", PROD);
        let global = RedisGlobal::builder("shop").build(primary, "GlobalSessions");
        let shards = Shards::Clustered { shards: 6, replicas: 1 };
        RedisCluster::builder(&vpc(primary)).global(&global).shards(shards).build(primary, "Sessions");
        let cache = RedisCluster::builder(&vpc(scope))
            .global(&global)
            .shards(shards)
            .access(AccessToken::of_secret("shop/cache"))
            .build(scope, "Sessions");
        ReplicationLag::builder().redis("Sessions", &cache)
    });
    // Twelve nodes: nine in one formula, three in another, twice.
    assert_eq!(alarms.len(), 4);
    let mut looked_at: Vec<_> = alarms.iter().filter_map(|alarm| alarm["Metrics"].as_array().map(Vec::len)).collect();
    looked_at.sort_unstable();
    assert_eq!(looked_at, [4, 4, 10, 10]);
    assert!(alarms.iter().all(|alarm| alarm.to_string().contains("MAX([node1, node2, node3")));
}

#[test]
fn options() {
    let alarms = alarms(|_, scope| {
        let key = Key::builder().build(scope, "Key");
        let (warned, told) = (Topic::builder(&key).build(scope, "Warned"), Topic::builder(&key).build(scope, "Told"));
        ReplicationLag::builder()
            .bucket("Uploads", &SOURCE, &COPY, "rule-1")
            .warning_at(Duration::seconds(30))
            .critical_at(Duration::minutes(5))
            .for_minutes(3)
            .warn(&warned)
            .notify(&told)
    });
    assert_eq!(alarms.len(), 2);
    assert_eq!((&alarms[0]["Threshold"], &alarms[1]["Threshold"]), (&json!(30), &json!(300)));
    assert_eq!((&alarms[0]["EvaluationPeriods"], &alarms[0]["MetricName"]), (&json!(3), &json!("ReplicationLatency")));
    assert!(
        alarms[0]["AlarmActions"].to_string().contains("Warned")
            && alarms[1]["AlarmActions"].to_string().contains("Told")
    );
    assert!(alarms[0]["Dimensions"].to_string().contains("shop-dr-uploads"));
}

#[test]
fn a_warning_comes_first() {
    let app = App::new();
    let lag = ReplicationLag::builder().warning_at(Duration::hours(1));
    lag.build(app.stack("Standby", PROD.in_region(WEST)), "Lag");
    assert_eq!(found(app, "CE8414"), ["the warning is at `1h`, the alarm at `15m`"]);
}

#[test]
fn a_lag_is_seen_where_the_copy_is() {
    let app = App::new();
    let orders = orders(&app, app.stack("Standby", PROD.in_region(WEST)));
    ReplicationLag::builder().aurora("Orders", &orders).build(app.stack("Primary", PROD), "Lag");
    assert_eq!(found(app, "CE8413"), ["the alarm is in `us-east-1`, the copy `Orders` in `us-west-2`"]);
}
