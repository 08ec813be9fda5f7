//! The contract of exit codes: one test a code.

use std::process::{Command, Stdio};
use std::time::Duration;

use ce_deploy::simulator::{Fault, FaultKind};
use serde_json::json;

use crate::past::made_long_ago;
use crate::ran::Desk;
use crate::small::{admin, queue, shop, stacks};

#[tokio::test]
async fn code_0_done_and_nothing_to_do() {
    let desk = Desk::with_cloud("done").await;
    shop(&desk, &queue("a"));
    let ran = desk.run(&["deploy", "out", "--json"]).await.expect(0);
    assert_eq!(ran.json()["stacks"]["Shop"]["end"], "changed");
    let ran = desk.run(&["deploy", "out", "--json"]).await.expect(0);
    assert_eq!(ran.json()["stacks"]["Shop"]["end"], "unchanged");
    desk.run(&["drift", "out"]).await.expect(0);
    desk.run(&["status", "out"]).await.expect(0);
}

#[tokio::test]
async fn code_1_what_has_no_number() {
    let desk = Desk::new("unclassified");
    desk.run(&["ls", "--app", "true", "--events", "/"]).await.expect(64);
    let taken = Desk::with_cloud("port").await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port_number = port.local_addr().expect("an address").port().to_string();
    taken.run(&["simulate", "--listen", &port_number]).await.expect(1);
}

#[tokio::test]
async fn code_2_changes_are_present() {
    let desk = Desk::with_cloud("changes").await;
    shop(&desk, &queue("a"));
    desk.run(&["plan", "out"]).await.expect(0);
    desk.run(&["plan", "out", "--detailed-exitcode"]).await.expect(2);
    desk.run(&["diff", "out", "--fail-on", "any"]).await.expect(2);
    desk.run(&["diff", "out", "--fail-on", "broadening"]).await.expect(0);
}

#[tokio::test]
async fn code_3_somebody_must_agree() {
    let desk = Desk::with_cloud("agree").await;
    shop(&desk, &admin());
    let ran = desk.run(&["deploy", "out"]).await.expect(3);
    let command = ran.errors.lines().map(str::trim).find(|line| line.starts_with("ce deploy")).expect("a command");
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    desk.run(&["deploy", "out", "--approve", "sha256:00"]).await.expect(3);
    assert!(command.contains(" --approve sha256:"), "it agrees to this very plan: {command}");
    shop(&desk, &queue("a"));
    desk.run(&words).await.expect(3);
    shop(&desk, &admin());
    desk.run(&words).await.expect(0);
}

#[tokio::test]
async fn code_4_the_assembly_is_refused() {
    let desk = Desk::new("refused");
    let out = shop(&desk, &queue("a"));
    std::fs::remove_file(out.join("Shop.template.json")).expect("a file");
    desk.run(&["deploy", "out"]).await.expect(4);
    let resources: serde_json::Map<_, _> =
        (0..501).map(|at| (format!("R{at}"), json!({ "Type": "AWS::SQS::Queue" }))).collect();
    shop(&desk, &json!({ "Resources": resources }));
    let ran = desk.run(&["validate", "out", "--json"]).await.expect(4);
    assert_eq!(ran.json()["findings"][0]["error"], true);
}

#[tokio::test]
async fn code_5_put_back() {
    let desk = Desk::with_faults("back", &[Fault::new(FaultKind::ResourceFails)]).await;
    shop(&desk, &queue("a"));
    let ran = desk.run(&["deploy", "out"]).await.expect(5);
    assert!(ran.errors.contains("Inbox (AWS::SQS::Queue)"), "{}", ran.errors);
}

