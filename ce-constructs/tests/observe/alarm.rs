//! Alarms.

use ce_constructs::observe::{AlarmAction, Metric, MissingData, Percentile, Statistic, Topic, Urgency};
use ce_constructs::security::Key;
use ce_synth::Duration;
use serde_json::{Value, json};

use super::{PROD, built, of_type};

fn alarm(build: impl FnOnce(Metric) -> ce_constructs::observe::AlarmBuilder) -> Value {
    let resources = built(PROD, |scope| {
        build(Metric::new("Shop", "Latency").dimension("Service", "api")).alarm(scope, "Alarm");
    });
    of_type(&resources, "AWS::CloudWatch::Alarm")[0].clone()
}

#[test]
fn the_default_alarm() {
    insta::assert_json_snapshot!(alarm(|metric| metric.above(2.0)));
}

#[test]
fn every_comparison_has_its_operator() {
    let operator = |alarm: Value| alarm["ComparisonOperator"].as_str().unwrap_or_default().to_owned();
    assert_eq!(operator(alarm(|metric| metric.at_least(2.0))), "GreaterThanOrEqualToThreshold");
    assert_eq!(operator(alarm(|metric| metric.below(2.0))), "LessThanThreshold");
    assert_eq!(operator(alarm(|metric| metric.at_most(2.0))), "LessThanOrEqualToThreshold");
}

#[test]
fn options_are_written() {
    let alarm = alarm(|metric| {
        let metric = metric.statistic(Statistic::Percentile(Percentile::P95)).period(Duration::minutes(5));
        metric
            .above(0.5)
            .for_periods(3)
            .when_any(2)
            .missing(MissingData::NotBreaching)
            .named("slow")
            .described("see https://runbooks.example.com/slow")
    });
    assert_eq!(alarm["ExtendedStatistic"], "p95");
    assert_eq!(alarm["Statistic"], Value::Null);
    assert_eq!(alarm["Period"], 300);
    assert_eq!((&alarm["EvaluationPeriods"], &alarm["DatapointsToAlarm"]), (&json!(3), &json!(2)));
    assert_eq!(alarm["TreatMissingData"], "notBreaching");
    assert_eq!(alarm["AlarmName"], "slow");
    assert_eq!(alarm["AlarmDescription"], "see https://runbooks.example.com/slow");
}

#[test]
fn a_formula_becomes_queries_of_which_one_gives_data() {
    let resources = built(PROD, |scope| {
        let sum = |name| Metric::new("Shop", name).statistic(Statistic::Sum);
        let rate = Metric::math("IF(all > 0, 100 * bad / all, 0)", [("bad", sum("Errors")), ("all", sum("Requests"))]);
        rate.above(5.0).for_periods(5).alarm(scope, "Errors");
    });
    let alarm = of_type(&resources, "AWS::CloudWatch::Alarm")[0];
    let queries = alarm["Metrics"].as_array().cloned().unwrap_or_default();
    let returned: Vec<_> = queries.iter().map(|query| query["ReturnData"].as_bool()).collect();
    assert_eq!(returned, [Some(false), Some(false), Some(true)]);
    assert_eq!(queries[0]["MetricStat"]["Metric"]["MetricName"], "Errors");
    assert_eq!(queries[2]["Expression"], "IF(all > 0, 100 * bad / all, 0)");
    assert_eq!(alarm["MetricName"], Value::Null);
}

#[test]
fn a_learned_band_is_a_threshold() {
    let alarm = alarm(|metric| metric.above_expected(2.0));
    assert_eq!(alarm["ThresholdMetricId"], "expected");
    assert_eq!(alarm["Threshold"], Value::Null);
    assert_eq!(alarm["ComparisonOperator"], "GreaterThanUpperThreshold");
    assert_eq!(alarm["Metrics"][1]["Expression"], "ANOMALY_DETECTION_BAND(watched, 2)");
    assert_eq!(alarm["Metrics"][0]["ReturnData"], true, "a band needs the metric it is learned from");
}

#[test]
fn actions_are_gathered_once_each() {
    let resources = built(PROD, |scope| {
        let topic = Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic");
        let alarm = Metric::new("Shop", "Orders").below(1.0).alarm(scope, "Alarm");
        alarm.notify(&topic).notify(&topic).on_alarm(AlarmAction::ops_item(Urgency::High)).on_insufficient_data(&topic);
    });
    let alarm = of_type(&resources, "AWS::CloudWatch::Alarm")[0];
    assert_eq!(alarm["AlarmActions"].as_array().map(Vec::len), Some(2));
    assert_eq!(alarm["OKActions"].as_array().map(Vec::len), Some(1));
    assert_eq!(alarm["InsufficientDataActions"].as_array().map(Vec::len), Some(1));
    assert!(alarm["AlarmActions"][1].to_string().contains(":opsitem:2"));
}
