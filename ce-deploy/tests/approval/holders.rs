//! Policies wherever they are written: of principals, of resources, and who may take on a role.

use ce_deploy::risk::RiskClass::Broadening;
use serde_json::{Value, json};

use crate::case::{Case, Truth};
use crate::dice::Dice;
use crate::documents::{Widening, rewritings, widenings};

fn document(statements: &Value) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn role() -> Value {
    let trust = document(
        &json!([{ "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }]),
    );
    json!({ "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": trust } })
}

/// Ways to give a role a policy.
const PRINCIPALS: [&str; 6] =
    ["inline", "policy", "role policy", "managed policy", "named managed policy", "permission set"];

/// The resources that give a principal these statements.
fn principal(kind: &str, statements: &Value) -> Value {
    let document = document(statements);
    let mut role = role();
    match kind {
        "inline" => {
            role["Properties"]["Policies"] = json!([{ "PolicyName": "p", "PolicyDocument": document }]);
            json!({ "Role": role })
        }
        "policy" => json!({
            "Role": role,
            "Policy": { "Type": "AWS::IAM::Policy", "Properties": { "PolicyName": "p", "PolicyDocument": document, "Roles": [{ "Ref": "Role" }] } },
        }),
        "role policy" => json!({
            "Role": role,
            "Policy": { "Type": "AWS::IAM::RolePolicy", "Properties": { "PolicyName": "p", "PolicyDocument": document, "RoleName": { "Ref": "Role" } } },
        }),
        "managed policy" => json!({
            "Role": role,
            "Policy": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": document, "Roles": [{ "Ref": "Role" }] } },
        }),
        "named managed policy" => {
            role["Properties"]["ManagedPolicyArns"] = json!([{ "Ref": "Policy" }]);
            json!({ "Role": role, "Policy": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": document } } })
        }
        _ => {
            json!({ "Set": { "Type": "AWS::SSO::PermissionSet", "Properties": { "Name": "s", "InstanceArn": "i", "InlinePolicy": document } } })
        }
    }
}

/// Types of resources that have a policy, and the property that holds it.
const RESOURCES: [(&str, &str); 13] = [
    ("AWS::S3::BucketPolicy", "PolicyDocument"),
    ("AWS::SQS::QueuePolicy", "PolicyDocument"),
    ("AWS::SNS::TopicPolicy", "PolicyDocument"),
    ("AWS::KMS::Key", "KeyPolicy"),
    ("AWS::ECR::Repository", "RepositoryPolicyText"),
    ("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy"),
    ("AWS::Backup::BackupVault", "AccessPolicy"),
    ("AWS::OpenSearchService::Domain", "AccessPolicies"),
    ("AWS::EFS::FileSystem", "FileSystemPolicy"),
    ("AWS::Logs::ResourcePolicy", "PolicyDocument"),
    ("AWS::Events::EventBusPolicy", "Statement"),
    ("AWS::EC2::VPCEndpoint", "PolicyDocument"),
    ("Vendor::Unknown::Store", "Policy"),
];

/// A resource of a type with these statements.
fn resource((type_name, property): (&str, &str), statements: &Value) -> Value {
    let policy = match type_name {
        // Its policy is a text.
        "AWS::Logs::ResourcePolicy" => json!(document(statements).to_string()),
        "AWS::Events::EventBusPolicy" => statements.get(0).unwrap_or(statements).clone(),
        _ => document(statements),
    };
    let mut properties = json!({ property: policy });
    let attached = [("AWS::S3::BucketPolicy", "Bucket"), ("AWS::SecretsManager::ResourcePolicy", "SecretId")];
    if let Some((_, name)) = attached.iter().find(|(name, _)| *name == type_name) {
        properties[*name] = json!("kept");
    }
    json!({ "Holder": { "Type": type_name, "Properties": properties } })
}

/// Ways to let more principals in.
fn openings() -> Vec<Widening> {
    let allow = |principal: Value, condition: Value| {
        let mut statement = json!({ "Effect": "Allow", "Action": "x:Read", "Resource": "*", "Principal": principal });
        if !condition.is_null() {
            statement["Condition"] = condition;
        }
        json!([statement])
    };
    let role = json!({ "AWS": "arn:aws:iam::222222222222:role/reader" });
    let account = json!({ "AWS": "222222222222" });
    let organization = json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } });
    let open = |name, narrow, wide| Widening { name, narrow, wide };
    let deny = json!({ "Effect": "Deny", "Action": "x:*", "Resource": "*", "Principal": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } });
    let mine = allow(role.clone(), Value::Null);
    let denied = json!([mine[0], deny]);
    let mut opened = vec![
        open(
            "another role",
            mine.clone(),
            allow(
                json!({ "AWS": ["arn:aws:iam::222222222222:role/reader", "arn:aws:iam::333333333333:role/writer"] }),
                Value::Null,
            ),
        ),
        open("the whole account", mine.clone(), allow(account.clone(), Value::Null)),
        open("everybody", mine.clone(), allow(json!("*"), Value::Null)),
        open("everybody of aws", mine.clone(), allow(json!({ "AWS": "*" }), Value::Null)),
        open(
            "a service",
            mine.clone(),
            allow(json!({ "AWS": role["AWS"], "Service": "events.amazonaws.com" }), Value::Null),
        ),
        open(
            "everybody but one",
            mine.clone(),
            json!([{ "Effect": "Allow", "Action": "x:Read", "Resource": "*", "NotPrincipal": { "AWS": "444444444444" } }]),
        ),
        open("no organization", allow(json!("*"), organization.clone()), allow(json!("*"), Value::Null)),
        open(
            "another organization",
            allow(json!("*"), organization),
            allow(json!("*"), json!({ "StringEquals": { "aws:PrincipalOrgID": ["o-1", "o-2"] } })),
        ),
    ];
    opened.push(open("no denial", denied, mine));
    opened
}

