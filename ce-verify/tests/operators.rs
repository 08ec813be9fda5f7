//! Every operator, where it holds and where it must not.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use serde_json::json;
use support::{check, holds_in, resource};

const BUCKET: &str = "AWS::S3::Bucket";

#[test]
fn equals_compares_literals_by_value() {
    let one = json!({ "B": resource(BUCKET, json!({
        "Number": 2, "Written": "2", "Flag": true, "Text": "two", "List": ["a", "b"], "Table": { "a": 1, "b": "x" },
        "Held": "{\"numeric\":[\">=\",7]}", "Zone": "us-east-1a",
    })) });
    check(
        &one,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'Number'\nequals = 2", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Number'\nequals = 2.0", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Number'\nequals = '2'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Number'\nequals = 3", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Written'\nequals = 2", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Written'\nequals = 3", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Flag'\nequals = true", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Flag'\nequals = 'true'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Flag'\nequals = false", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\nequals = false", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Text'\nequals = 'two'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Text'\nequals = 'tw'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\nequals = ['a', 'b']", true),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\nequals = ['b', 'a']", false),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\nequals = ['a']", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Table'\nequals = { b = 'x', a = 1 }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Table'\nequals = { a = 1 }", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Held'\nequals = { numeric = ['>=', 7] }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Held'\nequals = { numeric = ['>=', 8] }", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Zone'\nequals = '${AWS::Region}a'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Zone'\nequals = '${AWS::Region}b'", false),
        ],
    );
}

#[test]
fn quantifiers_count_objects_and_elements() {
    let two = json!({
        "A": resource(BUCKET, json!({ "Rules": [{ "S": "on" }, { "S": "off" }], "N": 1 })),
        "B": resource(BUCKET, json!({ "Rules": [{ "S": "on" }, {}], "N": 2 })),
        "C": resource(BUCKET, json!({ "Rules": [{ "S": "on" }], "N": 1 })),
    });
    check(
        &two,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nequals = 2", true),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nequals = 2\nquantifier = 'any'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nequals = 1\nquantifier = 'all'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nmax = 2\nquantifier = 'all'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Rules[*].S'\nequals = 'off'", true),
            (
                "type = 'AWS::S3::Bucket'\nwhere = { N = 1 }\npath = 'Rules[*].S'\nequals = 'on'\nquantifier = 'all'",
                false,
            ),
            (
                "type = 'AWS::S3::Bucket'\nwhere = { N = 2 }\npath = 'Rules[*].S'\nequals = 'on'\nquantifier = 'all'",
                false,
            ),
            (
                "type = 'AWS::S3::Bucket'\nwhere = { N = 2 }\npath = 'Rules[*].S'\nequals = 'on'\nquantifier = 'all'\nabsent_ok = true",
                true,
            ),
            // One element must satisfy all operators of the row together.
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nmin = 1\nmax = 1", true),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nmin = 2\nmax = 1", false),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nequals = 2\nregex = '1'", false),
        ],
    );
}

#[test]
fn negations_hold_for_everything() {
    let two = json!({
        "A": resource(BUCKET, json!({ "S": "x", "T": [{ "a": 1, "b": 2 }], "L": ["p", "q:*"] })),
        "B": resource(BUCKET, json!({ "S": "y", "T": [{ "a": 3 }], "L": "r" })),
    });
    check(
        &two,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nnot_equals = 'z'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nnot_equals = 'y'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nnot_regex = 'z'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nnot_regex = '^y$'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'L'\nnot_regex = 'z'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'L'\nnot_regex = ':\\*$'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'T'\nnot_subset = { a = 2 }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'T'\nnot_subset = { a = 3 }", false),
            ("type = 'AWS::S3::Bucket'\npath = 'T[*]'\nnot_subset = { a = 1, b = 2 }", false),
            ("type = 'AWS::S3::Bucket'\npath = 'T[*]'\nnot_subset = { a = 1, b = 3 }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nexists = false", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\nexists = false", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\nnot_regex = 'x'", true),
            ("type = 'AWS::SNS::Topic'\npath = 'Missing'\nnot_regex = 'x'", false),
            ("type = 'AWS::SNS::Topic'\npath = 'Missing'\nnot_regex = 'x'\nvacuous_ok = true", true),
            ("type = 'AWS::SNS::Topic'\npath = 'Missing'\nexists = false", false),
        ],
    );
}

