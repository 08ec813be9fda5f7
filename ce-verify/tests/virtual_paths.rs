//! Every virtual path, where it holds and where it must not.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use serde_json::{Value, json};
use support::{check, holds_in, resource};

fn group(name: &str, properties: Value) -> Value {
    let mut properties = properties;
    properties["GroupName"] = json!(name);
    resource("AWS::EC2::SecurityGroup", properties)
}

fn groups() -> Value {
    json!({
        "Open": group("front", json!({ "SecurityGroupIngress": [
            { "IpProtocol": "tcp", "FromPort": 80, "ToPort": "80", "CidrIp": "0.0.0.0/0" },
            { "IpProtocol": "6", "FromPort": 443, "ToPort": 443, "CidrIpv6": "::/0" },
            { "IpProtocol": "tcp", "FromPort": 9, "ToPort": 9, "SourcePrefixListId": "pl-1" },
        ] })),
        "Balancer": resource("AWS::ElasticLoadBalancingV2::LoadBalancer", json!({ "SecurityGroups": [{ "Ref": "Open" }] })),
        "Tasks": group("work", json!({ "SecurityGroupEgress": [{ "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" }] })),
        "Service": resource("AWS::ECS::Service", json!({ "ServiceName": "backend", "NetworkConfiguration": { "AwsvpcConfiguration": {
            "SecurityGroups": [{ "Fn::GetAtt": ["Tasks", "GroupId"] }] } } })),
        "FromOpen": resource("AWS::EC2::SecurityGroupIngress", json!({ "GroupId": { "Fn::GetAtt": ["Tasks", "GroupId"] },
            "IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "SourceSecurityGroupId": { "Fn::GetAtt": ["Open", "GroupId"] } })),
        "Store": group("data", json!({ "SecurityGroupEgress": [
            { "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86, "CidrIp": "255.255.255.255/32" },
            { "IpProtocol": "-1", "CidrIp": "127.0.0.1/32" },
        ] })),
        "Database": resource("AWS::RDS::DBCluster", json!({ "VpcSecurityGroupIds": [{ "Ref": "Store" }] })),
        "Odd": group("odd", json!({ "SecurityGroupIngress": [{ "IpProtocol": "tcp", "CidrIp": "10.0.0.0/8",
            "FromPort": { "Fn::ImportValue": "port" }, "ToPort": { "Fn::ImportValue": "port" } }] })),
        "Cluster": resource("AWS::EKS::Cluster", json!({ "Name": "shop" })),
        "Strange": resource("AWS::EC2::SecurityGroupIngress", json!({ "GroupId": { "Ref": "Odd" }, "IpProtocol": "udp",
            "FromPort": 53, "ToPort": 53, "SourceSecurityGroupId": { "Fn::GetAtt": ["Cluster", "Endpoint"] } })),
        "ToNodes": resource("AWS::EC2::SecurityGroupIngress", json!({ "GroupId": { "Fn::GetAtt": ["Cluster", "ClusterSecurityGroupId"] },
            "IpProtocol": "tcp", "FromPort": 30000, "ToPort": 32767, "SourceSecurityGroupId": { "Ref": "Open" } })),
        "FromNodes": resource("AWS::EC2::SecurityGroupIngress", json!({ "GroupId": { "Ref": "Store" },
            "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "SourceSecurityGroupId": { "Fn::GetAtt": ["Cluster", "ClusterSecurityGroupId"] } })),
    })
}

#[test]
fn ingress_and_egress_are_the_union_of_all_rules() {
    let of = |role: &str, rest: &str| {
        format!("type = 'AWS::EC2::SecurityGroup'\nwhere_contains = {{ GroupName = '{role}' }}\n{rest}")
    };
    let rule = |proto: &str, from: u32, to: u32, source: &str| {
        format!("{{ proto = '{proto}', from = {from}, to = {to}, source = '{source}' }}")
    };
    let contains = |side: &str, rule: &str| format!("path = '@{side}'\ncontains = {rule}");
    let exactly = |side: &str, rules: &[String]| format!("path = '@{side}'\nset_equals = [{}]", rules.join(", "));
    let rows = [
        (of("alb", &contains("ingress", &rule("tcp", 80, 80, "cidr:0.0.0.0/0"))), true),
        (of("alb", &contains("ingress", &rule("tcp", 443, 443, "cidr:::/0"))), true),
        (of("alb", &contains("ingress", &rule("tcp", 9, 9, "pl:pl-1"))), true),
        (of("alb", &contains("ingress", &rule("tcp", 22, 22, "cidr:0.0.0.0/0"))), false),
        (of("alb", &exactly("ingress", &[rule("tcp", 80, 80, "cidr:0.0.0.0/0")])), false),
        (of("alb", &exactly("egress", &[rule("-1", 0, 65535, "cidr:0.0.0.0/0")])), true),
        (of("ecs", &exactly("ingress", &[rule("tcp", 8080, 8080, "sg:alb")])), true),
        (of("backend-tasks", &exactly("ingress", &[rule("tcp", 8080, 8080, "sg:alb")])), true),
        (of("frontend-tasks", &exactly("ingress", &[rule("tcp", 8080, 8080, "sg:alb")])), false),
        (of("ecs", &exactly("ingress", &[rule("tcp", 8080, 8080, "sg:ecs")])), false),
        (of("ecs", &exactly("ingress", &[rule("tcp", 8080, 8080, "sg:front")])), true),
        (of("ecs", &exactly("egress", &[rule("-1", 0, 65535, "cidr:0.0.0.0/0")])), true),
        (of("db", &exactly("egress", &[])), true),
        (of("database", &exactly("egress", &[])), true),
        (of("alb", &exactly("egress", &[])), false),
        (of("eks-cluster", &exactly("ingress", &[rule("tcp", 30000, 32767, "sg:alb")])), true),
        (of("eks-cluster", &exactly("ingress", &[rule("tcp", 30000, 32767, "sg:db")])), false),
        (of("database", &exactly("ingress", &[rule("tcp", 5432, 5432, "sg:eks-cluster")])), true),
        (of("alb", "path = '@ingress'\nnot_subset = { from = 0, to = 65535 }"), true),
        // A port not known at synthesis is not every port.
        (of("odd", "path = '@ingress'\nnot_subset = { from = 0, to = 65535 }"), true),
        (of("odd", "path = '@ingress'\nlength = 2"), true),
        (of("odd", &contains("ingress", &rule("udp", 53, 53, "sg:eks-cluster"))), false),
        (of("alb", "path = '@ingress'\nnot_subset = { source = 'cidr:0.0.0.0/0' }"), false),
    ];
    for (row, expected) in &rows {
        check(&groups(), &[(row, *expected)]);
    }
    // The group of an EKS cluster is no resource of its own.
    check(&groups(), &[("type = 'AWS::EC2::SecurityGroup'\ncount = 4", true)]);
}

fn roles() -> Value {
    let policy = |action: &str| json!({ "Statement": { "Effect": "Allow", "Action": action, "Resource": "*" } });
    json!({
        "Role": resource("AWS::IAM::Role", json!({
            "RoleName": "shop-auth",
            "AssumeRolePolicyDocument": { "Statement": [{ "Effect": "Allow", "Principal": { "Service": ["ecs-tasks.amazonaws.com"] } }] },
            "Policies": [{ "PolicyName": "p", "PolicyDocument": policy("ses:SendEmail") }],
            "ManagedPolicyArns": [{ "Ref": "Carried" }],
        })),
        "Attached": resource("AWS::IAM::Policy", json!({ "Roles": [{ "Ref": "Role" }], "PolicyDocument": policy("s3:GetObject") })),
        "ByName": resource("AWS::IAM::RolePolicy", json!({ "RoleName": "shop-auth", "PolicyDocument": policy("s3:PutObject") })),
        "Managed": resource("AWS::IAM::ManagedPolicy", json!({ "Roles": [{ "Ref": "Role" }], "PolicyDocument": policy("sns:Publish") })),
        "Carried": resource("AWS::IAM::ManagedPolicy", json!({ "PolicyDocument": policy("sqs:SendMessage") })),
        "Strange": resource("AWS::IAM::Policy", json!({ "Roles": ["other"], "PolicyDocument": policy("iam:PassRole") })),
        "Task": resource("AWS::ECS::TaskDefinition", json!({ "Family": "shop-auth-task", "TaskRoleArn": { "Fn::GetAtt": ["Role", "Arn"] } })),
        "Unused": resource("AWS::IAM::Role", json!({ "AssumeRolePolicyDocument": { "Statement": [{ "Principal": { "Service": "rds.amazonaws.com" } }] } })),
    })
}

#[test]
fn statements_service_principal_and_task_role_of() {
    let auth = "type = 'AWS::IAM::Role'\nwhere_contains = { '@task_role_of' = 'auth' }";
    let allows = |action: &str| {
        format!("{auth}\npath = '@statements[*]'\nsubset = {{ Effect = 'Allow', Action = ['{action}'] }}")
    };
    for action in ["ses:SendEmail", "s3:GetObject", "s3:PutObject", "sns:Publish", "sqs:SendMessage"] {
        check(&roles(), &[(&allows(action), true)]);
    }
    check(
        &roles(),
        &[
            (&allows("iam:PassRole"), false),
            (&format!("{auth}\ncount = 1"), true),
            (&format!("{auth}\npath = '@task_role_of'\nlength = 1"), true),
            (&format!("{auth}\npath = '@task_role_of'\nlength = 2"), false),
            (&format!("{auth}\npath = '@statements'\nlength = 5"), true),
            ("type = 'AWS::IAM::Role'\nwhere_contains = { '@task_role_of' = 'core' }\ncount = 0", true),
            ("type = 'AWS::IAM::Role'\nwhere = { '@service_principal' = 'ecs-tasks.amazonaws.com' }\ncount = 1", true),
            ("type = 'AWS::IAM::Role'\nwhere = { '@service_principal' = 'lambda.amazonaws.com' }\ncount = 1", false),
            ("type = 'AWS::IAM::Role'\npath = '@statements[*].Action'\nnot_regex = ':\\*$'", true),
            ("type = 'AWS::IAM::Role'\npath = '@statements[*].Action'\nnot_regex = '^ses'", false),
        ],
    );
}

fn network() -> Value {
    let association = |subnet: &str, table: &str| {
        resource(
            "AWS::EC2::SubnetRouteTableAssociation",
            json!({ "SubnetId": { "Ref": subnet }, "RouteTableId": { "Ref": table } }),
        )
    };
    let route = |table: &str, extra: Value| {
        let mut properties = json!({ "RouteTableId": { "Ref": table }, "DestinationCidrBlock": "0.0.0.0/0" });
        for (key, value) in extra.as_object().into_iter().flatten() {
            properties[key] = value.clone();
        }
        resource("AWS::EC2::Route", properties)
    };
    json!({
        "Gateway": resource("AWS::EC2::InternetGateway", json!({})),
        "Nat": resource("AWS::EC2::NatGateway", json!({})),
        "Front": resource("AWS::EC2::Subnet", json!({ "CidrBlock": "10.0.1.0/24" })),
        "Back": resource("AWS::EC2::Subnet", json!({ "CidrBlock": "10.0.2.0/24" })),
        "Data": resource("AWS::EC2::Subnet", json!({ "CidrBlock": "10.0.3.0/24" })),
        "Lost": resource("AWS::EC2::Subnet", json!({ "CidrBlock": "10.0.4.0/24" })),
        "FrontTable": resource("AWS::EC2::RouteTable", json!({})),
        "BackTable": resource("AWS::EC2::RouteTable", json!({})),
        "DataTable": resource("AWS::EC2::RouteTable", json!({})),
        "A": association("Front", "FrontTable"),
        "B": association("Back", "BackTable"),
        "C": association("Data", "DataTable"),
        "FrontRoute": route("FrontTable", json!({ "GatewayId": { "Ref": "Gateway" } })),
        "BackRoute": route("BackTable", json!({ "NatGatewayId": { "Ref": "Nat" } })),
        "Peer": route("DataTable", json!({ "DestinationCidrBlock": "10.9.0.0/16" })),
        "Acl": resource("AWS::EC2::NetworkAcl", json!({})),
        "D": resource("AWS::EC2::SubnetNetworkAclAssociation", json!({ "SubnetId": { "Ref": "Data" }, "NetworkAclId": { "Ref": "Acl" } })),
    })
}

#[test]
fn routes_and_subnets() {
    let table = |range: &str, expected: bool| {
        format!(
            "type = 'AWS::EC2::RouteTable'\nwhere = {{ '@subnet_cidr' = '{range}' }}\npath = '@has_default_route'\nquantifier = 'all'\nequals = {expected}"
        )
    };
    let subnet = |range: &str, expected: bool| {
        format!("type = 'AWS::EC2::Subnet'\nwhere = {{ CidrBlock = '{range}' }}\npath = '@public'\nequals = {expected}")
    };
    for (row, expected) in [
        (table("10.0.1.0/24", true), true),
        (table("10.0.2.0/24", true), true),
        (table("10.0.3.0/24", true), false),
        (table("10.0.3.0/24", false), true),
        (table("10.0.9.0/24", false), false),
        (subnet("10.0.1.0/24", true), true),
        (subnet("10.0.2.0/24", true), false),
        (subnet("10.0.2.0/24", false), true),
        (subnet("10.0.4.0/24", false), true),
    ] {
        check(&network(), &[(&row, expected)]);
    }
    check(
        &network(),
        &[
            ("type = 'AWS::EC2::Subnet'\nwhere = { '@public' = false }\ncount = 3", true),
            ("type = 'AWS::EC2::Subnet'\nwhere = { '@public' = true }\ncount = 1", true),
            ("type = 'AWS::EC2::NetworkAcl'\npath = '@subnet_cidr'\nset_equals = ['10.0.3.0/24']", true),
            ("type = 'AWS::EC2::NetworkAcl'\npath = '@subnet_cidr'\nset_equals = ['10.0.2.0/24']", false),
        ],
    );
}

#[test]
fn topics_and_secrets() {
    let resources = json!({
        "Ops": resource("AWS::SNS::Topic", json!({ "TopicName": "shop-ops", "Subscription": [{ "Protocol": "https" }] })),
        "Mail": resource("AWS::SNS::Subscription", json!({ "TopicArn": { "Ref": "Ops" }, "Protocol": "email" })),
        "Secret": resource("AWS::SecretsManager::Secret", json!({ "Name": "shop/database" })),
        "Unnamed": resource("AWS::SecretsManager::Secret", json!({})),
        "Rotation": resource("AWS::SecretsManager::RotationSchedule", json!({ "SecretId": { "Ref": "Secret" } })),
        "JwtKeys0A1B2C3D": resource("AWS::SecretsManager::Secret", json!({})),
        "Other": resource("AWS::SecretsManager::RotationSchedule", json!({ "SecretId": { "Ref": "JwtKeys0A1B2C3D" } })),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::SNS::Subscription'\npath = '@topic'\ncontains = 'shop-ops'", true),
            ("type = 'AWS::SNS::Subscription'\npath = '@topic'\ncontains = 'shop-billing'", false),
            ("type = 'AWS::SNS::Topic'\npath = '@protocols'\nset_equals = ['email', 'https']", true),
            ("type = 'AWS::SNS::Topic'\npath = '@protocols'\nset_equals = ['email']", false),
            (
                "type = 'AWS::SecretsManager::RotationSchedule'\nwhere_contains = { '@secret_name' = ['db', 'database'] }\ncount = 1",
                true,
            ),
            (
                "type = 'AWS::SecretsManager::RotationSchedule'\nwhere_contains = { '@secret_name' = 'jwt' }\ncount = 1",
                true,
            ),
            (
                "type = 'AWS::SecretsManager::RotationSchedule'\nwhere_contains = { '@secret_name' = 'redis' }\ncount = 1",
                false,
            ),
        ],
    );
}

#[test]
fn scaling_targets_and_alarm_windows() {
    let resources = json!({
        "Service": resource("AWS::ECS::Service", json!({})),
        "Target": resource("AWS::ApplicationAutoScaling::ScalableTarget", json!({ "ResourceId": { "Fn::Join": ["/", ["service", "shop", { "Fn::GetAtt": ["CoreService9A8B7C6D", "Name"] }]] } })),
        "CoreService9A8B7C6D": resource("AWS::ECS::Service", json!({})),
        "Policy": resource("AWS::ApplicationAutoScaling::ScalingPolicy", json!({ "ScalingTargetId": { "Ref": "Target" } })),
        "Direct": resource("AWS::ApplicationAutoScaling::ScalingPolicy", json!({ "ResourceId": "service/shop/auth" })),
        "Plain": resource("AWS::CloudWatch::Alarm", json!({ "AlarmName": "plain", "Period": 60, "EvaluationPeriods": "5" })),
        "Math": resource("AWS::CloudWatch::Alarm", json!({ "AlarmName": "math", "EvaluationPeriods": 1, "Metrics": [
            { "Expression": "m1/m2" }, { "MetricStat": { "Period": 300 } }] })),
        "None": resource("AWS::CloudWatch::Alarm", json!({ "AlarmName": "none", "EvaluationPeriods": 3 })),
    });
    check(
        &resources,
        &[
            (
                "type = 'AWS::ApplicationAutoScaling::ScalingPolicy'\nwhere_contains = { '@scaling_target' = 'core' }\ncount = 1",
                true,
            ),
            (
                "type = 'AWS::ApplicationAutoScaling::ScalingPolicy'\nwhere_contains = { '@scaling_target' = 'auth' }\ncount = 1",
                true,
            ),
            (
                "type = 'AWS::ApplicationAutoScaling::ScalingPolicy'\nwhere_contains = { '@scaling_target' = 'agent' }\ncount = 1",
                false,
            ),
            (
                "type = 'AWS::CloudWatch::Alarm'\nwhere = { AlarmName = 'plain' }\npath = '@window_s'\nequals = 300",
                true,
            ),
            ("type = 'AWS::CloudWatch::Alarm'\nwhere = { AlarmName = 'math' }\npath = '@window_s'\nequals = 300", true),
            ("type = 'AWS::CloudWatch::Alarm'\nwhere = { AlarmName = 'math' }\npath = '@window_s'\nequals = 60", false),
            (
                "type = 'AWS::CloudWatch::Alarm'\nwhere = { AlarmName = 'none' }\npath = '@window_s'\nexists = true",
                false,
            ),
        ],
    );
}

#[test]
fn resource_attributes() {
    let resources = json!({
        "Kept": { "Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Snapshot", "DependsOn": "Nodes",
            "Properties": { "BucketName": "shop-kept" } },
        "Nodes": resource("AWS::EKS::Nodegroup", json!({})),
        "Listed": { "Type": "AWS::EKS::Addon", "DependsOn": ["Kept", "Nodes"], "Properties": {} },
    });
    check(
        &resources,
        &[
            ("type = 'AWS::S3::Bucket'\npath = '@DeletionPolicy'\nequals = 'Retain'", true),
            ("type = 'AWS::S3::Bucket'\npath = '@DeletionPolicy'\nequals = 'Delete'", false),
            ("type = 'AWS::S3::Bucket'\npath = '@UpdateReplacePolicy'\nequals = 'Snapshot'", true),
            ("type = 'AWS::EKS::Nodegroup'\npath = '@DeletionPolicy'\nexists = true", false),
            ("type = 'AWS::S3::Bucket'\npath = '@DependsOn'\nref = 'AWS::EKS::Nodegroup'", true),
            ("type = 'AWS::EKS::Addon'\npath = '@DependsOn'\nref = 'AWS::EKS::Nodegroup'", true),
            ("type = 'AWS::EKS::Addon'\npath = '@DependsOn'\nref = 'AWS::EKS::Cluster'", false),
            ("type = 'AWS::EKS::Nodegroup'\npath = '@DependsOn'\nexists = true", false),
            ("type = 'AWS::S3::Bucket'\npath = '@region'\nequals = 'us-east-1'", true),
            ("type = 'AWS::S3::Bucket'\npath = '@region'\nequals = 'us-west-2'", false),
            ("type = 'AWS::S3::Bucket'\npath = '@identity'\nequals = 'shop-kept'", true),
            ("type = 'AWS::EKS::Nodegroup'\npath = '@identity'\nequals = 'Nodes'", true),
            ("type = 'AWS::EKS::Nodegroup'\npath = '@identity'\nequals = 'Other'", false),
        ],
    );
}

#[test]
fn tags_of_lists_maps_and_other_properties() {
    let resources = json!({
        "List": resource("AWS::S3::Bucket", json!({ "Tags": [{ "Key": "Owner", "Value": "web" }] })),
        "Map": resource("AWS::SSM::Parameter", json!({ "Tags": { "kubernetes.io/role/elb": "1" } })),
        "Vault": resource("AWS::Backup::BackupVault", json!({ "BackupVaultTags": { "Owner": "ops" } })),
        "Bare": resource("AWS::SNS::Topic", json!({})),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::S3::Bucket'\npath = '@tag.Owner'\nequals = 'web'", true),
            ("type = 'AWS::S3::Bucket'\npath = '@tag.Owner'\nequals = 'ops'", false),
            ("type = 'AWS::SSM::Parameter'\npath = '@tag.kubernetes.io/role/elb'\nequals = 1", true),
            ("type = 'AWS::Backup::BackupVault'\npath = '@tag.Owner'\nequals = 'ops'", true),
            ("type = 'AWS::SNS::Topic'\npath = '@tag.Owner'\nexists = true", false),
            ("type = '*'\npath = '@tag.Owner'\nexists = true", true),
            ("type = '*'\npath = '@tag.Owner'\nexists = true\nquantifier = 'all'", false),
            ("type = '*'\ncount = 4", true),
        ],
    );
}

#[test]
fn sections_and_files() {
    let template = json!({
        "Parameters": { "Color": { "Type": "String", "Default": "blue" } },
        "Resources": { "Cluster": resource("AWS::EKS::Cluster", json!({ "Name": "shop" })), "Topic": resource("AWS::SNS::Topic", json!({})) },
        "Outputs": { "ClusterName": { "Value": { "Ref": "Cluster" } }, "Plain": { "Value": "x" } },
    });
    let stacks = [("App", "us-east-1", template), ("Bare", "us-east-1", json!({ "Resources": {} }))];
    for (row, expected) in [
        ("type = 'Outputs'\npath = '@ClusterName.Value'\nref = 'AWS::EKS::Cluster'", true),
        ("type = 'Outputs'\npath = '@ClusterName.Value'\nequals = 'shop'", true),
        ("type = 'Outputs'\npath = '@Plain.Value'\nref = 'AWS::EKS::Cluster'", false),
        ("type = 'Outputs'\npath = '[*].Value'\nref = 'AWS::EKS::Cluster'", true),
        ("type = 'Outputs'\npath = '[*].Value'\nref = 'AWS::SNS::Topic'", false),
        ("type = 'Parameters'\npath = '@Color'\nexists = true", true),
        ("type = 'Parameters'\npath = '@Colour'\nexists = true", false),
        ("type = 'Parameters'\npath = '@Color.Default'\nequals = 'blue'", true),
        ("type = 'Artifacts'\npath = '@text'\nnot_regex = 'admin123'", true),
        ("type = 'Artifacts'\npath = '@text'\nnot_regex = 'ClusterName'", false),
        ("type = 'Artifacts'\npath = '@text'\nregex = 'aws:cloudformation:stack'", true),
    ] {
        assert_eq!(holds_in(row, &stacks), expected, "{row}");
    }
}
