//! `type`, `where` and `where_contains`: which objects a row is about.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use serde_json::json;
use support::{check, holds_in, resource};

#[test]
fn where_matches_after_resolution() {
    let resources = json!({
        "Cluster": resource("AWS::ECS::Cluster", json!({ "ClusterName": "shop-prod" })),
        "ByRef": resource("AWS::ECS::Service", json!({ "K": 1, "Cluster": { "Ref": "Cluster" } })),
        "ByArn": resource("AWS::ECS::Service", json!({ "K": 2, "Cluster": { "Fn::GetAtt": ["Cluster", "Arn"] } })),
        "ByName": resource("AWS::ECS::Service", json!({ "K": 3, "Cluster": "shop-prod" })),
        "Other": resource("AWS::ECS::Service", json!({ "K": 4, "Cluster": "shop-dev", "Public": true, "Tags": ["a", "b"] })),
        "Endpoint": resource("AWS::EC2::VPCEndpoint", json!({ "ServiceName": { "Fn::Join": ["", ["com.amazonaws.", { "Ref": "AWS::Region" }, ".s3"]] } })),
        "Rule": resource("AWS::Events::Rule", json!({ "EventPattern": { "source": ["aws.guardduty", "aws.ecs"] } })),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::ECS::Service'\nwhere = { Cluster = 'shop-prod' }\ncount = 3", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Cluster = 'shop-dev' }\ncount = 1", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Cluster = 'shop-prod', K = 2 }\ncount = 1", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Cluster = 'shop-prod', K = 4 }\ncount = 0", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Public = '*' }\ncount = 1", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Public = false }\ncount = 3", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Public = true }\ncount = 1", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Tags = 'b' }\ncount = 1", true),
            ("type = 'AWS::ECS::Service'\nwhere = { Tags = 'c' }\ncount = 0", true),
            ("type = 'AWS::EC2::VPCEndpoint'\nwhere = { ServiceName = 'com.amazonaws.us-east-1.s3' }\ncount = 1", true),
            ("type = 'AWS::Events::Rule'\nwhere = { 'EventPattern.source' = 'aws.ecs' }\ncount = 1", true),
            ("type = 'AWS::Events::Rule'\nwhere = { 'EventPattern.source' = 'aws.rds' }\ncount = 0", true),
        ],
    );
}

#[test]
fn roles_are_told_by_words() {
    let topic = "AWS::SNS::Topic";
    let resources = json!({
        "A": resource("AWS::SecretsManager::Secret", json!({ "Name": "shop-prod/ApiKeys" })),
        "JwtSigning0A1B2C3D": resource("AWS::SecretsManager::Secret", json!({})),
        "Hidden": resource("AWS::SecretsManager::Secret", json!({ "Name": "global-feedback" })),
        "Deep": resource("AWS::Logs::LogGroup", json!({ "LogGroupName": "Appsfrontendlogs" })),
        "Db": resource("AWS::SecretsManager::Secret", json!({ "Name": "shop-cache" })),
        // The end of this id is a hash, not the word "db".
        "Thing0DB1C2D3": resource("AWS::SecretsManager::Secret", json!({})),
        "X": resource(topic, json!({ "Tags": [{ "Key": "Name", "Value": "shop/critical" }] })),
        "Y": resource(topic, json!({ "TopicName": { "Fn::Sub": "${AWS::StackName}-errors" } })),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = 'api-key' }\ncount = 1", true),
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = 'apikey' }\ncount = 1", true),
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = 'key-api' }\ncount = 1", true),
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = 'jwt' }\ncount = 1", true),
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = 'alb' }\ncount = 0", true),
            ("type = 'AWS::Logs::LogGroup'\nwhere_contains = { LogGroupName = 'frontend' }\ncount = 1", true),
            ("type = 'AWS::Logs::LogGroup'\nwhere_contains = { LogGroupName = 'backend' }\ncount = 0", true),
            // A short word begins where a word of the name does; a physical name hides the logical id.
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = 'db' }\ncount = 0", true),
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = ['jwt', 'cache'] }\ncount = 2", true),
            ("type = 'AWS::SecretsManager::Secret'\nwhere_contains = { Name = ['nope'] }\ncount = 0", true),
            ("type = 'AWS::SNS::Topic'\nwhere_contains = { TopicName = 'critical' }\ncount = 1", true),
            ("type = 'AWS::SNS::Topic'\nwhere_contains = { TopicName = 'error' }\ncount = 1", true),
            ("type = 'AWS::SNS::Topic'\nwhere_contains = { '@identity' = 'error' }\ncount = 1", true),
            ("type = 'AWS::SNS::Topic'\nwhere_contains = { '@identity' = 'warning' }\ncount = 0", true),
        ],
    );
}

