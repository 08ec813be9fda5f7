//! `ce simulate`: a deployment in virtual time, without an account.

use serde_json::json;

use crate::ran::Desk;
use crate::small::{network_and_shop, queue, shop};

#[tokio::test]
async fn a_deployment_is_told() {
    let desk = Desk::new("simulate-text");
    network_and_shop(&desk);
    let ran = desk.run(&["simulate", "out"]).await.expect(0);
    insta::assert_snapshot!("simulate", ran.output);
    assert!(ran.errors.contains("Shop:Mail"), "{}", ran.errors);
}

#[tokio::test]
async fn the_same_as_data() {
    let desk = Desk::new("simulate-json");
    network_and_shop(&desk);
    let ran = desk.run(&["simulate", "out", "--json", "--seed", "7"]).await.expect(0);
    insta::assert_snapshot!("simulate_json", ran.output);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let desk = Desk::new("simulate-same");
    network_and_shop(&desk);
    for more in [&["--seed", "3", "--fault", "throttle=after=2,times=9", "--kill-at", "30"][..], &["--schedules", "40"]]
    {
        let arguments = [&["simulate", "out", "--json"], more].concat();
        let (one, other) = (desk.run(&arguments).await.expect(0), desk.run(&arguments).await.expect(0));
        assert_eq!(one.output, other.output);
    }
}

#[tokio::test]
async fn a_fault_strikes_and_what_comes_next_is_said() {
    let desk = Desk::new("simulate-fault");
    network_and_shop(&desk);
    let ran = desk.run(&["simulate", "out", "--fault", "resource-fails=after=1"]).await.expect(6);
    insta::assert_snapshot!("simulate_fault", ran.output);
}

#[tokio::test]
async fn a_killed_deployment_is_begun_again() {
    let desk = Desk::new("simulate-kill");
    network_and_shop(&desk);
    let ran = desk.run(&["simulate", "out", "--kill-at", "30", "--json"]).await.expect(0);
    assert_eq!(ran.json()["runs"], 2);
    assert_eq!(ran.json()["faults"], json!([{ "fault": "kill=after=30", "struck": 1 }]));
}

#[tokio::test]
async fn schedules_of_faults_are_judged() {
    let desk = Desk::new("simulate-schedules");
    network_and_shop(&desk);
    let ran = desk.run(&["simulate", "out", "--schedules", "60", "--json"]).await.expect(0);
    assert_eq!(ran.json()["schedules"], 60);
    assert_eq!(ran.json()["broken"], json!(null));
    let kinds = ran.json()["struck"].as_object().map_or(0, serde_json::Map::len);
    assert!(kinds > 15, "{}", ran.output);
}

#[tokio::test]
async fn service_times_and_throttling_show() {
    let desk = Desk::new("simulate-times");
    network_and_shop(&desk);
    let ran = desk.run(&["simulate", "out", "--json", "--service-times", "AWS::EC2::VPC=600"]).await.expect(0);
    assert!(ran.json()["stacks"][0]["tookMillis"].as_u64() >= Some(600_000), "{}", ran.output);
    let ran = desk.run(&["simulate", "out", "--json", "--requests-per-second", "1"]).await.expect(0);
    assert!(ran.json()["throttled"].as_u64() > Some(0), "{}", ran.output);
}

#[tokio::test]
async fn a_stack_is_played_with_those_it_needs() {
    let desk = Desk::new("simulate-some");
    network_and_shop(&desk);
    let count = |ran: crate::ran::Ran| ran.json()["stacks"].as_array().map_or(0, Vec::len);
    assert_eq!(count(desk.run(&["simulate", "out", "Network", "--json"]).await.expect(0)), 1);
    assert_eq!(count(desk.run(&["simulate", "out", "Shop", "--json"]).await.expect(0)), 2);
    assert_eq!(count(desk.run(&["simulate", "out", "!(Shop)", "--json"]).await.expect(0)), 1);
}

#[tokio::test]
async fn it_ends_with_the_number_of_the_deployment() {
    let desk = Desk::new("simulate-exit");
    shop(&desk, &queue("a"));
    for (fault, code) in [
        ("access-denied", 8),
        ("interrupt", 130),
        ("resource-fails", 5),
        ("other-words", 0),
        ("thunder", 64),
        ("kill=soon", 64),
    ] {
        desk.run(&["simulate", "out", "--fault", fault]).await.expect(code);
    }
    let stuck = ["simulate", "out", "--fault", "resource-fails", "--fault", "rollback-fails"];
    desk.run(&stuck).await.expect(6);
    desk.run(&["simulate", "out", "--listen", "0"]).await.expect(64);
    shop(&desk, &json!({ "Resources": { "Inbox": {} } }));
    desk.run(&["simulate", "out"]).await.expect(4);
    let list = desk.run(&["simulate", "--faults"]).await.expect(0).output;
    assert!(list.contains("lost-answer ") && list.lines().count() > 50, "{list}");
}
