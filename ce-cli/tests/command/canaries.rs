//! Secrets and foreign texts: neither gets to where it must not.

use ce_deploy::simulator::{Fault, FaultKind};
use serde_json::json;

use crate::ran::{Desk, Ran};
use crate::small::shop;

const CANARY: &str = "canary-hunter2-\"quoted\"";

fn with_a_secret() -> serde_json::Value {
    json!({
        "Parameters": { "Password": { "Type": "String", "NoEcho": true } },
        "Resources": { "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": { "Ref": "Password" } } } },
        "Outputs": { "Copied": { "Value": { "Ref": "Password" } } },
    })
}

/// Neither as it is nor as it stands in JSON.
fn has_canary(text: &str) -> bool {
    text.contains("hunter2")
}

async fn runs(desk: &Desk) -> Vec<Ran> {
    let given = format!("Shop:Password={CANARY}");
    let deploy = ["deploy", "out", "-p", given.as_str(), "-vvv", "--events", "events.ndjson", "--state-dir", "state"];
    let plan = ["plan", "out", "-p", given.as_str(), "-vvv", "--json", "--out", "plan.json", "--state-dir", "state"];
    let markdown = ["diff", "out", "-p", given.as_str(), "--md", "--state-dir", "state"];
    let mut all = Vec::new();
    for arguments in [plan.as_slice(), &deploy, &markdown, &["status", "out", "--json"], &["drift", "out", "-vvv"]] {
        all.push(desk.run(arguments).await);
    }
    all
}

#[tokio::test]
async fn a_secret_shows_nowhere() {
    for faults in
        [vec![], vec![Fault::new(FaultKind::ResourceFails)], vec![Fault::new(FaultKind::GarbledAnswer).nth(4)]]
    {
        let desk = Desk::with_faults("canary", &faults).await;
        shop(&desk, &with_a_secret());
        for ran in runs(&desk).await {
            assert!(!has_canary(&ran.shown()), "{}", ran.shown());
        }
        for (path, text) in desk.files() {
            assert!(!has_canary(&text), "{}", path.display());
        }
    }
}

#[tokio::test]
async fn outputs_go_to_their_file_alone() {
    let desk = Desk::with_cloud("outputs").await;
    shop(&desk, &with_a_secret());
    let given = format!("Password={CANARY}");
    let ran = desk
        .run(&["deploy", "out", "-p", &given, "--outputs", "outputs.json", "--json", "--require-approval=never"])
        .await
        .expect(0);
    assert_eq!(ran.json()["stacks"]["Shop"]["outputs"], json!(["Copied"]));
    assert!(!has_canary(&ran.shown()));
    let written = std::fs::read_to_string(desk.folder.join("outputs.json")).expect("outputs");
    let written: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["shop"]["Copied"], CANARY);
}

#[tokio::test]
async fn a_mistake_in_parameters_does_not_quote_them() {
    let desk = Desk::new("mistake");
    shop(&desk, &with_a_secret());
    let ran = desk.run(&["deploy", "out", "-p", "hunter2"]).await.expect(64);
    assert!(!has_canary(&ran.shown()), "{}", ran.shown());
    std::fs::write(desk.folder.join("p.json"), "{\"Shop\": {\"Password\": [\"hunter2\"]}}").expect("a file");
    let ran = desk.run(&["deploy", "out", "--params-file", "p.json"]).await.expect(64);
    assert!(!has_canary(&ran.shown()), "{}", ran.shown());
}

#[tokio::test]
async fn names_of_an_assembly_do_not_move_the_cursor() {
    let desk = Desk::with_cloud("cursor").await;
    let resource = json!({ "Type": "AWS::SQS::\u{1b}[2J::error::x", "Properties": {} });
    shop(&desk, &json!({ "Resources": { "A": resource } }));
    let ran = desk.run(&["deploy", "out", "--color", "never"]).await;
    assert!(!ran.shown().contains('\u{1b}'), "{:?}", ran.shown());
    assert!(ran.shown().lines().all(|line| !line.trim_start().starts_with("::")), "{}", ran.shown());
}