#[tokio::test]
async fn code_5_all_that_was_changed_is_put_back() {
    let desk = Desk::with_cloud("all-back").await;
    let fails = json!({ "Type": "AWS::SNS::Topic", "Metadata": { "ce:simulate": { "fail": ["create"] } } });
    let topic = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } });
    stacks(&desk, &[("Shop", topic), ("Bad", json!({ "Resources": { "Fails": fails } }))]);
    desk.run(&["deploy", "out", "--on-failure", "rollback-all", "--no-rollback"]).await.expect(64);
    desk.run(&["destroy", "out", "--on-failure", "rollback-all"]).await.expect(64);
    let ran = desk.run(&["deploy", "out", "--on-failure", "rollback-all", "--json"]).await.expect(5);
    assert_eq!(ran.json()["stacks"]["Shop"]["end"], "put-back");
    assert!(ran.errors.contains("a stack failed: 1 stack put back"), "{}", ran.errors);
}

#[tokio::test]
async fn code_6_somebody_must_repair() {
    let faults = [FaultKind::ResourceFails, FaultKind::RollbackFails].map(Fault::new);
    let desk = Desk::with_faults("repair", &faults).await;
    shop(&desk, &queue("a"));
    desk.run(&["deploy", "out"]).await.expect(6);
    let ran = desk.run(&["recover", "out"]).await;
    assert!(ran.output.contains("1. "), "{}", ran.shown());
}

#[tokio::test]
async fn code_7_drift() {
    let simulator = made_long_ago(&queue("a"), |simulator, place| {
        assert!(simulator.change_behind(place, "shop", "Inbox", "QueueName", json!("b")));
    });
    let desk = Desk::on("drift", simulator).await;
    shop(&desk, &queue("a"));
    let ran = desk.run(&["drift", "out"]).await.expect(7);
    assert!(ran.output.contains("Inbox"), "{}", ran.shown());
}

#[tokio::test]
async fn code_8_nobody_knows_us() {
    let desk = Desk::new("unknown");
    shop(&desk, &queue("a"));
    let ran = desk.run_with(&["deploy", "out"], &[("AWS_ENDPOINT_URL", "http://127.0.0.1:9")]).await.expect(8);
    assert!(ran.errors.contains("no credentials are in the environment"), "{}", ran.errors);
    let other = Desk::with_cloud("other").await;
    shop(&other, &queue("a"));
    let ran = other.run_with(&["deploy", "out"], &[("AWS_ACCESS_KEY_ID", "222222222222")]).await.expect(8);
    assert!(ran.errors.contains("222222222222"), "{}", ran.errors);
}

#[tokio::test]
async fn code_9_a_plan_is_stale() {
    let desk = Desk::with_cloud("stale").await;
    shop(&desk, &queue("a"));
    desk.run(&["plan", "out", "--out", "plan.json"]).await.expect(0);
    shop(&desk, &queue("b"));
    desk.run(&["apply", "plan.json", "out"]).await.expect(9);
}

#[tokio::test]
async fn code_10_detached() {
    let desk = Desk::with_cloud("detached").await;
    shop(&desk, &queue("a"));
    desk.run(&["deploy", "out", "--detach"]).await.expect(10);
    desk.run(&["attach", "out"]).await.expect(0);
}

#[tokio::test]
async fn code_64_the_command_line_is_wrong() {
    let desk = Desk::new("usage");
    shop(&desk, &queue("a"));
    let ran = desk.run(&["ls", "out", "Shpo"]).await.expect(64);
    assert!(ran.errors.contains("did you mean `Shop`"), "{}", ran.errors);
    desk.run(&["deploy"]).await.expect(64);
    desk.run(&["explain", "CE9999"]).await.expect(64);
}

#[tokio::test]
async fn code_130_interrupted_before_anything() {
    let desk = Desk::with_faults("interrupted", &[Fault::new(FaultKind::LostRequest).times(10_000)]).await;
    shop(&desk, &queue("a"));
    let child =
        desk.command(&["deploy", "out"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let id = child.id().to_string();
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output());
    while !ended.is_finished() {
        // Until it listens, the signal ends it at once; the file of events would tell, had it anything to say yet.
        tokio::time::sleep(Duration::from_millis(500)).await;
        Command::new("kill").args(["-INT", &id]).status().expect("kill runs");
    }
    let ended = ended.await.expect("a thread").expect("it ended");
    assert_eq!(ended.status.code(), Some(130), "{}", String::from_utf8_lossy(&ended.stderr));
}
