//! `ce watch` past CloudFormation: what is swapped, what is deployed, and how a stack comes in step again.

use std::time::Duration;

use serde_json::{Value, json};

use crate::ran::{Desk, Ran};
use crate::watching::{Guard, project, write};

const READY: &str = "exit code 0; waiting for changes";

/// A function and a queue; the function takes so many seconds to change.
fn shop(code: &str, delay: u32, seconds: u32) -> Value {
    json!({ "Resources": {
        "Worker": { "Type": "AWS::Lambda::Function",
            "Metadata": { "ce:simulate": { "seconds": seconds }, "aws:cdk:path": "Shop/Worker" },
            "Properties": { "Role": "arn:aws:iam::111111111111:role/worker",
                "Code": { "S3Bucket": "code", "S3Key": code } } },
        "Inbox": { "Type": "AWS::SQS::Queue", "Metadata": { "aws:cdk:path": "Shop/Inbox" },
            "Properties": { "DelaySeconds": delay } }
    } })
}

/// Another command of the same project.
async fn beside(desk: &Desk, words: &[&str]) -> Ran {
    let mut command = desk.command(&[words, &["--state-dir", "state"]].concat());
    command.current_dir(desk.folder.join("project"));
    Ran::of(command).await
}

async fn watched(name: &str, template: &Value, more: &[&str]) -> (Desk, Guard) {
    let desk = Desk::with_cloud(name).await;
    project(&desk);
    write(&desk, &template.to_string());
    let mut guard = Guard::with(&desk, more);
    guard.wait_for(READY).await;
    (desk, guard)
}

#[tokio::test]
async fn what_can_be_is_hotswapped_and_the_rest_is_deployed() {
    let (desk, mut guard) = watched("hotswap", &shop("a.zip", 1, 1), &[]).await;
    assert!(guard.shown.contains("no hotswap: Shop  the stack is not there yet"), "{}", guard.shown);
    assert!(guard.shown.contains("deploying in express mode"), "{}", guard.shown);

    write(&desk, &shop("b.zip", 1, 1).to_string());
    guard.wait_for("hotswapped `Worker` AWS::Lambda::Function: Code [Shop/Worker]").await;
    guard.wait_for("warning: this is drift: CloudFormation does not know what was swapped in Shop").await;
    guard.wait_for(READY).await;
    assert_eq!((desk.operations("ExecuteChangeSet"), desk.operations("UpdateResource")), (1, 1));
    let ran = beside(&desk, &["status"]).await.expect(0);
    assert!(ran.output.contains("hotswapped: Worker  next: deploy"), "{}", ran.shown());

    write(&desk, &shop("b.zip", 2, 1).to_string());
    guard.wait_for("no hotswap: Shop  `Inbox` AWS::SQS::Queue: it changes in place").await;
    assert!(guard.shown.contains("[Shop/Inbox]"), "{}", guard.shown);
    guard.wait_for(READY).await;
    assert_eq!((desk.operations("ExecuteChangeSet"), desk.operations("UpdateResource")), (2, 1));
    let ran = beside(&desk, &["status", "--json"]).await.expect(0);
    assert_eq!(ran.json()["stacks"][0]["hotswapped"], json!([]));
    assert_eq!(guard.interrupt().await, Some(0));
}

#[tokio::test]
async fn a_deployment_puts_back_what_was_hotswapped() {
    let (desk, mut guard) = watched("hotswap-back", &shop("a.zip", 1, 1), &[]).await;
    write(&desk, &shop("b.zip", 1, 1).to_string());
    guard.wait_for(READY).await;
    assert_eq!(guard.interrupt().await, Some(0));

    write(&desk, &shop("a.zip", 1, 1).to_string());
    let ran = beside(&desk, &["plan", "--detailed-exitcode"]).await.expect(2);
    assert!(ran.output.contains("Shop  is brought in step with its template"), "{}", ran.shown());
    assert!(ran.output.contains("hotswapped before: Worker"), "{}", ran.shown());
    let ran = beside(&desk, &["drift"]).await;
    assert!(ran.errors.contains("Shop  hotswapped by `ce watch`: Worker"), "{}", ran.shown());
    assert_eq!(desk.operations("UpdateResource"), 1);
    beside(&desk, &["deploy", "--require-approval", "never"]).await.expect(0);
    assert_eq!((desk.operations("ExecuteChangeSet"), desk.operations("UpdateResource")), (1, 2));
    beside(&desk, &["plan", "--detailed-exitcode"]).await.expect(0);
}

/// Killed while the service still works on it: the next deployment knows, waits, and puts it back.
#[tokio::test]
async fn a_killed_hotswap_is_known_to_the_next_deployment() {
    let (desk, guard) = watched("hotswap-killed", &shop("a.zip", 1, 30), &[]).await;
    write(&desk, &shop("b.zip", 1, 30).to_string());
    while desk.operations("UpdateResource") == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    guard.kill().await;
    let ran = beside(&desk, &["status"]).await.expect(0);
    assert!(ran.output.contains("hotswapped: Worker"), "{}", ran.shown());
    write(&desk, &shop("a.zip", 1, 30).to_string());
    beside(&desk, &["deploy", "--require-approval", "never"]).await.expect(0);
    assert!(desk.operations("UpdateResource") > 1, "it is put back");
    let ran = beside(&desk, &["status"]).await.expect(0);
    assert!(!ran.output.contains("hotswapped"), "{}", ran.shown());
}

#[tokio::test]
async fn who_wants_none_gets_none() {
    let (desk, mut guard) = watched("no-hotswap", &shop("a.zip", 1, 1), &["--no-hotswap", "--mode", "standard"]).await;
    write(&desk, &shop("b.zip", 1, 1).to_string());
    guard.wait_for("deploying in standard mode").await;
    guard.wait_for(READY).await;
    assert_eq!((desk.operations("ExecuteChangeSet"), desk.operations("UpdateResource")), (2, 0));
    assert_eq!(guard.interrupt().await, Some(0));
}

#[tokio::test]
async fn an_assembly_that_would_be_refused_is_not_tried() {
    let (desk, mut guard) = watched("hotswap-findings", &shop("a.zip", 1, 1), &[]).await;
    let asked = desk.operations("DescribeStacks");
    let mut template = shop("b.zip", 1, 1);
    let parameters = (0..201).map(|at| (format!("P{at}"), json!({ "Type": "String", "Default": "x" })));
    template["Parameters"] = Value::Object(parameters.collect());
    write(&desk, &template.to_string());
    guard.wait_for("1 finding: Shop: 201 entries in `Parameters`; at most 200 are taken").await;
    write(&desk, &shop("c.zip", 1, 1).to_string());
    guard.wait_for(READY).await;
    assert_eq!(desk.operations("UpdateResource"), 1);
    assert!(desk.operations("DescribeStacks") > asked);
    assert_eq!(guard.interrupt().await, Some(0));
}
