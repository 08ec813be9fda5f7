//! Stack policies: the service itself holds what holds data.

use serde_json::{Value, json};

use ce_deploy::simulator::{Fault, FaultKind};

use crate::ran::Desk;
use crate::small::{shop, stacks};

/// A table that a key replaces.
fn table(key: &str) -> Value {
    json!({ "Resources": { "Orders": { "Type": "AWS::DynamoDB::Table", "Properties": {
        "KeySchema": [{ "AttributeName": key, "KeyType": "HASH" }],
        "AttributeDefinitions": [{ "AttributeName": key, "AttributeType": "S" }],
        "BillingMode": "PAY_PER_REQUEST",
    } } } })
}

async fn policy(desk: &Desk) -> Value {
    desk.run(&["status", "out", "--json"]).await.expect(0).json()["stacks"][0]["policy"].clone()
}

#[tokio::test]
async fn what_holds_data_is_held_and_let_go_by_name() {
    let desk = Desk::with_cloud("held").await;
    shop(&desk, &table("id"));
    desk.run(&["deploy", "out"]).await.expect(0);
    assert_eq!(policy(&desk).await, json!({ "by": "ce", "holds": ["Orders"] }));
    shop(&desk, &table("other"));
    desk.run(&["deploy", "out"]).await.expect(3);
    desk.run(&["deploy", "out", "--allow-replace", "Shop.Orders"]).await.expect(0);
    assert_eq!(desk.operations("SetStackPolicy"), 3, "held, let go, held again");
    assert_eq!(policy(&desk).await, json!({ "by": "ce", "holds": ["Orders"] }));
}

#[tokio::test]
async fn who_does_not_want_it_is_left_alone() {
    let desk = Desk::with_cloud("unheld").await;
    shop(&desk, &table("id"));
    desk.run(&["deploy", "out", "--no-stack-policy"]).await.expect(0);
    assert_eq!(policy(&desk).await, Value::Null);
    shop(&desk, &table("other"));
    let arguments = ["deploy", "out", "--allow-replace", "Shop.Orders"];
    desk.run_with(&arguments, &[("CE_NO_STACK_POLICY", "true")]).await.expect(0);
    assert_eq!(desk.operations("SetStackPolicy"), 0);
}

/// A policy that was set before holds, also for who leaves policies alone; why is said with what to do.
#[tokio::test]
async fn what_a_policy_holds_is_explained() {
    let desk = Desk::with_cloud("explained").await;
    shop(&desk, &table("id"));
    desk.run(&["deploy", "out"]).await.expect(0);
    shop(&desk, &table("other"));
    let ran = desk.run(&["deploy", "out", "--no-stack-policy", "--allow-replace", "Shop.Orders"]).await.expect(5);
    let denial = "Statement [#1] does not allow [Update:Replace] for resource [LogicalResourceId/Orders]";
    assert!(ran.errors.contains(denial), "{}", ran.errors);
    assert!(ran.errors.contains("= help: the stack's policy holds it"), "{}", ran.errors);
}

/// As with the role of stock bootstrapping.
#[tokio::test]
async fn who_may_not_set_a_policy_is_told_once() {
    let desk = Desk::with_faults("denied", &[Fault::new(FaultKind::PolicyDenied).times(20)]).await;
    stacks(&desk, &[("Shop", table("id")), ("Data", table("id"))]);
    let events = desk.folder.join("events.ndjson");
    let ran = desk.run(&["deploy", "out", "--events", &events.to_string_lossy()]).await.expect(0);
    assert_eq!(ran.errors.matches("its stack policy is left as it is: AccessDenied").count(), 1, "{}", ran.errors);
    let written = std::fs::read_to_string(events).expect("events");
    assert_eq!(written.matches(r#""event":"unheld""#).count(), 1, "{written}");
}
