use ce_constructs::data::{
    AccessToken, BackupRetention, CacheAccess, CacheEngine, CacheUser, DailyWindow, NodeType, RedisCluster,
    ShardScaling, Shards,
};
use ce_constructs::network::{Connect, SecurityGroup};
use ce_synth::{Duration, Percent};
use serde_json::json;

use super::{DEV, PROD, built, only, vpc, whole};

const CACHE: &str = "AWS::ElastiCache::ReplicationGroup";

#[test]
fn default_in_production() {
    let template = built(PROD, |scope| drop(RedisCluster::builder(&vpc(scope)).build(scope, "Cache")));
    insta::assert_json_snapshot!(template);
}

#[test]
fn the_reference_can_be_said() {
    let template = built(PROD, |scope| {
        RedisCluster::builder(&vpc(scope))
            .engine(CacheEngine::REDIS_7_0)
            .node_type(NodeType::R6G_LARGE)
            .shards(Shards::Clustered { shards: 2, replicas: 1 })
            .named("enhancer-prod-redis")
            .access(AccessToken::generated().secret_named("enhancer/redis"))
            .snapshot_retention(BackupRetention::days(7))
            .snapshot_window(DailyWindow::new("03:00-04:00"))
            .parameter("maxmemory-policy", "allkeys-lru")
            .build(scope, "Cache");
    });
    let cache = only(&template, CACHE);
    for (property, value) in [
        ("EngineVersion", json!("7.0")),
        ("NumNodeGroups", json!(2)),
        ("ReplicasPerNodeGroup", json!(1)),
        ("NumCacheClusters", json!(null)),
        ("MultiAZEnabled", json!(true)),
        ("AutomaticFailoverEnabled", json!(true)),
        ("TransitEncryptionMode", json!("required")),
        ("ClusterMode", json!("enabled")),
        ("SnapshotWindow", json!("03:00-04:00")),
        ("SnapshotRetentionLimit", json!(7)),
    ] {
        assert_eq!(cache[property], value, "{property}");
    }
    let token = cache["AuthToken"].to_string();
    assert!(token.contains("{{resolve:secretsmanager:") && token.contains("token}}"), "{token}");
    let parameters = &only(&template, "AWS::ElastiCache::ParameterGroup")["Properties"];
    assert_eq!(parameters, &json!({ "cluster-enabled": "yes", "maxmemory-policy": "allkeys-lru" }));
}

#[test]
fn development_may_be_one_node_in_cluster_mode() {
    let template = built(DEV, |scope| {
        RedisCluster::builder(&vpc(scope))
            .node_type(NodeType::new("cache.t3.micro"))
            .shards(Shards::Clustered { shards: 1, replicas: 0 })
            .build(scope, "Cache");
    });
    let cache = only(&template, CACHE);
    assert_eq!((&cache["AutomaticFailoverEnabled"], &cache["MultiAZEnabled"]), (&json!(true), &json!(false)));
    assert_eq!(whole(&template, CACHE)[0]["DeletionPolicy"], "Delete");
}

#[test]
fn valkey_can_be_chosen() {
    let template = built(PROD, |scope| {
        RedisCluster::builder(&vpc(scope)).engine(CacheEngine::VALKEY_8_2).build(scope, "Cache");
    });
    assert_eq!(only(&template, CACHE)["Engine"], "valkey");
    assert_eq!(only(&template, "AWS::ElastiCache::ParameterGroup")["CacheParameterGroupFamily"], "valkey8");
}

#[test]
fn users_stand_for_a_token() {
    let template = built(PROD, |scope| {
        let users = [CacheUser::new("api"), CacheUser::new("report").access("on ~report:* -@all +@read")];
        RedisCluster::builder(&vpc(scope)).access(CacheAccess::users("shop", users)).logs(false).build(scope, "Cache");
    });
    let cache = only(&template, CACHE);
    assert!(cache["AuthToken"].is_null() && cache["LogDeliveryConfigurations"].is_null());
    assert_eq!(whole(&template, "AWS::ElastiCache::User").len(), 3);
    assert_eq!(only(&template, "AWS::ElastiCache::UserGroup")["UserGroupId"], "shop");
    let template = built(PROD, |scope| {
        let users = CacheAccess::users("shop", [CacheUser::new("api")]);
        RedisCluster::builder(&vpc(scope)).engine(CacheEngine::VALKEY_8_2).access(users).build(scope, "Cache");
    });
    assert_eq!(whole(&template, "AWS::ElastiCache::User").len(), 1, "Valkey wants no default user");
}

#[test]
fn shards_can_be_scaled() {
    let template = built(PROD, |scope| {
        let scaling = ShardScaling::between(2..=8)
            .memory(Percent::new(70))
            .cooldowns(Duration::seconds(300), Duration::seconds(600));
        RedisCluster::builder(&vpc(scope))
            .scale_shards(scaling)
            .shards(Shards::Clustered { shards: 2, replicas: 1 })
            .build(scope, "Cache");
    });
    let target = only(&template, "AWS::ApplicationAutoScaling::ScalableTarget");
    assert_eq!(target["ScalableDimension"], "elasticache:replication-group:NodeGroups");
    let tracking =
        &only(&template, "AWS::ApplicationAutoScaling::ScalingPolicy")["TargetTrackingScalingPolicyConfiguration"];
    assert_eq!((&tracking["TargetValue"], &tracking["ScaleInCooldown"]), (&json!(70), &json!(600)));
}

#[test]
fn endpoints_and_nodes_depend_on_the_mode() {
    let template = built(PROD, |scope| {
        let network = vpc(scope);
        let api = SecurityGroup::builder(&network, "api").build(scope, "Api");
        let single = RedisCluster::builder(&network).build(scope, "Single");
        let shards = Shards::Clustered { shards: 2, replicas: 1 };
        let sharded = RedisCluster::builder(&network).shards(shards).build(scope, "Sharded");
        api.connections().allow_to_default_port(&single);
        assert_eq!((single.nodes().len(), sharded.nodes().len()), (2, 4));
        assert!(format!("{:?}", sharded.nodes()).contains("-0002-001"));
        assert!(format!("{:?}", single.endpoint()).contains("PrimaryEndPoint.Address"));
        assert!(format!("{:?}", sharded.endpoint()).contains("ConfigurationEndPoint.Address"));
        single.memory().above(80.0).alarm(scope, "Memory");
        single.evictions(&single.nodes()[0]).above(100.0).alarm(scope, "Evictions");
    });
    assert_eq!(only(&template, "AWS::EC2::SecurityGroupIngress")["FromPort"], 6379);
    assert_eq!(whole(&template, "AWS::CloudWatch::Alarm").len(), 2);
}
