//! Topics.

use ce_constructs::observe::{Endpoint, Publisher, Topic};
use ce_constructs::security::Key;
use serde_json::json;

use super::{PROD, built, of_type};

#[test]
fn the_default_topic() {
    insta::assert_json_snapshot!(built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        Topic::builder(&key).build(scope, "Topic");
    }));
}

#[test]
fn options_are_written() {
    let resources = built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        let topic = Topic::builder(&key).named("oncall").display_name("On call").allow(Publisher::Budgets);
        let topic = topic.build(scope, "Topic");
        topic.subscribe("Mail", Endpoint::email("oncall@example.com"));
        topic.subscribe("Pager", Endpoint::https("https://events.example.com"));
    });
    let topic = of_type(&resources, "AWS::SNS::Topic")[0];
    assert_eq!((&topic["TopicName"], &topic["DisplayName"]), (&json!("oncall"), &json!("On call")));
    let policy = of_type(&resources, "AWS::SNS::TopicPolicy")[0].to_string();
    assert!(policy.contains("budgets.amazonaws.com"));
    assert!(of_type(&resources, "AWS::KMS::Key")[0].to_string().contains("budgets.amazonaws.com"));
    let protocols: Vec<_> =
        of_type(&resources, "AWS::SNS::Subscription").iter().map(|one| one["Protocol"].clone()).collect();
    assert_eq!(protocols, ["email", "https"]);
}
