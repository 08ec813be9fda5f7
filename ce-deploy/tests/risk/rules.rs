//! One change for each rule.

use ce_deploy::risk::{Consent, Risk, RiskClass};
use serde_json::{Value, json};

use crate::risks;

/// The one risk with a rule.
fn only(rule: &str, before: &Value, after: &Value) -> Risk {
    let found = risks(before, after);
    let mut with: Vec<&Risk> = found.iter().filter(|risk| risk.rule == rule).collect();
    assert_eq!(with.len(), 1, "{rule}: {found:?}");
    with.remove(0).clone()
}

fn thing(type_name: &str, properties: &Value) -> Value {
    json!({ "Thing": { "Type": type_name, "Properties": properties } })
}

/// A rule, a change that it finds, and what it says.
fn said(rule: &str, type_name: &str, before: &Value, after: &Value) -> String {
    only(rule, &thing(type_name, before), &thing(type_name, after)).what
}

fn statement(action: &str) -> Value {
    json!({ "Statement": [{ "Effect": "Allow", "Action": action, "Resource": "*", "Principal": { "AWS": "222222222222" } }] })
}

#[test]
fn a_risk_says_where_it_was_written_and_what_causes_it() {
    let table = |name: &str| thing("AWS::DynamoDB::Table", &json!({ "TableName": name }));
    let risk = only("data-replaced", &table("a"), &table("b"));
    assert_eq!((risk.class, risk.consent), (RiskClass::DataLoss, Consent::Replace));
    assert_eq!(risk.id(), "Shop.Thing");
    assert_eq!(risk.type_name, "AWS::DynamoDB::Table");
    assert_eq!(risk.origin.path, "Shop/Thing");
    assert_eq!(risk.origin.source.as_deref(), Some("src/shop.rs:12:5"));
    assert_eq!(risk.causes, ["`Thing.TableName` changes"]);
    assert_eq!(risk.what, "is replaced by an empty one, and its data is lost");
}

#[test]
fn iam() {
    let role = |action: &str| json!({ "Policies": [{ "PolicyDocument": { "Statement": { "Effect": "Allow", "Action": action, "Resource": "*" } } }] });
    assert_eq!(said("iam-statement", "AWS::IAM::Role", &role("s3:GetObject"), &role("s3:*")), "allows `s3:*`");
    let arns = |list: &[&str]| json!({ "ManagedPolicyArns": list });
    let what =
        said("managed-policy", "AWS::IAM::Role", &arns(&[]), &arns(&["arn:aws:iam::aws:policy/PowerUserAccess"]));
    assert_eq!(what, "is given `arn:aws:iam::aws:policy/PowerUserAccess`");
    let what = said("permissions-boundary", "AWS::IAM::Role", &json!({ "PermissionsBoundary": "b" }), &json!({}));
    assert_eq!(what, "loses its boundary `b`");
    let trust = |service: &str| json!({ "AssumeRolePolicyDocument": { "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": service } } } });
    let what = said("trust-policy", "AWS::IAM::Role", &trust("a.amazonaws.com"), &trust("b.amazonaws.com"));
    assert_eq!(what, "allows `sts:assumerole` to `Service:b.amazonaws.com`");
    let what = said("role-assignment", "AWS::Lambda::Function", &json!({ "Role": "a" }), &json!({ "Role": "b" }));
    assert_eq!(what, "works with `b` (`Role`)");
}

#[test]
fn resources() {
    let policy = |action: &str| json!({ "KeyPolicy": statement(action) });
    let what = said("resource-policy", "AWS::KMS::Key", &policy("kms:Decrypt"), &policy("kms:*"));
    assert_eq!(what, "allows `kms:*` to `AWS:222222222222:*`");
    let what = only("access-assignment", &json!({}), &thing("AWS::SSO::Assignment", &json!({})));
    assert_eq!((what.class, what.what.as_str()), (RiskClass::Broadening, "gives access"));
}

#[test]
fn networks() {
    let rule = |cidr: &str| json!({ "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": cidr }] });
    let what = said("security-group", "AWS::EC2::SecurityGroup", &rule("10.0.0.0/8"), &rule("0.0.0.0/0"));
    assert_eq!(what, "lets through tcp 22 from 0.0.0.0/0");
    let groups = |group: &str| json!({ "SecurityGroupIds": [group] });
    let what = said("security-group-attached", "AWS::Lambda::Function", &groups("sg-1"), &groups("sg-2"));
    assert_eq!(what, "is in the security group `sg-2`");
    let entry = |cidr: &str| json!({ "NetworkAclId": "a", "RuleNumber": 1, "Protocol": -1, "RuleAction": "allow", "CidrBlock": cidr });
    let what = said("network-acl", "AWS::EC2::NetworkAclEntry", &entry("10.0.0.0/8"), &entry("0.0.0.0/0"));
    assert_eq!(what, "lets through everything from 0.0.0.0/0");
    let route = |way: &str| json!({ "RouteTableId": "r", "DestinationCidrBlock": "0.0.0.0/0", way: "x" });
    let what = said("route", "AWS::EC2::Route", &route("NatGatewayId"), &route("GatewayId"));
    assert_eq!(what, "routes traffic through a gateway (`x`)");
}

