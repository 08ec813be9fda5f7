//! Costs: the default, and each option.

use ce_constructs::governance::{Budget, CostGuard, CostGuardBuilder, CostReport, TimeUnit};
use ce_constructs::observe::Topic;
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::{Percent, Scope};
use serde_json::{Value, json};

use super::{built, done, of_type};

fn topic(scope: Scope<'_>) -> Topic<'_> {
    let key = Key::builder().build(scope, "Key");
    Topic::builder(&key).build(scope, "Topic")
}

fn guard(build: impl for<'a> FnOnce(CostGuardBuilder<'a>) -> CostGuardBuilder<'a>) -> Value {
    built(|scope| done(build(CostGuard::builder("shop").notify(&topic(scope))).build(scope, "Guard")))
}

fn budget(budget: Budget) -> Value {
    of_type(&guard(|guard| guard.budget(budget)), "AWS::Budgets::Budget")[0].clone()
}

fn report(build: impl for<'a> FnOnce(CostReport<'a>) -> CostReport<'a>) -> Value {
    built(|scope| {
        let bucket = Bucket::builder().without_access_logs().build(scope, "Files");
        let report = build(CostReport::daily("shop-costs", &bucket));
        let guard = CostGuard::builder("shop").without_anomalies().report(report).build(scope, "Guard");
        assert!(guard.report().is_some() && guard.budgets().is_empty());
    })
}

#[test]
fn the_default_tells_of_80_and_100_percent_and_of_anomalies() {
    let resources = guard(|guard| guard.budget(Budget::monthly("shop-prod", 5_600)));
    let of = |kind: &str| of_type(&resources, kind).into_iter().cloned().collect::<Vec<_>>();
    let kinds = ["AWS::Budgets::Budget", "AWS::CE::AnomalyMonitor", "AWS::CE::AnomalySubscription"];
    insta::assert_json_snapshot!(kinds.map(of));
}

#[test]
fn budgets_have_times_alerts_and_filters() {
    for (unit, name) in [
        (TimeUnit::Day, "DAILY"),
        (TimeUnit::Month, "MONTHLY"),
        (TimeUnit::Quarter, "QUARTERLY"),
        (TimeUnit::Year, "ANNUALLY"),
    ] {
        assert_eq!(budget(Budget::new("shop", 100, unit))["Budget"]["TimeUnit"], name);
    }
    let written = budget(
        Budget::monthly("shop-transfer", 500)
            .alert_at([Percent::new(50)])
            .forecast_at(Percent::new(100))
            .only("UsageTypeGroup", ["EC2: Data Transfer - Inter AZ"])
            .tagged("Environment", "prod"),
    );
    let alerts = &written["NotificationsWithSubscribers"];
    let said = |place: usize| {
        (alerts[place]["Notification"]["NotificationType"].clone(), alerts[place]["Notification"]["Threshold"].clone())
    };
    assert_eq!((said(0), said(1)), ((json!("ACTUAL"), json!(50)), (json!("FORECASTED"), json!(100))));
    let filters =
        json!({"UsageTypeGroup": ["EC2: Data Transfer - Inter AZ"], "TagKeyValue": ["user:Environment$prod"]});
    assert_eq!(written["Budget"]["CostFilters"], filters);
}

#[test]
fn addresses_are_told_too() {
    let resources = guard(|guard| guard.mail("finance@example.com").budget(Budget::monthly("shop", 100)));
    let subscribers = &of_type(&resources, "AWS::Budgets::Budget")[0]["NotificationsWithSubscribers"][0]["Subscribers"];
    assert_eq!(
        (&subscribers[0]["SubscriptionType"], &subscribers[1]["SubscriptionType"]),
        (&json!("SNS"), &json!("EMAIL"))
    );
    let mut frequencies: Vec<_> =
        of_type(&resources, "AWS::CE::AnomalySubscription").iter().map(|one| one["Frequency"].to_string()).collect();
    frequencies.sort();
    assert_eq!(frequencies, [r#""DAILY""#, r#""IMMEDIATE""#], "topics take them at once, addresses do not");
}

#[test]
fn anomalies_have_a_size_or_are_not_watched() {
    let resources = guard(|guard| guard.anomalies_above(250));
    let threshold = of_type(&resources, "AWS::CE::AnomalySubscription")[0]["ThresholdExpression"].to_string();
    assert!(threshold.contains("250"), "{threshold}");
    assert!(
        of_type(&guard(|guard| guard.mail("a@example.com").without_anomalies()), "AWS::CE::AnomalyMonitor").is_empty()
    );
}

#[test]
fn a_report_is_written_by_the_day() {
    let resources = report(|report| report);
    insta::assert_json_snapshot!((
        of_type(&resources, "AWS::CUR::ReportDefinition"),
        of_type(&resources, "AWS::S3::BucketPolicy")
    ));
}

#[test]
fn a_report_has_a_place_and_a_size() {
    let resources = report(|report| report.hourly().prefix("billing/costs").without_resources());
    let report = of_type(&resources, "AWS::CUR::ReportDefinition")[0];
    assert_eq!((&report["TimeUnit"], &report["S3Prefix"]), (&json!("HOURLY"), &json!("billing/costs")));
    assert!(report["AdditionalSchemaElements"].is_null());
}