/// A pair of cases: wider asks, narrower does not.
fn pair(name: &str, narrow: &Value, wide: &Value) -> [Case; 2] {
    [
        Case::new(format!("{name}, wider"), Truth::Asks(Broadening), narrow, wide),
        Case::new(format!("{name}, narrower"), Truth::Silent, wide, narrow),
    ]
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (seed, kind) in (1..).zip(PRINCIPALS) {
        let mut dice = Dice::new(seed);
        for way in widenings(&mut dice) {
            let name = format!("{kind}: {}", way.name);
            let [wider, narrower] = pair(&name, &principal(kind, &way.narrow), &principal(kind, &way.wide));
            match dice.roll(3) {
                0 => cases.extend([wider.nested(1 + dice.roll(3)), narrower]),
                1 => cases.extend([wider, narrower.nested(1 + dice.roll(3))]),
                _ => cases.extend([wider, narrower]),
            }
        }
        for way in rewritings(&mut dice) {
            let (one, two) = (principal(kind, &way.narrow), principal(kind, &way.wide));
            cases.push(Case::new(format!("{kind}: {}", way.name), Truth::Silent, &one, &two));
        }
    }
    for holder in RESOURCES {
        for way in openings().iter().filter(|way| holder.1 != "Statement" || way.narrow.as_array().unwrap().len() == 1)
        {
            let name = format!("{}: {}", holder.0, way.name);
            cases.extend(pair(&name, &resource(holder, &way.narrow), &resource(holder, &way.wide)));
        }
    }
    cases.extend(moved());
    cases.extend(trust());
    cases
}

/// Statements that move from one holder to another.
fn moved() -> Vec<Case> {
    let statements = json!([{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }]);
    let kinds = &PRINCIPALS[..5];
    let pairs = kinds.iter().flat_map(|from| kinds.iter().map(move |to| (*from, *to))).filter(|(from, to)| from != to);
    let one = |(from, to): (&str, &str)| {
        let (before, after) = (principal(from, &statements), principal(to, &statements));
        Case::new(format!("moved from {from} to {to}"), Truth::Silent, &before, &after)
    };
    // What is a managed policy in both may be held by others too, but says the same.
    pairs.map(one).collect()
}

/// Who may take on a role.
fn trust() -> Vec<Case> {
    let with = |principal: Value, condition: Value| {
        let mut role = role();
        let mut statement = json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
        if !condition.is_null() {
            statement["Condition"] = condition;
        }
        role["Properties"]["AssumeRolePolicyDocument"] = document(&json!([statement]));
        json!({ "Role": role })
    };
    let service = json!({ "Service": "ecs-tasks.amazonaws.com" });
    let external = json!({ "StringEquals": { "sts:ExternalId": "x" } });
    let repository = |subject: &str| json!({ "StringLike": { "token.actions.githubusercontent.com:sub": subject } });
    let github = json!({ "Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" });
    let rows = [
        (
            "a service more",
            with(service.clone(), Value::Null),
            with(json!({ "Service": ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"] }), Value::Null),
        ),
        (
            "another account",
            with(service.clone(), Value::Null),
            with(json!({ "Service": "ecs-tasks.amazonaws.com", "AWS": "222222222222" }), Value::Null),
        ),
        (
            "no external id",
            with(json!({ "AWS": "222222222222" }), external),
            with(json!({ "AWS": "222222222222" }), Value::Null),
        ),
        (
            "every branch",
            with(github.clone(), repository("repo:a/b:ref:refs/heads/main")),
            with(github.clone(), repository("repo:a/b:*")),
        ),
        ("every repository", with(github.clone(), repository("repo:a/b:*")), with(github, repository("repo:a/*"))),
        ("everybody", with(service, Value::Null), with(json!("*"), Value::Null)),
    ];
    rows.iter().flat_map(|(name, narrow, wide)| pair(&format!("trust: {name}"), narrow, wide)).collect()
}
