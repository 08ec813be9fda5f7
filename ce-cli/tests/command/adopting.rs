//! Resources that are taken in, moved, and let go.

use ce_deploy::cloud::Place;
use ce_deploy::simulator::{Settings, Simulator};
use serde_json::{Map, Value, json};

use crate::ran::Desk;
use crate::small::{admin, shop, stacks};

const URL: &str = "https://sqs.eu-west-1.amazonaws.com/111111111111/old";

fn queues(names: &[&str]) -> Value {
    let queue = |name: &&str| ((*name).to_owned(), json!({ "Type": "AWS::SQS::Queue" }));
    json!({ "Resources": names.iter().map(queue).collect::<Map<_, _>>() })
}

/// A cloud in which a queue is that no stack has.
async fn with_a_queue(name: &str) -> Desk {
    let mut simulator = Simulator::new(Settings::default(), &ce_cfn::SCHEMAS);
    simulator.make_resource(&Place::new("111111111111", "eu-west-1"), "AWS::SQS::Queue", URL, Map::new());
    Desk::on(name, simulator).await
}

#[tokio::test]
async fn a_resource_is_taken_in() {
    let desk = with_a_queue("import").await;
    shop(&desk, &queues(&["Inbox"]));
    desk.run(&["deploy", "out"]).await.expect(0);
    let mut wanted = queues(&["Inbox", "Old"]);
    wanted["Resources"]["Old"]["DeletionPolicy"] = "Retain".into();
    shop(&desk, &wanted);
    let import = ["adopt", "import", "out", "Shop"];
    let ran = desk.run(&[&import[..], &["Old=https://nobody"]].concat()).await.expect(5);
    assert!(ran.errors.contains("was not found"), "{}", ran.errors);
    let ran = desk.run(&[&import[..], &["Other=x"]].concat()).await.expect(64);
    assert!(ran.errors.contains("no resource `Other`"), "{}", ran.errors);
    let identifier = format!("Old=QueueUrl={URL}");
    let ran = desk.run(&[&import[..], &[&identifier]].concat()).await.expect(0);
    assert!(ran.errors.contains("IMPORT_COMPLETE"), "{}", ran.errors);
    desk.run(&["plan", "out", "--detailed-exitcode"]).await.expect(0);
}

#[tokio::test]
async fn a_resource_is_let_go_and_stays() {
    let desk = Desk::with_cloud("forget").await;
    shop(&desk, &queues(&["Inbox", "Old"]));
    desk.run(&["deploy", "out"]).await.expect(0);
    let ran = desk.run(&["adopt", "forget", "-a", "out", "Shop.Old"]).await.expect(4);
    assert!(ran.errors.contains("the app still has `Shop.Old`"), "{}", ran.errors);
    shop(&desk, &queues(&["Inbox"]));
    let ran = desk.run(&["adopt", "forget", "-a", "out", "Shop.Old", "--json"]).await.expect(0);
    assert_eq!(
        (&ran.json()["command"], &ran.json()["stacks"]["Shop"]["end"]),
        (&"adopt forget".into(), &"changed".into())
    );
    desk.run(&["plan", "out", "--detailed-exitcode"]).await.expect(0);
    desk.run(&["adopt", "forget", "out", "Old"]).await.expect(64);
    desk.run(&["adopt", "import", "out", "Shop"]).await.expect(64);
}

/// What is asked about in a deployment is asked about here: the rest of the template is deployed too.
#[tokio::test]
async fn risks_are_asked_about() {
    let desk = Desk::with_cloud("forget-risk").await;
    shop(&desk, &queues(&["Old"]));
    desk.run(&["deploy", "out"]).await.expect(0);
    shop(&desk, &admin());
    let ran = desk.run(&["adopt", "forget", "-a", "out", "Shop.Old"]).await.expect(3);
    let command = ran.errors.lines().map(str::trim).find(|line| line.starts_with("ce adopt")).expect("a command");
    desk.run(&command.split(' ').skip(1).collect::<Vec<_>>()).await.expect(0);
}

#[tokio::test]
async fn a_resource_moves_to_another_stack() {
    let desk = Desk::with_cloud("move").await;
    stacks(&desk, &[("One", queues(&["A", "B"])), ("Two", queues(&["C"]))]);
    desk.run(&["deploy", "out"]).await.expect(0);
    stacks(&desk, &[("One", queues(&["A"])), ("Two", queues(&["B", "C"]))]);
    let words = ["adopt", "move", "out", "One.B", "Two.B"];
    let asking = [words.as_slice(), &["--require-approval", "any"]].concat();
    let ran = desk.run(&asking).await.expect(3);
    assert!(ran.errors.contains("One.B moves to Two.B, untouched"), "{}", ran.errors);
    let (_, digest) = ran.errors.split_once("--approve sha256:").expect("a digest");
    let digest: String = digest.chars().take_while(char::is_ascii_hexdigit).collect();
    let ran = desk.run(&[words.as_slice(), &["--approve", "sha256:00"]].concat()).await.expect(3);
    assert!(ran.errors.contains(&digest), "the plan is the same: {}", ran.errors);
    desk.run(&[asking.as_slice(), &["--approve", &digest]].concat()).await.expect(0);
    let looks = desk.operations("DescribeStacks");
    desk.run(&["plan", "out", "--detailed-exitcode"]).await.expect(0);
    assert!(desk.operations("DescribeStacks") <= looks + 3, "the state after a move is no old answer");
    desk.run(&[words.as_slice(), &["--approve", &digest]].concat()).await.expect(3);
    let ran = desk.run(&words).await.expect(4);
    assert!(ran.errors.contains("cannot be moved"), "it is there no more: {}", ran.errors);
    desk.run(&["adopt", "move", "-a", "out", "One.A", "Two.C", "One.A"]).await.expect(64);
}
