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
