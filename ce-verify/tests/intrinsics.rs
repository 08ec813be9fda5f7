//! Intrinsic functions: what they come to, and where the result leads.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use std::fs;

use ce_verify::{Assemblies, Assembly, Outcome, Scope, judge};
use serde_json::{Value, json};
use support::{check, counts, facts, folder, holds_in, outcome, resource, write};

/// A topic whose name is a value; a row asks what that value comes to.
fn comes_to(template: &Value, value: Value, expected: &str) -> bool {
    let mut template = template.clone();
    template["Resources"]["Probe"] = resource("AWS::Probe::Probe", json!({ "V": value }));
    let row = format!("type = 'AWS::Probe::Probe'\npath = 'V'\nequals = '{expected}'");
    holds_in(&row, &[("App", "us-east-1", template)])
}

fn template() -> Value {
    json!({
        "Parameters": {
            "Size": { "Type": "String", "Default": "large" },
            "Zones": { "Type": "CommaDelimitedList", "Default": "x, y" },
            "Open": { "Type": "String" },
        },
        "Mappings": { "Sizes": { "large": { "cpu": "2048" } } },
        "Conditions": {
            "Large": { "Fn::Equals": [{ "Ref": "Size" }, "large"] },
            "Small": { "Fn::Not": [{ "Condition": "Large" }] },
            "Both": { "Fn::And": [{ "Condition": "Large" }, { "Condition": "Small" }] },
            "Either": { "Fn::Or": [{ "Condition": "Large" }, { "Condition": "Small" }] },
            "Circle": { "Condition": "Circle" },
        },
        "Resources": {
            "Named": resource("AWS::SNS::Topic", json!({ "TopicName": { "Fn::Sub": "shop-${Size}" } })),
            "Vpc": resource("AWS::EC2::VPC", json!({ "CidrBlock": "10.0.0.0/16" })),
            "Database": resource("AWS::RDS::DBInstance", json!({ "Engine": "postgres" })),
            "Moved": resource("AWS::RDS::DBCluster", json!({ "Engine": "aurora-postgresql", "Port": 6432 })),
        },
    })
}

#[test]
fn functions_come_to_text() {
    let rows = [
        (json!({ "Ref": "AWS::Region" }), "us-east-1"),
        (json!({ "Ref": "AWS::AccountId" }), "111122223333"),
        (json!({ "Ref": "AWS::Partition" }), "aws"),
        (json!({ "Ref": "AWS::StackName" }), "App"),
        (json!({ "Ref": "AWS::URLSuffix" }), "amazonaws.com"),
        (json!({ "Ref": "Size" }), "large"),
        (json!({ "Ref": "Named" }), "shop-large"),
        (json!({ "Fn::GetAtt": ["Named", "TopicName"] }), "shop-large"),
        (json!({ "Fn::GetAtt": "Vpc.CidrBlock" }), "10.0.0.0/16"),
        (json!({ "Fn::GetAtt": ["Database", "Endpoint.Port"] }), "5432"),
        (json!({ "Fn::GetAtt": ["Moved", "Endpoint.Port"] }), "6432"),
        (json!({ "Fn::Sub": "a-${Size}-${!Kept}-${AWS::Region}" }), "a-large-${Kept}-us-east-1"),
        (json!({ "Fn::Sub": ["${Own}/${Named}", { "Own": { "Ref": "Size" } }] }), "large/shop-large"),
        (json!({ "Fn::Join": ["-", ["a", { "Ref": "Size" }, 3]] }), "a-large-3"),
        (json!({ "Fn::Select": [1, { "Fn::Split": ["-", "a-b-c"] }] }), "b"),
        (json!({ "Fn::Select": ["0", { "Ref": "Zones" }] }), "x"),
        (json!({ "Fn::Select": ["1", { "Ref": "Zones" }] }), "y"),
        (json!({ "Fn::Select": [1, { "Fn::GetAZs": "" }] }), "us-east-1b"),
        (json!({ "Fn::Select": [2, { "Fn::GetAZs": { "Ref": "AWS::Region" } }] }), "us-east-1c"),
        (json!({ "Fn::Select": [1, { "Fn::Cidr": [{ "Fn::GetAtt": ["Vpc", "CidrBlock"] }, 3, 8] }] }), "10.0.1.0/24"),
        (json!({ "Fn::FindInMap": ["Sizes", { "Ref": "Size" }, "cpu"] }), "2048"),
        (json!({ "Fn::FindInMap": ["Sizes", "none", "cpu", { "DefaultValue": "256" }] }), "256"),
        (json!({ "Fn::If": ["Large", "yes", "no"] }), "yes"),
        (json!({ "Fn::If": ["Small", "yes", "no"] }), "no"),
        (json!({ "Fn::If": ["Both", "yes", "no"] }), "no"),
        (json!({ "Fn::If": ["Either", "yes", "no"] }), "yes"),
        (json!({ "Fn::If": ["Circle", "yes", "no"] }), "no"),
        (json!({ "Fn::Base64": { "Fn::Sub": "run ${Size}" } }), "run large"),
        (json!({ "Fn::Length": [1, 2, 3] }), "3"),
        (
            json!("{{resolve:secretsmanager:db:SecretString:password}}"),
            "{{resolve:secretsmanager:db:SecretString:password}}",
        ),
    ];
    for (value, expected) in rows {
        assert!(comes_to(&template(), value.clone(), expected), "{value}");
        assert!(!comes_to(&template(), value.clone(), "something else"), "{value}");
    }
}

