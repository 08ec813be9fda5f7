//! Clusters.

use ce_constructs::compute::{ContainerInsights, EcsCluster, FargateService, TaskSize};
use ce_constructs::security::Key;
use serde_json::json;

use super::{PROD, built, done, image, of_type, service_of, vpc};

const CLUSTER: &str = "AWS::ECS::Cluster";

#[test]
fn the_default_cluster() {
    insta::assert_json_snapshot!(built(PROD, |scope| done(EcsCluster::builder().build(scope, "Cluster"))));
}

#[test]
fn options_are_written() {
    let resources = built(PROD, |scope| {
        let cluster = EcsCluster::builder().named("shop-prod").insights(ContainerInsights::Enhanced).namespace("shop");
        cluster.build(scope, "Cluster");
    });
    let cluster = of_type(&resources, CLUSTER)[0];
    assert_eq!(cluster["ClusterName"], "shop-prod");
    assert_eq!(cluster["ClusterSettings"], json!([{ "Name": "containerInsights", "Value": "enhanced" }]));
    assert_eq!(of_type(&resources, "AWS::ServiceDiscovery::HttpNamespace")[0]["Name"], "shop");
    assert!(cluster["ServiceConnectDefaults"]["Namespace"]["Fn::GetAtt"].is_array());
}

#[test]
fn a_namespace_may_be_in_dns() {
    let resources = built(PROD, |scope| {
        done(EcsCluster::builder().dns_namespace("shop.internal", &vpc(scope)).build(scope, "Cluster"))
    });
    let namespace = of_type(&resources, "AWS::ServiceDiscovery::PrivateDnsNamespace")[0];
    assert_eq!((&namespace["Name"], &namespace["Vpc"]), (&json!("shop.internal"), &json!("vpc-0a1b2c3d")));
}

#[test]
fn shells_are_logged_and_encrypted() {
    let resources = built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        let cluster = EcsCluster::builder().exec_sessions(&key).build(scope, "Cluster");
        let service = FargateService::builder(&cluster, &vpc(scope), image(), TaskSize::new::<256, 512>());
        service.exec().writable_root().build(scope, "Api");
    });
    let exec = &of_type(&resources, CLUSTER)[0]["Configuration"]["ExecuteCommandConfiguration"];
    assert_eq!(exec["Logging"], "OVERRIDE");
    assert_eq!(exec["LogConfiguration"]["CloudWatchEncryptionEnabled"], true);
    assert!(exec["KmsKeyId"].is_object());
    let policies: String = of_type(&resources, "AWS::IAM::Policy").iter().map(ToString::to_string).collect();
    for action in ["ssmmessages:OpenDataChannel", "logs:DescribeLogGroups", "kms:Decrypt"] {
        assert!(policies.contains(action), "{action}");
    }
    assert_eq!(service_of(&resources)["EnableExecuteCommand"], true);
}