#[test]
fn membership() {
    let one = json!({ "B": resource(BUCKET, json!({
        "List": ["GET", "PUT"], "Text": "cluster.on", "Tables": [{ "p": 1, "q": 2 }],
        "Many": [{ "Name": "A" }, { "Name": "B" }],
        "Import": { "Fn::ImportValue": "vault-in-eu-west-1" },
        "Policy": { "Statement": [{ "Condition": { "sub": "system:serviceaccount:x" } }] },
        "Body": "{ \"type\": \"log\" }",
        "Default": { "Fn::FindInMap": ["Vaults", "Test", "arn", { "DefaultValue": "plain" }] },
    })) });
    check(
        &one,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'List'\ncontains = 'PUT'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\ncontains = 'PU'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Text'\ncontains = 'cluster.on'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Text'\ncontains = 'cluster.off'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Tables'\ncontains = { p = 1 }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Tables'\ncontains = { p = 2 }", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Many[*].Name'\ncontains = 'B'\nquantifier = 'all'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Many[*].Name'\ncontains = 'C'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Import'\ncontains = 'eu-west-1'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Import'\ncontains = 'eu-west-2'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Policy'\ncontains = 'system:serviceaccount:x'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Policy'\ncontains = 'system:serviceaccount:y'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Body'\ncontains = '\"type\":\"log\"'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Body'\ncontains = '\"type\":\"text\"'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\ncontains_all = ['PUT', 'GET']", true),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\ncontains_all = ['PUT', 'POST']", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Many[*].Name'\ncontains_all = ['B', 'A']", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Many[*].Name'\ncontains_all = ['B', 'C']", false),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\nset_equals = ['PUT', 'GET']", true),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\nset_equals = ['PUT']", false),
            ("type = 'AWS::S3::Bucket'\npath = 'List'\nset_equals = ['PUT', 'GET', 'POST']", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Many[*].Name'\nset_equals = ['B', 'A']", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\nset_equals = []", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Text'\nany_of = ['x', 'cluster.on']", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Text'\nany_of = ['x', 'y']", false),
        ],
    );
}

#[test]
fn numbers_and_sizes() {
    let two = json!({
        "A": resource(BUCKET, json!({ "N": "0.5", "L": ["a", "b"], "Z": "a", "Held": "[1,2,3]" })),
        "B": resource(BUCKET, json!({ "N": 7, "L": [], "Z": "b" })),
    });
    check(
        &two,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nmin = 7", true),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nmin = 7.5", false),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nmax = 0.5", true),
            ("type = 'AWS::S3::Bucket'\npath = 'N'\nmax = 0.4", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Z'\nmin = 0", false),
            ("type = 'AWS::S3::Bucket'\npath = 'L'\nlength = 2", true),
            ("type = 'AWS::S3::Bucket'\npath = 'L'\nlength = 1", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Z'\nlength = 1", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Held'\nlength = 3", true),
            ("type = 'AWS::S3::Bucket'\npath = 'L'\nlength_min = 2", true),
            ("type = 'AWS::S3::Bucket'\npath = 'L'\nlength_min = 3", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Z'\ndistinct = 2", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Z'\ndistinct = 1", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\ndistinct = 2", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\ndistinct = 2\nabsent_ok = true", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Z'\ndistinct = 3\nabsent_ok = true", false),
        ],
    );
}

#[test]
fn patterns() {
    let one = json!({ "B": resource(BUCKET, json!({
        "Name": "shop-prod-core", "Statement": { "ByteMatchStatement": { "a": 1 } },
        "Containers": [{ "Image": "otel/collector" }, { "Image": "shop" }],
        "Vault": { "Fn::GetStackOutput": { "StackName": "S", "OutputName": "V", "Region": "us-west-2" } },
    })) });
    check(
        &one,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'Name'\nregex = '-core$'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Name'\nregex = '^core'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Statement'\nregex = '^\\{\"(And|ByteMatch)'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Statement'\nregex = '^\\{\"(And|Or)'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Containers'\nregex = '(?i)OTEL'\nquantifier = 'all'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Containers[*].Image'\nregex = 'otel'\nquantifier = 'all'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Vault'\nregex = 'us-west-2'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Vault'\nregex = 'eu-west-2'", false),
            // What is only in the intrinsic as written does not offend.
            ("type = 'AWS::S3::Bucket'\npath = 'Vault'\nnot_regex = 'OutputName'", true),
        ],
    );
}

#[test]
fn presence() {
    let two = json!({
        "A": resource(BUCKET, json!({ "S": "x", "Empty": [], "Rules": [{ "k": 1 }, {}] })),
        "B": resource(BUCKET, json!({})),
    });
    check(
        &two,
        &[
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nexists = true", true),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nexists = true\nquantifier = 'all'", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Empty'\nexists = true", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Empty'\nexists = false", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Rules[*].k'\nexists = true", true),
            (
                "type = 'AWS::S3::Bucket'\nwhere = { S = 'x' }\npath = 'Rules[*].k'\nexists = true\nquantifier = 'all'",
                false,
            ),
            ("type = 'AWS::S3::Bucket'\npath = 'Rules[*].k'\nexists = false", false),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nequals = 'y'\nabsent_ok = true", true),
            ("type = 'AWS::S3::Bucket'\nwhere = { S = 'x' }\npath = 'S'\nequals = 'y'\nabsent_ok = true", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\nmin = 1", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Missing'\nmin = 1\nvacuous_ok = true", true),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\nmin = 1\nvacuous_ok = true", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Other'\npath_alt = 'S'\nequals = 'x'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'S'\npath_alt = 'Rules[0].k'\nequals = 1", false),
        ],
    );
}