#[test]
fn no_value_leaves_nothing_behind() {
    let mut with = template();
    with["Resources"]["R"] = resource(
        "AWS::S3::Bucket",
        json!({
            "Gone": { "Fn::If": ["Small", "x", { "Ref": "AWS::NoValue" }] },
            "List": ["a", { "Ref": "AWS::NoValue" }],
        }),
    );
    let stacks = [("App", "us-east-1", with)];
    assert!(holds_in("type = 'AWS::S3::Bucket'\npath = 'Gone'\nexists = false", &stacks));
    assert!(holds_in("type = 'AWS::S3::Bucket'\npath = 'List'\nlength = 1", &stacks));
}

#[test]
fn resources_with_a_false_condition_are_not_there() {
    let mut with = template();
    with["Resources"]["On"] = json!({ "Type": "AWS::S3::Bucket", "Condition": "Large" });
    with["Resources"]["Off"] = json!({ "Type": "AWS::S3::Bucket", "Condition": "Small" });
    assert!(holds_in("type = 'AWS::S3::Bucket'\ncount = 1", &[("App", "us-east-1", with)]));
}

/// A network that hands out its subnets as one text, and a stack that takes them apart again.
fn exported(output: &Value, taken: &Value) -> [(&'static str, &'static str, Value); 2] {
    let network = json!({
        "Resources": {
            "SubnetA": resource("AWS::EC2::Subnet", json!({})),
            "SubnetB": resource("AWS::EC2::Subnet", json!({})),
            "Vpc": resource("AWS::EC2::VPC", json!({})),
        },
        "Outputs": { "All": output },
    });
    let app = json!({ "Resources": { "R": resource("AWS::ECS::Service", json!({ "Subnets": taken })) } });
    [("Network", "us-east-1", network), ("Service", "us-east-1", app)]
}

