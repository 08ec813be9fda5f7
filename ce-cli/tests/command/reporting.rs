//! What errands found out, as JSON.

use ce_cli::simulate::Cloud;
use ce_deploy::engine::Span;
use ce_deploy::simulator::{Fault, FaultKind, ServiceTimes, Settings, Simulator};
use serde_json::json;

use crate::past::made_long_ago;
use crate::ran::Desk;
use crate::small::{queue, shop};
use crate::stepping::Stepping;

#[tokio::test]
async fn drift_names_what_was_changed_and_not_to_what() {
    let simulator = made_long_ago(&queue("a"), |simulator, place| {
        assert!(simulator.change_behind(place, "shop", "Inbox", "QueueName", json!("hunter2")));
    });
    let desk = Desk::on("drift-json", simulator).await;
    shop(&desk, &queue("a"));
    let ran = desk.run(&["drift", "out", "--json"]).await.expect(7);
    let told = ran.json();
    assert_eq!((&told["version"], &told["command"], &told["exit"]), (&json!(1), &json!("drift"), &json!(7)));
    let mut report = told["stacks"]["Shop"]["report"].clone();
    report["resources"][0]["physicalId"].take();
    insta::assert_json_snapshot!(report);
    assert!(!ran.shown().contains("hunter2"), "{}", ran.shown());
}

#[tokio::test]
async fn recover_names_what_failed_and_what_can_be_done() {
    let faults = [FaultKind::ResourceFails, FaultKind::RollbackFails].map(Fault::new);
    let desk = Desk::with_faults("recover-json", &faults).await;
    shop(&desk, &queue("a"));
    desk.run(&["deploy", "out"]).await.expect(6);
    let ran = desk.run(&["recover", "out", "--json"]).await.expect(6);
    let mut report = ran.json()["stacks"]["Shop"]["report"].clone();
    for failed in report["failed"].as_array_mut().into_iter().flatten() {
        failed["physicalId"].take();
    }
    insta::assert_json_snapshot!(report);
}

#[tokio::test]
async fn attach_says_how_it_ended() {
    // Of the creation, twenty calls long, `deploy` sees the beginning, whatever the machine's pace.
    let times = ServiceTimes::default().change_set(Span::seconds(1)).resource(Span::seconds(40));
    let simulator = Simulator::new(Settings::default().times(times), &ce_cfn::SCHEMAS);
    let desk = Desk::of("attach-json", Cloud::new(Stepping::by(Span::seconds(2), simulator))).await;
    shop(&desk, &queue("a"));
    desk.run(&["deploy", "out", "--detach"]).await.expect(10);
    let told = desk.run(&["attach", "out", "--json"]).await.expect(0).json();
    assert_eq!((&told["version"], &told["command"], &told["exit"]), (&json!(1), &json!("attach"), &json!(0)));
    let stack = &told["stacks"]["Shop"];
    assert_eq!((&stack["end"], &stack["status"]), (&json!("changed"), &json!("CREATE_COMPLETE")));
}

/// The service refuses to take back what express mode left, and any change of it in another mode.
#[tokio::test]
async fn recover_offers_what_express_mode_allows() {
    let desk = Desk::with_faults("recover-express", &[Fault::new(FaultKind::ResourceFails)]).await;
    shop(&desk, &json!({ "Resources": { "Inbox": { "Type": "AWS::SQS::Queue" } } }));
    desk.run(&["deploy", "out", "--mode", "express", "--no-rollback"]).await.expect(6);
    let told = desk.run(&["recover", "out", "--json"]).await.expect(6).json();
    let remedies = told["stacks"]["Shop"]["report"]["remedies"].as_array().cloned().unwrap_or_default();
    let kinds: Vec<_> = remedies.iter().map(|remedy| remedy["kind"].clone()).collect();
    assert_eq!(kinds, [json!("deploy-express"), json!("delete")]);
    desk.run(&["deploy", "out", "--mode", "express"]).await.expect(0);
}
