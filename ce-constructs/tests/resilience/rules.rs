//! What is found when the halves of a pair are compared, and that each rule has a test.

use std::collections::BTreeSet;

use ce_cfn::ssm::Parameter;
use ce_constructs::cidr;
use ce_constructs::data::{AuroraCluster, AuroraEngine, AuroraGlobal, RdsInstance, RedisCluster, RedisGlobal};
use ce_constructs::network::{Connect, Port, SecurityGroup};
use ce_constructs::observe::LogGroup;
use ce_constructs::resilience::{CachePromotion, FailoverRecord, RULES, Site};
use ce_constructs::security::Key;
use ce_synth::App;

use super::shop::zone;
use super::{PROD, found, pair, vpc};

fn two(code: &'static str, build: impl for<'a> Fn(&Site<'a>)) -> Vec<String> {
    let app = App::new();
    pair(&app, |site| build(site));
    found(app, code)
}

#[test]
fn a_database_has_a_copy() {
    let messages = two("CE8403", |site| {
        let stack = site.stack("Data");
        AuroraCluster::builder(&vpc(stack)).build(stack, "Orders");
        RdsInstance::builder(&vpc(stack)).build(stack, "Reports");
    });
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert_eq!(messages[0], "`Data/Orders/Resource` has no copy in the standby");
}

#[test]
fn groups_mirror_each_other() {
    let mut messages = two("CE8404", |site| {
        let stack = site.stack("Network");
        let vpc = vpc(stack);
        let api = SecurityGroup::builder(&vpc, "api").build(stack, "Api");
        let db = SecurityGroup::builder(&vpc, "db").build(stack, "Db");
        if site.is_primary() {
            SecurityGroup::builder(&vpc, "jobs").build(stack, "Jobs");
            api.connections().allow_to(&db, Port::tcp(5432));
        }
        api.connections().allow_from(site.choose(cidr!("10.0.0.0/16"), cidr!("10.9.0.0/16")), Port::tcp(443));
    });
    messages.sort();
    assert_eq!(
        messages,
        [
            "the standby has no security group like `Network/Jobs/Resource`",
            "the standby's `Network/Api/Resource` lacks `out tcp 5432-5432 Network/Db/Resource`",
            "the standby's `Network/Db/Resource` lacks `in tcp 5432-5432 Network/Api/Resource`",
        ]
    );
}

#[test]
fn what_tasks_need_is_there_before() {
    let messages = two("CE8418", |site| {
        let stack = site.stack("Settings");
        stack.add("Both", Parameter::new().type_("String").value("on"));
        if site.is_primary() {
            stack.add("Flag", Parameter::new().type_("String").value("on"));
            Key::builder().build(stack, "Key");
            // The key that comes with it is of no use to anything else.
            LogGroup::builder().build(stack, "Log");
        }
    });
    let lacks = |path: &str, kind: &str| format!("the standby has nothing like `Settings/{path}`, an `{kind}`");
    assert_eq!(messages, [lacks("Flag", "AWS::SSM::Parameter"), lacks("Key/Resource", "AWS::KMS::Key")]);
}

#[test]
fn commits_do_not_wait_for_the_only_copy() {
    let app = App::new();
    let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(app.stack("Global", PROD), "Orders");
    pair(&app, |site| {
        let stack = site.stack("Data");
        AuroraCluster::builder(&vpc(stack)).global(&global).parameter("rds.global_db_rpo", "900").build(stack, "Orders")
    });
    assert_eq!(found(app, "CE8405"), ["commits stop when the standby is \"900\" seconds behind"]);
}

#[test]
fn a_copy_is_watched() {
    let app = App::new();
    let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(app.stack("Global", PROD), "Orders");
    pair(&app, |site| {
        let stack = site.stack("Data");
        AuroraCluster::builder(&vpc(stack)).global(&global).build(stack, "Orders")
    });
    assert_eq!(found(app, "CE8406"), ["nobody knows how far `StandbyData/Orders/Resource` is behind"]);
}

#[test]
fn traffic_does_not_come_before_writes() {
    let early = |forwarding: bool| {
        let app = App::new();
        let global =
            AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(app.stack("Global", PROD), "Orders");
        pair(&app, |site| {
            let stack = site.stack("Data");
            AuroraCluster::builder(&vpc(stack)).global(&global).write_forwarding(forwarding).build(stack, "Orders");
            let target = ce_constructs::edge::RecordTarget::Alias {
                dns_name: ce_synth::IntoValue::into_value("alb.example.com"),
                zone: ce_synth::IntoValue::into_value("Z35SXDOTRQ7X7K"),
                evaluates_health: true,
                ipv6: false,
            };
            FailoverRecord::builder(&zone(), "origin.example.com", target)
                .follows_health("primary.example.com", "/health")
                .build(site, site.stack("Dns"), "Origin");
        });
        found(app, "CE8407")
    };
    assert_eq!(early(false), ["the record moves traffic by itself, and the standby's database takes no writes"]);
    assert!(early(true).is_empty());
}

#[test]
fn a_cache_is_promoted_from_beside_it() {
    let app = App::new();
    let global = RedisGlobal::builder("shop").build(app.stack("Global", PROD), "Sessions");
    let stack = app.stack("Data", PROD);
    let cache = RedisCluster::builder(&vpc(stack)).global(&global).build(stack, "Sessions");
    CachePromotion::builder(&global, &cache)
        .named("shop-promote")
        .build(app.stack("West", PROD.in_region(super::WEST)), "Promote");
    assert_eq!(found(app, "CE8417"), ["the function is in `us-west-2`, `Data/Sessions/Resource` in `us-east-1`"]);
}

#[test]
fn codes_are_unique_and_tested() {
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(codes.len(), RULES.len());
    let tests = [
        include_str!("detector.rs"),
        include_str!("pair.rs"),
        include_str!("region_switch.rs"),
        include_str!("replicas.rs"),
        include_str!("replication_lag.rs"),
        include_str!("rules.rs"),
    ]
    .concat();
    for code in codes {
        assert!(code.starts_with("CE84") && tests.contains(&format!("\"{code}\"")), "{code} has no test");
    }
}