#[test]
fn lists_travel_between_stacks() {
    let joined = json!({ "Fn::Join": [",", [{ "Ref": "SubnetA" }, { "Fn::GetAtt": ["SubnetB", "SubnetId"] }]] });
    let output = json!({ "Value": joined, "Export": { "Name": { "Fn::Sub": "${AWS::StackName}-subnets" } } });
    let import = json!({ "Fn::Split": [",", { "Fn::ImportValue": "Network-subnets" }] });
    let get = json!({ "Fn::Split": [",", { "Fn::GetStackOutput": { "StackName": "Network", "OutputName": "All" } }] });
    let first = json!([{ "Fn::Select": [0, import] }]);
    for taken in [&import, &get] {
        let stacks = exported(&output, taken);
        let row = |path: &str, rest: &str| format!("type = 'AWS::ECS::Service'\npath = '{path}'\n{rest}");
        assert!(holds_in(&row("Subnets", "length = 2"), &stacks));
        assert!(holds_in(&row("Subnets[0]", "ref = 'AWS::EC2::Subnet'"), &stacks));
        assert!(holds_in(&row("Subnets[1]", "ref = 'AWS::EC2::Subnet'"), &stacks));
        assert!(!holds_in(&row("Subnets", "ref = 'AWS::EC2::VPC'"), &stacks));
    }
    assert!(holds_in(
        "type = 'AWS::ECS::Service'\npath = 'Subnets'\nlength = 1\nref = 'AWS::EC2::Subnet'",
        &exported(&output, &first)
    ));
    let wrong = json!({ "Fn::Split": [",", { "Fn::ImportValue": "Network-other" }] });
    assert!(!holds_in(
        "type = 'AWS::ECS::Service'\npath = 'Subnets'\nref = 'AWS::EC2::Subnet'",
        &exported(&output, &wrong)
    ));
}

#[test]
fn outputs_are_read_across_regions() {
    let key = json!({
        "Resources": { "Key": resource("AWS::KMS::Key", json!({})) },
        "Outputs": { "Arn": { "Value": { "Fn::GetAtt": ["Key", "Arn"] }, "Export": { "Name": "key" } } },
    });
    let user = |value: Value| json!({ "Resources": { "R": resource("AWS::KMS::ReplicaKey", json!({ "PrimaryKeyArn": value })) } });
    let row = "type = 'AWS::KMS::ReplicaKey'\npath = 'PrimaryKeyArn'\nref = 'AWS::KMS::Key'";
    let get = |region: &str| json!({ "Fn::GetStackOutput": { "StackName": "Keys", "OutputName": "Arn", "Region": region, "RoleArn": "r" } });
    let stacks = |value| [("Keys", "us-east-1", key.clone()), ("Standby", "us-west-2", user(value))];
    assert!(holds_in(row, &stacks(get("us-east-1"))));
    assert!(!holds_in(row, &stacks(get("eu-west-1"))));
    // Exports stay in their Region.
    assert!(!holds_in(row, &stacks(json!({ "Fn::ImportValue": "key" }))));
}

#[test]
fn a_cdk_export_across_regions_leads_home() {
    let writer = json!({ "Resources": {
        "Key": resource("AWS::KMS::Key", json!({})),
        "Writer": resource("Custom::CrossRegionExportWriter", json!({ "WriterProps": { "exports": {
            "/cdk/exports/Standby/Key": { "Fn::GetAtt": ["Key", "Arn"] } } } })),
    } });
    let reader = json!({ "Resources": {
        "Reader": resource("Custom::CrossRegionExportReader", json!({})),
        "R": resource("AWS::KMS::ReplicaKey", json!({ "PrimaryKeyArn": { "Fn::GetAtt": ["Reader", "/cdk/exports/Standby/Key"] } })),
    } });
    let row = "type = 'AWS::KMS::ReplicaKey'\npath = 'PrimaryKeyArn'\nref = 'AWS::KMS::Key'";
    assert!(holds_in(row, &[("Keys", "us-east-1", writer), ("Standby", "us-west-2", reader)]));
}

