//! `resource-policy`: the policy of a resource lets more in.
//!
//! Every property of every type that holds a policy document is compared, at any depth: buckets, queues, topics, keys,
//! repositories, secrets, vaults, domains, endpoints, and types that are not known here. Policies that are resources of
//! their own are compared by what they are attached to. `AWS::Lambda::Permission` is a statement too.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::risk::change::{Change, Report};
use crate::risk::policy::{Accounts, Gain, Policy};
use crate::template::{Active, Resolved, symbol};

/// Policies that are resources of their own, and the property that names what they are attached to.
const ATTACHED: [(&str, &str); 14] = [
    ("AWS::S3::BucketPolicy", "Bucket"),
    ("AWS::SQS::QueuePolicy", "Queues"),
    ("AWS::SQS::QueueInlinePolicy", "Queue"),
    ("AWS::SNS::TopicPolicy", "Topics"),
    ("AWS::SNS::TopicInlinePolicy", "TopicArn"),
    ("AWS::SecretsManager::ResourcePolicy", "SecretId"),
    ("AWS::Lambda::Permission", "FunctionName"),
    ("AWS::Events::EventBusPolicy", "EventBusName"),
    ("AWS::Kinesis::ResourcePolicy", "ResourceArn"),
    ("AWS::S3::AccessPointPolicy", "Bucket"),
    ("AWS::S3Express::BucketPolicy", "Bucket"),
    ("AWS::S3Tables::TableBucketPolicy", "TableBucketARN"),
    ("AWS::XRay::ResourcePolicy", "PolicyName"),
    ("AWS::Logs::ResourcePolicy", "PolicyName"),
];

/// Types whose documents other rules look at: those say what a principal may do, not who may do it to this.
const IDENTITIES: [&str; 9] = [
    "AWS::IAM::Role",
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "AWS::IAM::Policy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy",
    "AWS::SSO::PermissionSet",
];

/// Policies by what they are attached to.
struct Attached {
    policy: Policy,
    /// The resource that the policy is written in, and what it is about.
    place: String,
    target: String,
}

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    let before = collect(change.before, &Change::accounts(change.before));
    let after = collect(change.after, &Change::accounts(change.after));
    let nothing = Policy::default();
    for (key, new) in &after {
        let old = before.get(key).map_or(&nothing, |old| &old.policy);
        for gain in new.policy.gains(old) {
            report.add_gain("resource-policy", &new.place, gain);
        }
    }
    for (key, old) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        let gone = symbol::names(&old.target).map(base).any(|id| is_gone(change, id)) || is_gone(change, &old.target);
        for loss in nothing.no_longer_denies(&old.policy).into_iter().filter(|_| !gone) {
            let loss = Gain { words: format!("{} ({key})", loss.words), ..loss };
            report.add_gain("resource-policy", &old.place, loss);
        }
    }
}

fn is_gone(change: &Change<'_>, id: &str) -> bool {
    change.before.resources.contains_key(id) && !change.after.resources.contains_key(id)
}

fn collect(side: &Resolved, accounts: &Accounts) -> BTreeMap<String, Attached> {
    let mut all: BTreeMap<String, Attached> = BTreeMap::new();
    for (id, resource) in side.resources.iter().filter(|(_, one)| !IDENTITIES.contains(&one.type_name.as_str())) {
        let named = ATTACHED.iter().find(|(name, _)| *name == resource.type_name);
        let target = named.map_or_else(|| id.clone(), |(_, property)| target(&resource.properties[*property]));
        let mut add = |path: &str, policy: Policy| {
            let key = if named.is_some() { target.clone() } else { format!("{id}.{path}") };
            let (place, target) = (id.clone(), target.clone());
            let entry = all.entry(format!("{}{key}", named.map_or("", |(name, _)| name)));
            entry.or_insert_with(|| Attached { policy: Policy::default(), place, target }).policy.add(policy);
        };
        for (path, document) in documents(resource, accounts) {
            add(&path, Policy::of(&document, accounts));
        }
    }
    all
}

/// What a policy is attached to: the resource itself, whether by `Ref` or ARN.
fn target(value: &Value) -> String {
    let text = crate::json::canonical(value);
    let names: Vec<String> = symbol::names(&text).map(|name| symbol::symbol(base(name))).collect();
    if names.is_empty() { text } else { names.join(",") }
}

