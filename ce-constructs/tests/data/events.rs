//! What databases say of themselves.

use ce_constructs::data::{AuroraCluster, DatabaseEvent, DatabaseEvents, RdsInstance};
use ce_constructs::observe::Topic;
use ce_constructs::security::Key;
use ce_synth::Scope;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{DEV, built, vpc, whole};

const SUBSCRIPTION: &str = "AWS::RDS::EventSubscription";

fn topic(scope: Scope<'_>) -> Topic<'_> {
    Topic::builder(&Key::builder().build(scope, "TopicKey")).build(scope, "Topic")
}

fn of_cluster(build: impl for<'a> FnOnce(DatabaseEvents<'a>) -> DatabaseEvents<'a>) -> Value {
    built(DEV, |scope| {
        let orders = AuroraCluster::builder(&vpc(scope)).build(scope, "Orders");
        build(DatabaseEvents::of_cluster(&orders, &topic(scope))).build(scope, "Events");
    })
}

/// The type of each source and what is told of it.
fn told(resources: &Value) -> Vec<(Value, Value)> {
    let subscriptions = whole(resources, SUBSCRIPTION).into_iter().map(|one| &one["Properties"]);
    subscriptions.map(|one| (one["SourceType"].clone(), one["EventCategories"].clone())).collect()
}

#[test]
fn a_cluster_and_its_instances_are_two() {
    let resources = of_cluster(|events| events);
    insta::assert_json_snapshot!(whole(&resources, SUBSCRIPTION));
    let opened = [&whole(&resources, "AWS::SNS::TopicPolicy"), &whole(&resources, "AWS::KMS::Key")];
    assert!(opened.iter().all(|all| all.iter().any(|one| one.to_string().contains("events.rds.amazonaws.com"))));
}

#[test]
fn clusters_are_not_asked_for_what_instances_alone_say() {
    let events = [DatabaseEvent::LowStorage, DatabaseEvent::Deletion];
    let resources = of_cluster(|all| all.events(events));
    assert_eq!(
        told(&resources),
        [(json!("db-cluster"), json!(["deletion"])), (json!("db-instance"), json!(["low storage", "deletion"])),]
    );
    assert_eq!(told(&of_cluster(|all| all.events([DatabaseEvent::Availability]))).len(), 1);
    assert_eq!(told(&of_cluster(|all| all.events([]))).len(), 0);
}

#[test]
fn an_instance_is_one() {
    let resources = built(DEV, |scope| {
        let orders = RdsInstance::builder(&vpc(scope)).build(scope, "Orders");
        let events = [DatabaseEvent::Failure, DatabaseEvent::Failover, DatabaseEvent::Maintenance];
        DatabaseEvents::of_instance(&orders, &topic(scope)).events(events).build(scope, "Events");
    });
    assert_eq!(told(&resources), [(json!("db-instance"), json!(["failure", "failover", "maintenance"]))]);
}

const EVENTS: [DatabaseEvent; 7] = [
    DatabaseEvent::Availability,
    DatabaseEvent::Failure,
    DatabaseEvent::Failover,
    DatabaseEvent::LowStorage,
    DatabaseEvent::Maintenance,
    DatabaseEvent::ConfigurationChange,
    DatabaseEvent::Deletion,
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn any_choice_is_told_by_who_says_it(places in prop::collection::btree_set(0usize..7, 0..8)) {
        let chosen: Vec<DatabaseEvent> = places.iter().map(|place| EVENTS[*place]).collect();
        // `built` fails on any finding, those of the schema among them.
        let told = told(&of_cluster(|all| all.events(chosen.clone())));
        let of_clusters = |event: &&DatabaseEvent| !matches!(event, DatabaseEvent::Availability | DatabaseEvent::LowStorage);
        let expected = [chosen.iter().filter(of_clusters).count(), chosen.len()];
        let counts: Vec<usize> = told.iter().map(|(_, categories)| categories.as_array().map_or(0, Vec::len)).collect();
        let expected: Vec<usize> = expected.into_iter().filter(|count| *count > 0).collect();
        prop_assert_eq!(counts, expected);
    }
}