#[test]
fn arns_made_from_names_lead_to_the_resource() {
    let resources = json!({
        "Bucket": resource("AWS::S3::Bucket", json!({ "BucketName": "shop-uploads" })),
        "Unnamed": resource("AWS::S3::Bucket", json!({})),
        "Text": resource("AWS::Probe::Probe", json!({ "K": "text", "V": { "Fn::Sub": "arn:${AWS::Partition}:s3:::shop-uploads/*" } })),
        "Made": resource("AWS::Probe::Probe", json!({ "K": "made", "V": { "Fn::Join": ["", [{ "Fn::GetAtt": ["Unnamed", "Arn"] }, "/*"]] } })),
        "Part": resource("AWS::Probe::Probe", json!({ "K": "part", "V": { "Fn::Select": [5, { "Fn::Split": [":", { "Fn::GetAtt": ["Unnamed", "Arn"] }] }] } })),
        "Other": resource("AWS::Probe::Probe", json!({ "K": "other", "V": "arn:aws:s3:::shop-uploads-archive/*" })),
        "Before": resource("AWS::Probe::Probe", json!({ "K": "before", "V": "arn:aws:s3:::old-shop-uploads/*" })),
    });
    let row = |which: &str| {
        format!("type = 'AWS::Probe::Probe'\nwhere = {{ K = '{which}' }}\npath = 'V'\nref = 'AWS::S3::Bucket'")
    };
    for (which, expected) in [("text", true), ("made", true), ("part", true), ("other", false), ("before", false)] {
        check(&resources, &[(&row(which), expected)]);
    }
    let arn = "type = 'AWS::Probe::Probe'\nwhere = { K = 'text' }\npath = 'V'\nequals = 'arn:aws:s3:::shop-uploads/*'";
    check(&resources, &[(arn, true)]);
}

#[test]
fn stand_ins_lead_to_what_they_stand_for() {
    let resources = json!({
        "Secret": resource("AWS::SecretsManager::Secret", json!({ "Name": "shop/db" })),
        "Attached": resource("AWS::SecretsManager::SecretTargetAttachment", json!({ "SecretId": { "Ref": "Secret" } })),
        "Task": resource("AWS::ECS::TaskDefinition", json!({ "From": { "Fn::Join": ["", [{ "Ref": "Attached" }, ":url::"]] } })),
        "Alias": resource("AWS::KMS::Alias", json!({ "AliasName": "alias/shop", "TargetKeyId": { "Ref": "Key" } })),
        "Key": resource("AWS::KMS::Key", json!({})),
        "Bucket": resource("AWS::S3::Bucket", json!({ "Key": { "Ref": "Alias" } })),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::ECS::TaskDefinition'\npath = 'From'\nref = 'AWS::SecretsManager::Secret'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Key'\nref = 'AWS::KMS::Key'", true),
            ("type = 'AWS::S3::Bucket'\npath = 'Key'\nref = 'AWS::SecretsManager::Secret'", false),
        ],
    );
}

#[test]
fn text_that_holds_json_keeps_what_it_leads_to() {
    let resources = json!({
        "Cluster": resource("AWS::ECS::Cluster", json!({})),
        "Board": resource("AWS::CloudWatch::Dashboard", json!({
            "Body": { "Fn::Sub": "{\"widgets\":[{\"metric\":\"CPU\",\"cluster\":\"${Cluster}\"}]}" },
            "Made": { "Fn::ToJsonString": { "cluster": { "Ref": "Cluster" } } },
        })),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::CloudWatch::Dashboard'\npath = 'Body.widgets[*].metric'\nequals = 'CPU'", true),
            ("type = 'AWS::CloudWatch::Dashboard'\npath = 'Body.widgets[*].cluster'\nref = 'AWS::ECS::Cluster'", true),
            ("type = 'AWS::CloudWatch::Dashboard'\npath = 'Body.widgets[*].metric'\nref = 'AWS::ECS::Cluster'", false),
            ("type = 'AWS::CloudWatch::Dashboard'\npath = 'Made.cluster'\nref = 'AWS::ECS::Cluster'", true),
        ],
    );
}

#[test]
fn parameters_take_what_the_manifest_gives() {
    let template = json!({
        "Parameters": { "Tier": { "Type": "String", "Default": "small" } },
        "Resources": { "R": resource("AWS::S3::Bucket", json!({ "T": { "Ref": "Tier" } })) },
    });
    let path = write(&[("App", "us-east-1", template)], &json!({ "parameters": { "Tier": "big" } }));
    let facts = facts(&[("", &["type = 'AWS::S3::Bucket'\npath = 'T'\nequals = 'big'"])]);
    let read = Assembly::read(path).expect("the assembly reads");
    let report = judge(&facts, &Assemblies::new().with("prod", read), &Scope::default());
    assert_eq!(outcome(&report, 0), Outcome::Passed);
}

