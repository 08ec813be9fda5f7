use ce_constructs::data::{AccessToken, NodeType, RedisCluster, RedisGlobal, Shards};
use ce_synth::{App, Region};
use serde_json::json;

use super::{PROD, codes, only, resources, vpc};

const CACHE: &str = "AWS::ElastiCache::ReplicationGroup";
const SHARDS: Shards = Shards::Clustered { shards: 2, replicas: 1 };

fn pair(app: &App, node: NodeType, token: AccessToken) {
    let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
    let global = RedisGlobal::builder("shop").build(here, "Global");
    let own = AccessToken::generated().secret_named("shop/cache");
    RedisCluster::builder(&vpc(here)).global(&global).node_type(node).shards(SHARDS).access(own).build(here, "Cache");
    there.stack().independent_of(here);
    RedisCluster::builder(&vpc(there)).global(&global).shards(SHARDS).access(token).build(there, "Cache");
}

#[test]
fn a_secondary_inherits_what_it_must_not_say() {
    let app = App::new();
    pair(&app, NodeType::R6G_LARGE, AccessToken::of_secret("shop/cache"));
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert!(assembly.findings().is_empty(), "{}", assembly.findings());
    let (here, there) = (resources(&assembly, "Here"), resources(&assembly, "There"));
    let members = &only(&here, "AWS::ElastiCache::GlobalReplicationGroup")["Members"];
    assert_eq!((&members[0]["Role"], &members[0]["ReplicationGroupRegion"]), (&json!("PRIMARY"), &json!("us-east-1")));
    assert!(members[0]["ReplicationGroupId"]["Ref"].is_string());
    let secondary = only(&there, CACHE);
    assert_eq!(secondary["GlobalReplicationGroupId"], "ldgnf-shop");
    assert_eq!((&secondary["ReplicasPerNodeGroup"], &secondary["MultiAZEnabled"]), (&json!(1), &json!(true)));
    for absent in ["Engine", "EngineVersion", "CacheNodeType", "NumNodeGroups", "CacheParameterGroupName"] {
        assert!(secondary[absent].is_null(), "{absent}");
    }
    assert_eq!(secondary["AuthToken"], "{{resolve:secretsmanager:shop/cache:SecretString:token}}");
    assert_eq!(assembly.stack("There").map(|stack| stack.dependencies().to_vec()), Some(vec!["Here".to_owned()]));
}

#[test]
fn a_member_does_not_burst() {
    let app = App::new();
    pair(&app, NodeType::T4G_MEDIUM, AccessToken::of_secret("shop/cache"));
    assert_eq!(codes(&app.synth()), ["CE3003"]);
}

#[test]
fn a_secondary_has_the_token_of_its_primary() {
    let app = App::new();
    pair(&app, NodeType::R6G_LARGE, AccessToken::generated());
    assert_eq!(codes(&app.synth()), ["CE3022"]);
}

#[test]
fn an_unknown_prefix_is_asked_for() {
    let app = App::new();
    let scope = app.stack("Here", PROD.in_region(Region::EU_WEST_1));
    let global = RedisGlobal::builder("shop").build(scope, "Global");
    RedisCluster::builder(&vpc(scope)).global(&global).build(scope, "Cache");
    assert_eq!(codes(&app.synth()), ["CE3019"]);
    let app = App::new();
    let scope = app.stack("Here", PROD.in_region(Region::EU_WEST_1));
    let global = RedisGlobal::builder("shop").prefix("abcde").build(scope, "Global");
    assert_eq!(global.id(), Some("abcde-shop"));
    RedisCluster::builder(&vpc(scope)).global(&global).build(scope, "Cache");
    assert!(app.synth().is_ok());
}

#[test]
fn a_datastore_has_one_primary() {
    let app = App::new();
    let scope = app.stack("Here", PROD);
    let global = RedisGlobal::builder("shop").build(scope, "Global");
    RedisCluster::builder(&vpc(scope)).global(&global).build(scope, "Cache");
    RedisCluster::builder(&vpc(scope)).global(&global).build(scope, "Other");
    assert_eq!(codes(&app.synth()), ["CE3017"]);
}