fn base(name: &str) -> &str {
    let ends = [".Arn", ".TopicArn", ".QueueUrl", ".Id", ".Name"];
    ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// The policy documents of a resource, with their paths.
fn documents(resource: &Active, accounts: &Accounts) -> Vec<(String, Value)> {
    let properties = &resource.properties;
    let mut found = Vec::new();
    match resource.type_name.as_str() {
        "AWS::Lambda::Permission" => return vec![(String::new(), permission(properties))],
        "AWS::Events::EventBusPolicy" => {
            let statement =
                if properties["Statement"].is_null() { bus(properties) } else { properties["Statement"].clone() };
            return vec![(String::new(), document(&statement))];
        }
        // Without a policy it lets everything through. Source: VPC user guide, "Control access to VPC endpoints".
        "AWS::EC2::VPCEndpoint" if properties["PolicyDocument"].is_null() => {
            let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*" });
            return vec![("PolicyDocument".into(), document(&all))];
        }
        // Without a policy a key leaves it to its account. Source: KMS developer guide, "Default key policy".
        "AWS::KMS::Key" | "AWS::KMS::ReplicaKey" if properties["KeyPolicy"].is_null() => {
            let root = format!("arn:aws:iam::{}:root", accounts.own);
            let all = json!({ "Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": { "AWS": root } });
            return vec![("KeyPolicy".into(), document(&all))];
        }
        _ => search(properties, "", &mut found),
    }
    found
}

fn document(statement: &Value) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statement })
}

fn search(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(map) => {
            let says = |statement: &Value| statement.get("Effect").is_some();
            let statements = map.get("Statement");
            let named = path.ends_with("PolicyDocument") || path.ends_with("Policy") || path.ends_with("Policies");
            let is_policy =
                statements.is_some_and(|all| says(all) || all.get(0).is_some_and(says) || (named && all.is_object()));
            if is_policy {
                found.push((path.to_owned(), value.clone()));
                return;
            }
            for (name, inner) in map {
                search(inner, &format!("{path}{}{name}", if path.is_empty() { "" } else { "." }), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| search(item, path, found)),
        Value::String(text) if text.contains("\"Statement\"") => found.push((path.to_owned(), value.clone())),
        _ => {}
    }
}

/// `AWS::Lambda::Permission` as a statement.
/// Source: Lambda API reference, `AddPermission`.
fn permission(properties: &Value) -> Value {
    let principal = properties["Principal"].as_str().unwrap_or_default();
    let is_service = principal.contains(".amazonaws.") || principal.ends_with(".alexa.com");
    let principal = match principal {
        "*" => json!("*"),
        service if is_service => json!({ "Service": service }),
        _ => json!({ "AWS": properties["Principal"] }),
    };
    let mut condition = serde_json::Map::new();
    let tests = [
        ("SourceArn", "ArnLike", "aws:SourceArn"),
        ("SourceAccount", "StringEquals", "aws:SourceAccount"),
        ("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"),
        ("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"),
        ("EventSourceToken", "StringEquals", "lambda:EventSourceToken"),
        ("InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl"),
    ];
    for (property, operator, key) in tests {
        if !properties[property].is_null() {
            let tests = condition.entry(operator).or_insert_with(|| json!({}));
            tests[key] = properties[property].clone();
        }
    }
    let mut statement = json!({ "Effect": "Allow", "Action": properties["Action"], "Principal": principal });
    if !condition.is_empty() {
        statement["Condition"] = Value::Object(condition);
    }
    document(&statement)
}

/// The older form of `AWS::Events::EventBusPolicy`.
fn bus(properties: &Value) -> Value {
    let principal = if properties["Principal"] == "*" { json!("*") } else { json!({ "AWS": properties["Principal"] }) };
    let mut statement = json!({ "Effect": "Allow", "Action": properties["Action"], "Principal": principal });
    let condition = &properties["Condition"];
    if let (Some(kind), Some(key)) = (condition["Type"].as_str(), condition["Key"].as_str()) {
        statement["Condition"] = json!({ kind: { key: condition["Value"] } });
    }
    statement
}