#[test]
fn nested_stacks_and_stages_are_read() {
    let root = folder();
    let stage = root.join("assembly-Stage");
    fs::create_dir_all(&stage).expect("a folder");
    let outer = json!({ "Resources": {
        "Key": resource("AWS::KMS::Key", json!({})),
        "Inner": { "Type": "AWS::CloudFormation::Stack", "Properties": { "Parameters": { "Key": { "Fn::GetAtt": ["Key", "Arn"] } } },
            "Metadata": { "aws:asset:path": "Inner.nested.template.json" } },
        "User": resource("AWS::S3::Bucket", json!({ "Topic": { "Fn::GetAtt": ["Inner", "Outputs.Topic"] } })),
    } });
    let inner = json!({
        "Parameters": { "Key": { "Type": "String" } },
        "Resources": { "Topic": resource("AWS::SNS::Topic", json!({ "KmsMasterKeyId": { "Ref": "Key" } })) },
        "Outputs": { "Topic": { "Value": { "Ref": "Topic" } } },
    });
    let manifest = json!({ "artifacts": { "Stage": { "type": "cdk:cloud-assembly", "properties": { "directoryName": "assembly-Stage" } } } });
    let staged = json!({ "artifacts": { "Outer": { "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
        "properties": { "templateFile": "Outer.template.json" } } } });
    for (path, text) in [
        (root.join("manifest.json"), &manifest),
        (stage.join("manifest.json"), &staged),
        (stage.join("Outer.template.json"), &outer),
        (stage.join("Inner.nested.template.json"), &inner),
    ] {
        fs::write(path, text.to_string()).expect("a file is written");
    }
    let facts = facts(&[
        ("", &["type = 'AWS::SNS::Topic'\npath = 'KmsMasterKeyId'\nref = 'AWS::KMS::Key'"]),
        ("", &["type = 'AWS::S3::Bucket'\npath = 'Topic'\nref = 'AWS::SNS::Topic'"]),
        ("", &["type = 'AWS::S3::Bucket'\npath = '@region'\nequals = 'us-east-1'"]),
    ]);
    let read = Assembly::read(root).expect("the assembly reads");
    let report = judge(&facts, &Assemblies::new().with("prod", read), &Scope::default());
    assert_eq!(counts(&report), (3, 0, 0), "{report}");
}

#[test]
fn what_only_cloudformation_knows_is_not_cut() {
    let resources = json!({
        "Database": resource("AWS::RDS::DBCluster", json!({})),
        "Probe": resource("AWS::Probe::Probe", json!({
            "Parts": { "Fn::Split": [".", { "Fn::GetAtt": ["Database", "Endpoint.Address"] }] },
            "Second": { "Fn::Select": [1, { "Fn::Split": [".", { "Fn::GetAtt": ["Database", "Endpoint.Address"] }] }] },
        })),
    });
    check(
        &resources,
        &[
            ("type = 'AWS::Probe::Probe'\npath = 'Parts'\nlength = 1", true),
            ("type = 'AWS::Probe::Probe'\npath = 'Second'\nref = 'AWS::RDS::DBCluster'", true),
            ("type = 'AWS::Probe::Probe'\npath = 'Second'\nref = 'AWS::RDS::DBInstance'", false),
        ],
    );
}

#[test]
fn of_two_equal_keys_the_last_stays() {
    let path = write(&[("App", "us-east-1", json!({}))], &json!({}));
    let text = r#"{"Resources":{"B":{"Type":"AWS::S3::Bucket","Properties":{"A":1,"A":2}}}}"#;
    fs::write(path.join("App.us-east-1.template.json"), text).expect("a template is written");
    let facts = facts(&[("", &["type = 'AWS::S3::Bucket'\npath = 'A'\nequals = 2"])]);
    let read = Assembly::read(path).expect("the assembly reads");
    let report = judge(&facts, &Assemblies::new().with("prod", read), &Scope::default());
    assert_eq!(outcome(&report, 0), Outcome::Passed);
}
