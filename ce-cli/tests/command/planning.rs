//! What a plan shows of many changes and risks, and what it leaves to be asked for.

use std::fs;

use serde_json::{Map, Value, json};

use crate::ran::Desk;
use crate::small::{queue, shop};

/// So many roles that may read a bucket each, and one that may do everything.
fn roles(count: usize) -> Value {
    let statement = |fields: Value| json!({ "Version": "2012-10-17", "Statement": [fields] });
    let role = |action: &str, resource: &str| {
        json!({ "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": statement(json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "ec2.amazonaws.com" } })),
            "Policies": [{ "PolicyName": "p", "PolicyDocument": statement(json!({ "Effect": "Allow", "Action": action, "Resource": resource })) }],
        } })
    };
    let one = |at: usize| (format!("Reader{at:02}"), role("s3:GetObject", &format!("arn:aws:s3:::bucket-{at:02}/*")));
    let mut resources: Map<String, Value> = (0..count).map(one).collect();
    resources.insert("Admin".to_owned(), role("*", "*"));
    json!({ "Resources": resources })
}

/// Says of each role which construct made it, and in which line.
fn say_where(desk: &Desk, template: &Value) {
    let path = desk.folder.join("out/manifest.json");
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(&path).expect("a file")).expect("JSON");
    let entry = |id: &String| {
        let place = if id == "Admin" { "/Shop/Admin/Resource".to_owned() } else { format!("/Shop/Readers/{id}") };
        (place, json!([{ "type": "aws:cdk:logicalId", "data": id, "trace": ["new Shop (src/shop.rs:12:5)"] }]))
    };
    let metadata: Map<String, Value> =
        template["Resources"].as_object().into_iter().flatten().map(|(id, _)| entry(id)).collect();
    manifest["artifacts"]["Shop"]["metadata"] = Value::Object(metadata);
    fs::write(path, manifest.to_string()).expect("a file");
}

async fn many(name: &str) -> Desk {
    let desk = Desk::with_cloud(name).await;
    let template = roles(30);
    shop(&desk, &template);
    say_where(&desk, &template);
    desk
}

#[tokio::test]
async fn what_is_alike_is_counted() {
    let desk = many("folded").await;
    let shown = desk.run(&["plan", "out"]).await.expect(0).output;
    let digest = shown.lines().find(|line| line.starts_with("plan sha256:")).expect("a digest").to_owned();
    insta::assert_snapshot!(shown.replace(&digest, "plan sha256:…"));
    let markdown = desk.run(&["plan", "out", "--md"]).await.expect(0).output;
    assert!(markdown.contains("| broadening | `Shop.Admin` | allows `*`"), "{markdown}");
    assert!(markdown.contains("- broadening: 29 of 29 resources: what roles, users and groups may do"), "{markdown}");
}

#[tokio::test]
async fn everything_is_shown_that_is_asked_for() {
    let desk = many("full").await;
    let risks = |plan: &Value| plan["plan"]["stacks"][0]["risks"].as_array().map(Vec::len);
    assert_eq!(risks(&desk.run(&["plan", "out", "--json"]).await.expect(0).json()), Some(62));
    let shown = desk.run(&["plan", "out", "--full"]).await.expect(0).output;
    for at in 0..30 {
        let (added, allowed) = (format!("+ Reader{at:02}  AWS::IAM::Role"), format!("bucket-{at:02}/*"));
        assert!(shown.contains(&added) && shown.contains(&allowed), "{at}: {shown}");
    }
    assert!(!shown.contains("only counted here"), "{shown}");
}

#[tokio::test]
async fn a_question_is_folded_as_a_plan_is() {
    let desk = many("question").await;
    let asked = desk.run(&["deploy", "out"]).await.expect(3).errors;
    assert!(asked.contains("62 risks, 29 of them only counted here"), "{asked}");
    assert!(asked.contains("Shop.Admin  [Shop/Admin/Resource at src/shop.rs:12:5]"), "{asked}");
    let asked = desk.run(&["deploy", "out", "--full"]).await.expect(3).errors;
    assert!(asked.contains("bucket-29/*"), "{asked}");
}

/// Each table must be agreed to by its name, so each is shown.
#[tokio::test]
async fn what_holds_data_is_never_folded() {
    let desk = Desk::with_cloud("tables").await;
    let table = |at: usize| {
        let key = json!({ "AttributeName": "id", "AttributeType": "S" });
        let properties =
            json!({ "AttributeDefinitions": [key], "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }] });
        (format!("Table{at:02}"), json!({ "Type": "AWS::DynamoDB::Table", "Properties": properties }))
    };
    let tables: Map<String, Value> = (0..30).map(table).collect();
    shop(&desk, &json!({ "Resources": tables }));
    desk.run(&["deploy", "out"]).await.expect(0);
    shop(&desk, &queue("a"));
    let shown = desk.run(&["plan", "out"]).await.expect(0).output;
    for at in 0..30 {
        assert!(shown.contains(&format!("  Shop.Table{at:02}\n    is removed")), "{shown}");
        assert!(shown.contains(&format!("- Table{at:02}  AWS::DynamoDB::Table")), "{shown}");
    }
}

#[tokio::test]
async fn what_was_just_deployed_differs_in_nothing_without_change_sets() {
    let desk = Desk::with_cloud("offline-same").await;
    let template = json!({
        "Parameters": { "Size": { "Type": "String" } },
        "Resources": {
            "Endpoint": { "Type": "AWS::EC2::VPCEndpoint", "Properties": {
                "VpcId": "vpc-1", "ServiceName": { "Fn::Sub": "com.amazonaws.${AWS::Region}.s3" } } },
            "Inbox": { "Type": "AWS::SQS::Queue", "Properties": {
                "QueueName": { "Fn::Sub": "${AWS::StackName}-${AWS::AccountId}-${Size}" } } },
        },
    });
    shop(&desk, &template);
    desk.run(&["deploy", "out", "-p", "Size=large", "--require-approval", "never"]).await.expect(0);
    let same = desk.run(&["plan", "out", "--offline", "--detailed-exitcode"]).await.expect(0);
    assert!(same.errors.contains("Shop  unchanged"), "{}", same.shown());
    let other = desk.run(&["plan", "out", "--offline", "--detailed-exitcode", "-p", "Size=small"]).await.expect(2);
    assert!(other.output.contains("Inbox") && !other.output.contains("Endpoint"), "{}", other.shown());
}