#[test]
fn counts() {
    let two = json!({ "A": resource(BUCKET, json!({ "N": 1 })), "B": resource(BUCKET, json!({ "N": 2 })) });
    check(
        &two,
        &[
            ("type = 'AWS::S3::Bucket'\ncount = 2", true),
            ("type = 'AWS::S3::Bucket'\ncount = 1", false),
            ("type = 'AWS::S3::Bucket'\nwhere = { N = 1 }\ncount = 1", true),
            ("type = 'AWS::SNS::Topic'\ncount = 0", true),
            ("type = 'AWS::S3::Bucket'\ncount = 0", false),
            ("type = 'AWS::S3::Bucket'\nmin_count = 2", true),
            ("type = 'AWS::S3::Bucket'\nmin_count = 3", false),
            ("type = 'AWS::S3::Bucket'\nmax_count = 2", true),
            ("type = 'AWS::S3::Bucket'\nmax_count = 1", false),
            ("type = 'AWS::S3::Bucket'\ncount = 2\npath = 'N'\nequals = 2", true),
            ("type = 'AWS::S3::Bucket'\ncount = 2\npath = 'N'\nequals = 3", false),
            ("type = 'AWS::S3::Bucket'\ncount = 3\npath = 'N'\nequals = 2", false),
        ],
    );
}

#[test]
fn subset_is_structural() {
    let one = json!({ "B": resource(BUCKET, json!({
        "Rules": [
            { "Name": "a", "Statement": { "Managed": { "Vendor": "AWS", "Name": "SQLi" } } },
            { "Name": "b", "Limit": "2000" },
        ],
        "Input": "{\"ports\":\"80,443\"}",
        "Events": { "source": "aws.ecs" },
        "Statement": [
            { "Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "*" },
            { "Effect": "Deny", "Action": "s3:DeleteObjectVersion",
              "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": false } } },
        ],
    })) });
    check(
        &one,
        &[
            (
                "type = 'AWS::S3::Bucket'\npath = 'Rules[*]'\nsubset = { Statement = { Managed = { Name = 'SQLi' } } }",
                true,
            ),
            (
                "type = 'AWS::S3::Bucket'\npath = 'Rules[*]'\nsubset = { Name = 'b', Statement = { Managed = { Name = 'SQLi' } } }",
                false,
            ),
            ("type = 'AWS::S3::Bucket'\npath = 'Rules'\nsubset = { Limit = 2000 }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Rules'\nsubset = { Limit = 2001 }", false),
            ("type = 'AWS::S3::Bucket'\npath = 'Input'\nsubset = { ports = '80,443' }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Events'\nsubset = { source = ['aws.ecs'] }", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Events'\nsubset = { source = ['aws.ecs', 'aws.rds'] }", false),
            (
                "type = 'AWS::S3::Bucket'\npath = 'Statement[*]'\nsubset = { Effect = 'Allow', Action = ['s3:GetObject'] }",
                true,
            ),
            (
                "type = 'AWS::S3::Bucket'\npath = 'Statement[*]'\nsubset = { Effect = 'Allow', Action = ['s3:DeleteObject'] }",
                false,
            ),
            (
                "type = 'AWS::S3::Bucket'\npath = 'Statement[*]'\nsubset = { Effect = 'Deny', Action = ['s3:DeleteObjectVersion'], Condition = { BoolIfExists = { 'aws:MultiFactorAuthPresent' = 'false' } } }",
                true,
            ),
            (
                "type = 'AWS::S3::Bucket'\npath = 'Statement[*]'\nnot_subset = { Action = ['s3:PutObject'], Resource = '*' }",
                false,
            ),
            (
                "type = 'AWS::S3::Bucket'\npath = 'Statement[*]'\nnot_subset = { Action = ['s3:PutBucketPolicy'], Resource = '*' }",
                true,
            ),
        ],
    );
}