#[test]
fn doors() {
    let url = |auth: &str| json!({ "AuthType": auth });
    let what = said("api-authorization", "AWS::Lambda::Url", &url("AWS_IAM"), &url("NONE"));
    assert_eq!(what, "lets in who does not say who they are (`AuthType`: NONE)");
    let database = |public: bool| json!({ "PubliclyAccessible": public });
    let what = said("public-endpoint", "AWS::RDS::DBInstance", &database(false), &database(true));
    assert_eq!(what, "can be reached from the internet (`PubliclyAccessible`: true)");
    let block = |on: bool| json!({ "PublicAccessBlockConfiguration": { "BlockPublicPolicy": on } });
    let what = said("public-access-block", "AWS::S3::Bucket", &block(true), &block(false));
    assert_eq!(
        what,
        "no longer blocks access by the public (`PublicAccessBlockConfiguration.BlockPublicPolicy`: false)"
    );
}

#[test]
fn safeguards() {
    let encrypted = |on: bool| json!({ "SSESpecification": { "SSEEnabled": on } });
    let table = "AWS::DynamoDB::Table";
    assert!(said("encryption", table, &encrypted(true), &encrypted(false)).starts_with("no longer encrypts"));
    let protected = |on: bool| json!({ "DeletionProtectionEnabled": on });
    assert!(said("deletion-protection", table, &protected(true), &protected(false)).starts_with("can be deleted"));
    let rotates = |on: bool| json!({ "EnableKeyRotation": on });
    assert!(said("safeguard", "AWS::KMS::Key", &rotates(true), &rotates(false)).starts_with("no longer rotates"));
    let days = |days: u32| json!({ "RetentionInDays": days });
    let what = said("log-retention", "AWS::Logs::LogGroup", &days(30), &days(7));
    assert_eq!(what, "is kept for a shorter time (`RetentionInDays`)");
    let backups = |days: u32| json!({ "BackupRetentionPeriod": days });
    let what = said("backup", "AWS::RDS::DBCluster", &backups(30), &backups(7));
    assert_eq!(what, "keeps backups for a shorter time (`BackupRetentionPeriod`)");
    let risk = only("guard-removed", &thing("AWS::CloudTrail::Trail", &json!({})), &json!({}));
    assert_eq!((risk.class, risk.consent), (RiskClass::Weakening, Consent::Class));
}

#[test]
fn data() {
    let removed = only("data-removed", &thing("AWS::DynamoDB::Table", &json!({})), &json!({}));
    assert_eq!((removed.class, removed.consent), (RiskClass::DataLoss, Consent::Destroy));
    let kept = |policy: &str| json!({ "Thing": { "Type": "AWS::S3::Bucket", "DeletionPolicy": policy } });
    let lost = only("retention-lost", &kept("Retain"), &kept("Delete"));
    assert_eq!((lost.consent, lost.what.as_str()), (Consent::Destroy, "is kept less: `DeletionPolicy` was Retain"));
}

#[test]
fn what_is_only_away_for_a_while_is_said_and_not_asked() {
    let subnet = |cidr: &str| thing("AWS::EC2::Subnet", &json!({ "CidrBlock": cidr }));
    let replaced = only("replacement", &subnet("10.0.0.0/24"), &subnet("10.0.1.0/24"));
    assert_eq!((replaced.class, replaced.consent), (RiskClass::Interruption, Consent::None));
    let size = |size: &str| thing("AWS::RDS::DBInstance", &json!({ "DBInstanceClass": size }));
    let stands = only("interruption", &size("a"), &size("b"));
    assert_eq!(stands.what, "stands still while it is changed");
    let queue = |fifo: bool| thing("AWS::SQS::Queue", &json!({ "QueueName": "q", "FifoQueue": fifo }));
    let blocked = only("blocked", &queue(false), &queue(true));
    assert!(blocked.causes[0].contains("same `QueueName`"), "{:?}", blocked.causes);
}

#[test]
fn what_cannot_be_seen_is_asked_about() {
    let stack = thing("AWS::CloudFormation::Stack", &json!({ "TemplateURL": "https://x/y" }));
    assert_eq!(only("unseen", &json!({}), &stack).class, RiskClass::Broadening);
}

#[test]
fn texts_of_a_template_cannot_turn_a_terminal_round() {
    let role = |arn: &str| thing("AWS::IAM::Role", &json!({ "ManagedPolicyArns": [arn] }));
    let risk = only("managed-policy", &thing("AWS::IAM::Role", &json!({})), &role("arn:\u{1b}[2J\u{202e}x\n::error::"));
    assert!(!risk.what.chars().any(|letter| letter.is_control() || letter == '\u{202e}'), "{:?}", risk.what);
}

#[test]
fn the_same_change_gives_the_same_risks_in_the_same_order() {
    let after = json!({ "A": { "Type": "AWS::EC2::EIP" }, "B": { "Type": "AWS::SSO::Assignment" }, "C": { "Type": "AWS::EC2::EIP" } });
    let found = risks(&json!({ "D": { "Type": "AWS::S3::Bucket" } }), &after);
    assert_eq!(found, risks(&json!({ "D": { "Type": "AWS::S3::Bucket" } }), &after));
    let classes: Vec<RiskClass> = found.iter().map(|risk| risk.class).collect();
    assert!(classes.is_sorted(), "the worst first: {classes:?}");
}
