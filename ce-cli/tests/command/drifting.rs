//! Drift: said, accepted, put back.

use ce_deploy::cloud::Place;
use ce_deploy::simulator::Simulator;
use serde_json::{Value, json};

use crate::past::made_long_ago;
use crate::ran::Desk;
use crate::small::{queue, stacks};

fn shop() -> Value {
    let properties = json!({ "QueueName": "a", "DelaySeconds": 1, "Tags": [{ "Key": "team", "Value": "x" }] });
    json!({ "Resources": { "Inbox": { "Type": "AWS::SQS::Queue", "Properties": properties } } })
}

/// A cloud in which the queue of `Shop` was changed, and an assembly with a stack that nobody made.
async fn drifted(name: &str, since: impl FnOnce(&mut Simulator, &Place)) -> Desk {
    let desk = Desk::on(name, made_long_ago(&shop(), since)).await;
    stacks(&desk, &[("Shop", shop()), ("Other", queue("other"))]);
    desk
}

fn delay(seconds: u32) -> impl FnOnce(&mut Simulator, &Place) {
    move |simulator, place| {
        assert!(simulator.change_behind(place, "shop", "Inbox", "DelaySeconds", json!(seconds)));
    }
}

fn accepted(desk: &Desk) -> String {
    std::fs::read_to_string(desk.folder.join("ce.drift.json")).unwrap_or_default()
}

#[tokio::test]
async fn each_stack_says_how_it_is() {
    let desk = drifted("states", delay(9)).await;
    let ran = desk.run(&["drift", "out"]).await.expect(7);
    assert!(ran.errors.contains("Other  not there\nShop  1 resource not as its template says"), "{}", ran.errors);
    assert!(ran.output.contains("/DelaySeconds  NOT_EQUAL"), "{}", ran.output);
    let told = desk.run(&["drift", "out", "--json"]).await.expect(7).json();
    assert_eq!(told["stacks"]["Other"]["end"], "absent");
    let ran = desk.run(&["drift", "out", "Other"]).await.expect(0);
    assert!(ran.output.contains("Other  not there"), "{}", ran.shown());
}

#[tokio::test]
async fn what_is_accepted_is_quiet_and_nothing_else_is() {
    let desk = drifted("accept", delay(987_654)).await;
    let ran = desk.run(&["drift", "out", "--accept"]).await.expect(0);
    assert!(ran.output.contains("/DelaySeconds  NOT_EQUAL"), "it is shown this once: {}", ran.shown());
    assert!(ran.errors.contains("1 accepted in") && ran.errors.contains("help: to bring one"), "{}", ran.errors);
    assert!(accepted(&desk).contains("/DelaySeconds") && !accepted(&desk).contains("987654"), "{}", accepted(&desk));
    let ran = desk.run(&["drift", "out", "--fail"]).await.expect(0);
    assert!(ran.shown().contains("1 difference is accepted in ce.drift.json"), "{}", ran.shown());
    assert_eq!(desk.run(&["drift", "out", "--json"]).await.expect(0).json()["stacks"]["Shop"]["report"]["accepted"], 1);
}

/// Another value of the same property, or another property, was not accepted.
#[tokio::test]
async fn another_value_is_drift_again() {
    let here = drifted("accepted-here", delay(7)).await;
    here.run(&["drift", "out", "--accept"]).await.expect(0);
    let more = |simulator: &mut Simulator, place: &Place| {
        delay(7)(simulator, place);
        assert!(simulator.change_behind(place, "shop", "Inbox", "VisibilityTimeout", json!(5)));
    };
    let there = [drifted("accepted-other", delay(8)).await, drifted("accepted-more", more).await];
    for desk in &there {
        std::fs::write(desk.folder.join("ce.drift.json"), accepted(&here)).expect("a file");
        desk.run(&["drift", "out"]).await.expect(7);
    }
    let ran = there[1].run(&["drift", "out"]).await.expect(7);
    assert!(ran.output.contains("VisibilityTimeout") && !ran.output.contains("DelaySeconds"), "{}", ran.output);
    std::fs::write(here.folder.join("ce.drift.json"), "{}").expect("a file");
    here.run(&["drift", "out"]).await.expect(64);
}

#[tokio::test]
async fn what_is_gone_can_be_accepted() {
    let gone = |simulator: &mut Simulator, place: &Place| assert!(simulator.delete_behind(place, "shop", "Inbox"));
    let desk = drifted("accept-gone", gone).await;
    desk.run(&["drift", "out", "--accept"]).await.expect(0);
    desk.run(&["drift", "out"]).await.expect(0);
    assert!(accepted(&desk).contains("gone"), "{}", accepted(&desk));
}

#[tokio::test]
async fn drift_is_put_back_and_no_other_stack_is_made() {
    let desk = drifted("revert", delay(9)).await;
    desk.run(&["plan", "out", "Shop", "--detailed-exitcode"]).await.expect(0);
    let ran = desk.run(&["plan", "out", "Shop", "--revert-drift", "--detailed-exitcode"]).await.expect(2);
    assert!(ran.output.contains("~ Inbox  AWS::SQS::Queue"), "{}", ran.output);
    let ran = desk.run(&["drift", "out", "--revert", "--json"]).await.expect(0);
    let told = ran.json();
    assert_eq!((&told["command"], &told["stacks"]["Shop"]["end"]), (&json!("drift"), &json!("changed")));
    assert_eq!(told["stacks"]["Other"], Value::Null);
    desk.run(&["drift", "out"]).await.expect(0);
    desk.run(&["drift", "out", "--revert"]).await.expect(0);
    desk.run(&["drift", "out", "--revert", "--accept"]).await.expect(64);
}

/// What is put back is asked about as any change is.
#[tokio::test]
async fn putting_back_is_asked_about() {
    let desk = drifted("revert-asks", delay(9)).await;
    let ran = desk.run(&["drift", "out", "--revert", "--require-approval", "any"]).await.expect(3);
    let command = ran.errors.lines().map(str::trim).find(|line| line.starts_with("ce drift")).expect("a command");
    let mut words: Vec<&str> = command.split(' ').skip(1).collect();
    words.extend(["--require-approval", "any"]);
    desk.run(&words).await.expect(0);
    desk.run(&["drift", "out"]).await.expect(0);
}