#[test]
fn other_keys_contain_text_or_lead_to_what_says_it() {
    let resources = json!({
        "CoreService": resource("AWS::ECS::Service", json!({})),
        "Named": resource("AWS::ECS::Service", json!({ "ServiceName": "shop-auth" })),
        "Cpu": resource("AWS::CloudWatch::Alarm", json!({ "MetricName": "UnHealthyHostCount", "Dimensions": [
            { "Name": "ClusterName", "Value": "shop" }, { "Name": "ServiceName", "Value": { "Fn::GetAtt": ["CoreService", "Name"] } }] })),
        "Memory": resource("AWS::CloudWatch::Alarm", json!({ "MetricName": "Memory", "Dimensions": [
            { "Name": "ServiceName", "Value": { "Fn::GetAtt": ["Named", "Name"] } }] })),
        "Endpoint": resource("AWS::EC2::VPCEndpoint", json!({ "ServiceName": "com.amazonaws.us-east-1.s3" })),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::CloudWatch::Alarm'\nwhere_contains = { MetricName = 'HostCount' }\ncount = 1", true),
            ("type = 'AWS::CloudWatch::Alarm'\nwhere_contains = { MetricName = 'Latency' }\ncount = 0", true),
            (
                "type = 'AWS::CloudWatch::Alarm'\nwhere_contains = { 'Dimensions[Name=ServiceName].Value' = 'core' }\ncount = 1",
                true,
            ),
            (
                "type = 'AWS::CloudWatch::Alarm'\nwhere_contains = { 'Dimensions[Name=ServiceName].Value' = 'auth' }\ncount = 1",
                true,
            ),
            (
                "type = 'AWS::CloudWatch::Alarm'\nwhere_contains = { 'Dimensions[Name=ServiceName].Value' = 'shop' }\ncount = 1",
                true,
            ),
            (
                "type = 'AWS::CloudWatch::Alarm'\nwhere_contains = { 'Dimensions[Name=ClusterName].Value' = 'core' }\ncount = 0",
                true,
            ),
            ("type = 'AWS::EC2::VPCEndpoint'\nwhere_contains = { ServiceName = 's3' }\ncount = 1", true),
            ("type = 'AWS::EC2::VPCEndpoint'\nwhere_contains = { ServiceName = 'ecr' }\ncount = 0", true),
        ],
    );
}

#[test]
fn regions_are_searched_together() {
    let bucket =
        |name: &str| json!({ "Resources": { "B": resource("AWS::S3::Bucket", json!({ "BucketName": name })) } });
    let stacks =
        [("Home", "us-east-1", bucket("a")), ("Away", "us-west-2", bucket("b")), ("Far", "eu-west-1", bucket("c"))];
    assert!(holds_in("type = 'AWS::S3::Bucket'\ncount = 2", &stacks));
    assert!(holds_in("type = 'AWS::S3::Bucket'\ncount = 1\neach_region = true", &stacks));
    assert!(!holds_in(
        "type = 'AWS::S3::Bucket'\nwhere = { BucketName = 'a' }\ncount = 1\neach_region = true",
        &stacks
    ));
    assert!(holds_in("type = 'AWS::S3::Bucket'\nwhere = { BucketName = 'a' }\ncount = 1", &stacks));
    assert!(!holds_in("type = 'AWS::S3::Bucket'\nwhere = { BucketName = 'c' }\ncount = 1", &stacks));
}

#[test]
fn paths_have_a_grammar() {
    let resources = json!({ "B": resource("AWS::S3::Bucket", json!({
        "List": [{ "Key": "deletion.enabled", "Value": "true" }, { "Key": "idle", "Value": "60" }],
        "Deep": [{ "Inner": [{ "N": 1 }, { "N": 2 }] }, { "Inner": { "N": 3 } }],
        "a.b": { "c": 1 },
        "Held": "{\"main\":[{\"name\":\"Step\"}]}",
        "Spoilt": "{\"main\":",
    })) });
    check(
        &resources,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'List[Key=deletion.enabled].Value'\nequals = true", true),
            ("type = 'AWS::S3::Bucket'\npath = 'List[Key=idle].Value'\nequals = true", false),
            ("type = 'AWS::S3::Bucket'\npath = 'List[Key=none].Value'\nexists = false", true),
            ("type = 'AWS::S3::Bucket'\npath = 'List[1].Value'\nequals = 60", true),
            ("type = 'AWS::S3::Bucket'\npath = 'List[2].Value'\nexists = true", false),
            ("type = 'AWS::S3::Bucket'\npath = 'List[*].Value'\nset_equals = ['true', '60']", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Deep[*].Inner[*].N'\nset_equals = [1, 2, 3]", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Deep[*].Inner[*].N'\nset_equals = [1, 2]", false),
            ("type = 'AWS::S3::Bucket'\npath = 'a\\.b.c'\nequals = 1", true),
            ("type = 'AWS::S3::Bucket'\npath = 'a.b.c'\nequals = 1", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Held.main[*].name'\ncontains = 'Step'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Spoilt.main'\nexists = true", false),
        ],
    );
}
