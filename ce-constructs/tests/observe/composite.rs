//! Alarms about alarms.

use ce_constructs::observe::{Alarm, AlarmAction, AlarmCondition, CompositeAlarm, Metric, RunbookLink, Urgency};
use ce_synth::{Duration, Scope};
use serde_json::{Value, json};

use super::{PROD, built, codes, done, of_type, synth};

fn alarm<'a>(scope: Scope<'a>, id: &str) -> Alarm<'a> {
    Metric::new("Shop", id.to_owned()).above(1.0).alarm(scope, id)
}

fn composite(build: impl FnOnce(Scope<'_>)) -> Value {
    of_type(&built(PROD, build), "AWS::CloudWatch::CompositeAlarm")[0].clone()
}

/// The rule with each reference replaced by the first letter of its alarm.
fn rule(alarm: &Value) -> String {
    let parts = alarm["AlarmRule"]["Fn::Join"][1].as_array().cloned().unwrap_or_default();
    let text =
        |part: &Value| part.as_str().map(str::to_owned).or_else(|| part["Ref"].as_str().map(|id| id[..1].to_owned()));
    parts.iter().filter_map(text).collect()
}

#[test]
fn the_default_is_a_rule_alone() {
    insta::assert_json_snapshot!(composite(|scope| done(
        CompositeAlarm::builder(alarm(scope, "Errors")).build(scope, "C")
    )));
}

#[test]
fn conditions_nest() {
    let composite = composite(|scope| {
        let [errors, slow, deploying] = ["Errors", "Slow", "Deploying"].map(|id| alarm(scope, id));
        let ill = CompositeAlarm::builder(AlarmCondition::any([errors, slow])).build(scope, "Ill");
        let calm = AlarmCondition::from(deploying).negated();
        done(CompositeAlarm::builder(AlarmCondition::all([AlarmCondition::from(ill), calm])).build(scope, "Outage"));
    });
    // The first of two, by logical id: the inner one.
    assert_eq!(rule(&composite), r#"(ALARM("E") OR ALARM("S"))"#);
}

#[test]
fn negation_and_alarms_of_alarms_are_written() {
    let resources = built(PROD, |scope| {
        let ill = CompositeAlarm::builder(alarm(scope, "Errors")).build(scope, "Ill");
        let calm = AlarmCondition::from(alarm(scope, "Deploying")).negated();
        done(CompositeAlarm::builder(AlarmCondition::all([AlarmCondition::from(ill), calm])).build(scope, "Outage"));
    });
    let outage = of_type(&resources, "AWS::CloudWatch::CompositeAlarm")[1];
    assert_eq!(rule(outage), r#"(ALARM("I") AND NOT ALARM("D"))"#);
}

#[test]
fn options_are_written() {
    let composite = composite(|scope| {
        let deploying = alarm(scope, "Deploying");
        CompositeAlarm::builder(alarm(scope, "Errors"))
            .named("outage")
            .described("users are hurt")
            .runbook(RunbookLink::url("https://runbooks.example.com/outage"))
            .quiet_while(&deploying, Duration::minutes(2))
            .build(scope, "Outage")
            .on_alarm(AlarmAction::ops_item(Urgency::Critical));
    });
    assert_eq!(composite["AlarmName"], "outage");
    assert_eq!(composite["AlarmDescription"], "users are hurt. Runbook: https://runbooks.example.com/outage");
    assert!(composite["ActionsSuppressor"]["Fn::GetAtt"].is_array());
    assert_eq!(
        (&composite["ActionsSuppressorWaitPeriod"], &composite["ActionsSuppressorExtensionPeriod"]),
        (&json!(120), &json!(120))
    );
    assert!(composite["AlarmActions"][0].to_string().contains(":opsitem:1"));
}

#[test]
fn ce7012_conditions_about_nothing_or_too_much() {
    let with = |count: usize| {
        codes(&synth(PROD, |scope| {
            let alarm = alarm(scope, "Errors");
            done(CompositeAlarm::builder(AlarmCondition::any((0..count).map(|_| alarm))).build(scope, "Outage"));
        }))
    };
    assert_eq!(with(0), ["CE7012"]);
    assert_eq!(with(1), [""; 0]);
    assert_eq!(with(100), [""; 0]);
    assert_eq!(with(101), ["CE7012"]);
}

#[test]
fn ce7013_a_composite_alarm_scales_nothing() {
    let arn = "arn:aws:autoscaling:eu-west-1:111111111111:scalingPolicy:0a:resource/ecs/service/a/b:policyName/c";
    let result = synth(PROD, |scope| {
        CompositeAlarm::builder(alarm(scope, "Errors"))
            .build(scope, "Outage")
            .on_alarm(AlarmAction::scaling_policy(arn));
    });
    assert_eq!(codes(&result), ["CE7013"]);
}
