//! Small assemblies.

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::ran::Desk;

/// An assembly of one stack, `Shop`, with this template.
pub(crate) fn shop(desk: &Desk, template: &Value) -> PathBuf {
    stacks(desk, &[("Shop", template.clone())])
}

/// An assembly of these stacks, each with its template.
pub(crate) fn stacks(desk: &Desk, templates: &[(&str, Value)]) -> PathBuf {
    let folder = desk.folder.join("out");
    fs::create_dir_all(&folder).expect("a folder");
    let mut artifacts = Map::new();
    for (id, template) in templates {
        let file = format!("{id}.template.json");
        fs::write(folder.join(&file), template.to_string()).expect("a file");
        artifacts.insert(
            (*id).to_owned(),
            json!({
                "type": "aws:cloudformation:stack",
                "environment": "aws://111111111111/eu-west-1",
                "properties": { "templateFile": file, "stackName": id.to_lowercase() },
            }),
        );
    }
    let manifest = json!({ "version": "36.0.0", "artifacts": artifacts });
    fs::write(folder.join("manifest.json"), manifest.to_string()).expect("a file");
    folder
}

/// A queue with a fixed name.
pub(crate) fn queue(name: &str) -> Value {
    json!({ "Resources": { "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": name } } } })
}

/// A role that may do everything.
pub(crate) fn admin() -> Value {
    let statement = |fields: Value| json!({ "Version": "2012-10-17", "Statement": [fields] });
    json!({ "Resources": { "Admin": { "Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": statement(json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "ec2.amazonaws.com" } })),
        "Policies": [{ "PolicyName": "all", "PolicyDocument": statement(json!({ "Effect": "Allow", "Action": "*", "Resource": "*" })) }],
    } } } })
}

/// An assembly of two stacks in two regions: `Shop` has a parameter without a value, an asset that is not there, and
/// needs `Network`. Both places are to be bootstrapped under a qualifier of their own.
pub(crate) fn network_and_shop(desk: &Desk) -> PathBuf {
    let folder = desk.folder.join("out");
    let stack = |id: &str, region: &str, needs: &[&str]| {
        json!({
            "type": "aws:cloudformation:stack",
            "environment": format!("aws://111111111111/{region}"),
            "properties": {
                "templateFile": format!("{id}.template.json"), "stackName": id.to_lowercase(),
                "requiresBootstrapStackVersion": 6,
                "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/other/version",
            },
            "dependencies": needs,
        })
    };
    let files = json!({ "version": "36.0.0", "dockerImages": {}, "files": { "abc": {
        "source": { "path": "asset.abc.zip", "packaging": "file" },
        "destinations": { "here": { "bucketName": "assets", "objectKey": "abc.zip" } },
    }}});
    let manifest = json!({ "version": "36.0.0", "artifacts": {
        "Network": stack("Network", "eu-west-1", &[]),
        "Shop": stack("Shop", "us-east-1", &["Network", "Shop.assets"]),
        "Shop.assets": { "type": "cdk:asset-manifest", "properties": { "file": "Shop.assets.json" } },
    }});
    let network =
        json!({ "Resources": { "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } } } });
    let shop = json!({
        "Parameters": { "Mail": { "Type": "String", "AllowedPattern": "^[^@]+@[^@]+$" } },
        "Resources": {
            "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
            "Odd": { "Type": "Vendor::Unheard::Of", "Properties": { "For": { "Ref": "Mail" } } },
        },
    });
    fs::create_dir_all(&folder).expect("a folder");
    let texts = [
        ("manifest.json", manifest),
        ("Shop.assets.json", files),
        ("Network.template.json", network),
        ("Shop.template.json", shop),
    ];
    for (name, value) in texts {
        fs::write(folder.join(name), value.to_string()).expect("a file");
    }
    folder
}
