//! Bytes changed at random: templates and policies are judged or refused, never with a panic.

use std::collections::BTreeMap;

use ce_deploy::assembly::StackId;
use ce_deploy::difference::Difference;
use ce_deploy::risk::assess;
use ce_deploy::risk::policy::Policy;
use ce_deploy::template::{Template, Version};
use serde_json::json;

use crate::dice::Dice;

fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const SNIPPETS: [&str; 12] = [
        "null",
        "[]",
        "{}",
        "\"*\"",
        "-1",
        "1e99",
        "true",
        "\"${\"",
        ",",
        "{\"Ref\":\"A\"}",
        "{\"Fn::If\":[\"A\",1,2]}",
        "\"\\ud83d\\ude00\"",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(4) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.roll(bytes.len());
        match dice.roll(4) {
            0 => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            1 => drop(bytes.splice(at..at, SNIPPETS[dice.roll(SNIPPETS.len())].bytes())),
            2 => drop(bytes.drain(at..(at + dice.roll(20)).min(bytes.len()))),
            _ => replace_value(&mut bytes, at, SNIPPETS[dice.roll(SNIPPETS.len())]),
        }
    }
    bytes
}

/// Puts another value in the place of the next text: what comes out is JSON more often.
fn replace_value(bytes: &mut Vec<u8>, at: usize, by: &str) {
    let quote =
        |from: usize, bytes: &[u8]| bytes[from..].iter().position(|byte| *byte == b'"').map(|found| from + found);
    let Some(start) = quote(at, bytes) else { return };
    let Some(end) = quote(start + 1, bytes) else { return };
    drop(bytes.splice(start..=end, by.bytes()));
}

#[test]
fn mutated_templates_never_panic() {
    let template = json!({
        "Parameters": { "A": { "Type": "String", "Default": "x", "NoEcho": true } },
        "Conditions": { "A": { "Fn::Equals": [{ "Ref": "A" }, "x"] } },
        "Resources": {
            "Role": { "Type": "AWS::IAM::Role", "Properties": {
                "AssumeRolePolicyDocument": { "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "111111111111" }, "Action": "sts:AssumeRole" }] },
                "Policies": [{ "PolicyDocument": { "Statement": { "Effect": "Allow", "Action": ["s3:*"], "Resource": { "Fn::Sub": "${Bucket.Arn}/*" } } } }],
                "PermissionsBoundary": "b",
            } },
            "Bucket": { "Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "Condition": "A", "Properties": { "BucketName": { "Ref": "A" } } },
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "CidrIp": "10.0.0.0/8" }] } },
            "Entry": { "Type": "AWS::EC2::NetworkAclEntry", "Properties": { "RuleNumber": 1, "PortRange": { "From": 1 }, "CidrBlock": "::/0" } },
            "Nested": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": { "Fn::Join": ["", ["a", "b"]] } } },
            "Permission": { "Type": "AWS::Lambda::Permission", "Properties": { "Principal": "*", "SourceArn": "a" } },
        },
        "Outputs": { "O": { "Value": { "Fn::GetAtt": ["Bucket", "Arn"] }, "Export": { "Name": "e" } } },
    });
    let bytes = template.to_string().into_bytes();
    let original = Version::new(Template::parse(&template.to_string()).unwrap());
    let mut dice = Dice::new(5);
    let mut judged = 0;
    for _ in 0..2_000 {
        let text = String::from_utf8_lossy(&mutate(&bytes, &mut dice)).into_owned();
        let Ok(template) = Template::parse(&text) else { continue };
        let version = Version::new(template);
        for (before, after) in [(&original, &version), (&version, &original)] {
            let difference = Difference::between(Some(before), Some(after), &ce_cfn::SCHEMAS);
            assess(&StackId::new("S"), &BTreeMap::new(), &difference);
            let _ = (difference.text(), difference.markdown(), difference.json());
        }
        judged += 1;
    }
    assert!(judged > 200, "{judged} were still templates");
}

#[test]
fn mutated_policies_never_panic() {
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        { "Sid": "A", "Effect": "Allow", "Action": ["s3:Get*", "sqs:*"], "Resource": "arn:aws:s3:::${aws:username}/*", "Principal": { "AWS": ["*"] } },
        { "Effect": "Deny", "NotAction": "iam:?et", "NotResource": ["*"], "NotPrincipal": "*", "Condition": { "IpAddress": { "aws:SourceIp": ["10.0.0.0/8"] } } },
    ] });
    let bytes = policy.to_string().into_bytes();
    let original = Policy::parse(&bytes);
    let mut dice = Dice::new(6);
    for _ in 0..5_000 {
        let mutated = Policy::parse(&mutate(&bytes, &mut dice));
        original.gains_over(&mutated);
        mutated.gains_over(&original);
        assert!(mutated.gains_over(&mutated).is_empty());
    }
}

#[test]
fn policies_that_are_made_to_be_slow_are_not() {
    let star = "*a".repeat(1_500);
    let policy = |end: &str| {
        let actions: Vec<String> = (0..60).map(|index| format!("{star}{index}{end}")).collect();
        Policy::parse(
            json!({ "Statement": { "Effect": "Allow", "Action": actions, "Resource": "*" } }).to_string().as_bytes(),
        )
    };
    assert!(!policy("b").gains_over(&policy("c")).is_empty());
    let deep = format!("{}1{}", "{\"Statement\":".repeat(90), "}".repeat(90));
    assert!(!Policy::parse(deep.as_bytes()).gains_over(&Policy::default()).is_empty());
}