#[test]
fn references_lead_by_intrinsic_or_name() {
    let resources = json!({
        "Key": resource("AWS::KMS::Key", json!({ "Description": "k" })),
        "Topic": resource("AWS::SNS::Topic", json!({ "TopicName": "shop-ops" })),
        "ByRef": resource(BUCKET, json!({ "K": "ref", "Key": { "Ref": "Key" } })),
        "ByAttribute": resource(BUCKET, json!({ "K": "att", "Key": { "Fn::GetAtt": ["Key", "Arn"] } })),
        "ByName": resource(BUCKET, json!({ "K": "name", "Topic": ["arn:aws:sns:us-east-1:111122223333:shop-ops"] })),
        "Elsewhere": resource(BUCKET, json!({ "K": "far", "Topic": "arn:aws:sns:eu-west-1:111122223333:shop-ops" })),
        "OtherService": resource(BUCKET, json!({ "K": "sqs", "Topic": "arn:aws:sqs:us-east-1:111122223333:shop-ops" })),
        "Loose": resource(BUCKET, json!({ "K": "none", "Key": "text" })),
    });
    let row = |which: &str, rest: &str| format!("type = 'AWS::S3::Bucket'\nwhere = {{ K = '{which}' }}\n{rest}");
    let key = "path = 'Key'\nref = 'AWS::KMS::Key'";
    let topic = "path = 'Topic'\nref = 'AWS::SNS::Topic'";
    let rows = [
        (row("ref", key), true),
        (row("att", key), true),
        (row("none", key), false),
        (row("name", topic), true),
        (row("far", topic), false),
        (row("sqs", topic), false),
        (row("ref", "path = 'Key'\nref = 'AWS::KMS::ReplicaKey'"), false),
        (row("ref", "path = 'Key'\nref = 'AWS::KMS::ReplicaKey'\nref_alt = 'AWS::KMS::Key'"), true),
        (
            row("ref", "path = 'Key'\nref = 'AWS::KMS::ReplicaKey'\nref_alt = ['AWS::SNS::Topic', 'AWS::KMS::Key']"),
            true,
        ),
        (row("ref", "path = 'Key'\nref = 'AWS::KMS::ReplicaKey'\nref_alt = ['AWS::SNS::Topic']"), false),
        (row("ref", &format!("{key}\nref_where = {{ Description = 'k' }}")), true),
        (row("ref", &format!("{key}\nref_where = {{ Description = 'z' }}")), false),
        (row("name", &format!("{topic}\nref_where_contains = {{ TopicName = 'ops' }}")), true),
        (row("name", &format!("{topic}\nref_where_contains = {{ TopicName = 'billing' }}")), false),
        (row("name", &format!("{topic}\nref_where = {{ '@region' = 'us-west-2' }}")), false),
    ];
    for (row, expected) in &rows {
        check(&resources, &[(row, *expected)]);
    }
}

#[test]
fn an_unbound_parameter_is_an_alternative() {
    let template = json!({
        "Parameters": { "Group": { "Type": "String" } },
        "Resources": { "R": resource("AWS::ElastiCache::ReplicationGroup", json!({ "GlobalReplicationGroupId": { "Ref": "Group" } })) },
    });
    let row = "type = 'AWS::ElastiCache::ReplicationGroup'\npath = 'GlobalReplicationGroupId'\nref = 'AWS::ElastiCache::GlobalReplicationGroup'";
    let stacks = [("App", "us-east-1", template)];
    assert!(!holds_in(row, &stacks));
    assert!(holds_in(&format!("{row}\nref_alt = 'Parameter'"), &stacks));
}

#[test]
fn mirrors_compares_two_regions() {
    let site = |prefix: &str, port: u32| {
        json!({ "Resources": {
            "Balancer": resource("AWS::ElasticLoadBalancingV2::LoadBalancer", json!({ "SecurityGroups": [{ "Ref": "Open" }] })),
            "Open": resource("AWS::EC2::SecurityGroup", json!({ "GroupName": format!("{prefix}-alb") })),
            "Tasks": resource("AWS::EC2::SecurityGroup", json!({
                "GroupName": format!("{prefix}-ecs"),
                "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": port, "ToPort": port,
                    "SourceSecurityGroupId": { "Ref": "Open" } }],
            })),
        } })
    };
    let row = "type = 'AWS::EC2::SecurityGroup'\nwhere = { '@region' = 'us-west-2' }\nwhere_contains = { GroupName = 'ecs' }\npath = '@ingress'\nmirrors = { region = 'us-east-1', where_contains = { GroupName = 'ecs' } }";
    let sites = |port| [("P", "us-east-1", site("shop-prod", 8080)), ("D", "us-west-2", site("shop-dr", port))];
    assert!(holds_in(row, &sites(8080)));
    assert!(!holds_in(row, &sites(9090)));
    let nothing = row.replace("us-east-1', where", "eu-west-1', where");
    assert!(!holds_in(&nothing, &sites(8080)));
}
