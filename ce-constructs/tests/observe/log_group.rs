//! Log groups.

use ce_constructs::observe::{LogGroup, QueryDefinition, Retention};
use ce_constructs::security::Key;
use ce_synth::{Environment, Tier};
use serde_json::json;

use super::{DEV, PROD, built, done, of_type};

const GROUP: &str = "AWS::Logs::LogGroup";

#[test]
fn the_default_in_production() {
    insta::assert_json_snapshot!(built(PROD, |scope| done(LogGroup::builder().build(scope, "Logs"))));
}

#[test]
fn retention_follows_the_tier_unless_it_is_said() {
    let days = |environment: Environment| {
        of_type(&built(environment, |scope| done(LogGroup::builder().build(scope, "Logs"))), GROUP)[0]["RetentionInDays"]
            .clone()
    };
    assert_eq!(days(PROD), 90);
    assert_eq!(days(Environment { tier: Tier::Staging, ..PROD }), 30);
    assert_eq!(days(DEV), 14);
    let said = built(DEV, |scope| done(LogGroup::builder().retention(Retention::days(365)).build(scope, "Logs")));
    assert_eq!(of_type(&said, GROUP)[0]["RetentionInDays"], 365);
}

#[test]
fn a_key_lets_the_service_of_its_region_in() {
    let resources = built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        LogGroup::builder().named("/shop/api").encrypted_by(&key).build(scope, "Logs");
        LogGroup::builder().encrypted_by(&key).build(scope, "More");
    });
    let group = of_type(&resources, GROUP)[0];
    assert_eq!(group["LogGroupName"], "/shop/api");
    assert!(group["KmsKeyId"]["Fn::GetAtt"].is_array());
    let policy = of_type(&resources, "AWS::KMS::Key")[0]["KeyPolicy"]["Statement"].clone();
    let statements = policy.as_array().map(Vec::len);
    assert_eq!(statements, Some(2), "the account, and the service once: {policy}");
    assert_eq!(policy[1]["Principal"], json!({ "Service": "logs.eu-west-1.amazonaws.com" }));
    assert!(policy[1]["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].is_object());
}

#[test]
fn groups_of_a_stack_share_a_key_unless_they_say_otherwise() {
    let resources = built(PROD, |scope| {
        let inner = scope.child("Inner");
        LogGroup::builder().build(inner, "Logs");
        LogGroup::builder().build(scope, "More");
        LogGroup::builder().named("/plain").encrypted_by_aws().build(scope, "Plain");
    });
    assert_eq!(of_type(&resources, "AWS::KMS::Key").len(), 1);
    let groups = of_type(&resources, GROUP);
    let (plain, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group["LogGroupName"] == "/plain");
    assert_eq!(plain[0].get("KmsKeyId"), None);
    assert_eq!(others.len(), 2);
    assert!(others[0]["KmsKeyId"]["Fn::GetAtt"].is_array(), "{}", others[0]);
    assert_eq!(others[0]["KmsKeyId"], others[1]["KmsKeyId"]);
}

#[test]
fn events_are_counted() {
    let resources = built(PROD, |scope| {
        let logs = LogGroup::builder().build(scope, "Logs");
        let errors = logs.count("Errors", "{ $.level = \"error\" }", "Shop", "Errors");
        errors.above(10.0).alarm(scope, "TooMany");
    });
    let filter = of_type(&resources, "AWS::Logs::MetricFilter")[0];
    assert_eq!(filter["FilterPattern"], "{ $.level = \"error\" }");
    assert_eq!(filter["MetricTransformations"][0]["MetricNamespace"], "Shop");
    let alarm = of_type(&resources, "AWS::CloudWatch::Alarm")[0];
    assert_eq!((&alarm["Statistic"], &alarm["MetricName"]), (&json!("Sum"), &json!("Errors")));
}

#[test]
fn a_query_names_its_groups() {
    let resources = built(PROD, |scope| {
        let logs = LogGroup::builder().build(scope, "Logs");
        QueryDefinition::builder("shop/slow", "sort duration desc").over(&logs).build(scope, "Slow");
        QueryDefinition::builder("shop/any", "limit 20").build(scope, "Any");
    });
    let queries = of_type(&resources, "AWS::Logs::QueryDefinition");
    let of =
        |name: &str| queries.iter().find(|query| query["Name"] == name).map(|query| query["LogGroupNames"].clone());
    assert_eq!(of("shop/slow").and_then(|names| names.as_array().map(Vec::len)), Some(1));
    assert_eq!(of("shop/any"), Some(serde_json::Value::Null));
}
