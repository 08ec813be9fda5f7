//! Schedules: the default, and each option.

use ce_constructs::observe::Topic;
use ce_constructs::operations::{
    AutomationDocument, DocumentParameter, Schedule, ScheduleExpression, ScheduleTarget, Step, TimeZone,
};
use ce_constructs::security::Key;
use ce_synth::{Duration, Scope};
use serde_json::{Value, json};

use super::{built, done, of_type, statements};

const DAILY: ScheduleExpression = ScheduleExpression::every_days(1);

fn topic(scope: Scope<'_>) -> Topic<'_> {
    Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic")
}

/// The schedule of a target, and what else there is.
fn scheduled(target: impl for<'a> FnOnce(Scope<'a>) -> ScheduleTarget<'a>) -> (Value, Value) {
    let resources = built(|scope| done(Schedule::builder(DAILY, target(scope)).build(scope, "Schedule")));
    (of_type(&resources, "AWS::Scheduler::Schedule")[0].clone(), resources)
}

#[test]
fn the_default_starts_a_document_at_its_minute() {
    let resources = built(|scope| {
        let document = AutomationDocument::builder("Waits")
            .step(Step::sleep("Wait", Duration::seconds(1)))
            .build(scope, "Runbook");
        done(Schedule::builder(ScheduleExpression::daily(3, 0), &document).build(scope, "Nightly"));
    });
    insta::assert_json_snapshot!(resources);
}

#[test]
fn a_schedule_has_settings() {
    let resources = built(|scope| {
        let schedule = Schedule::builder(ScheduleExpression::monthly(1, 9, 30), &topic(scope))
            .named("shop-review")
            .described("the monthly review")
            .group("shop")
            .zone(TimeZone::new("Europe/Berlin"))
            .within(Duration::minutes(15))
            .disabled()
            .encrypted_by(&Key::builder().build(scope, "Own"));
        done(schedule.build(scope, "Schedule"));
    });
    let schedule = of_type(&resources, "AWS::Scheduler::Schedule")[0];
    assert_eq!(schedule["Name"], "shop-review");
    assert_eq!(schedule["Description"], "the monthly review");
    assert_eq!(schedule["GroupName"], "shop");
    assert_eq!(schedule["ScheduleExpression"], "cron(30 9 1 * ? *)");
    assert_eq!(schedule["ScheduleExpressionTimezone"], "Europe/Berlin");
    assert_eq!(schedule["FlexibleTimeWindow"], json!({"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}));
    assert_eq!(schedule["State"], "DISABLED");
    assert!(schedule["KmsKeyArn"]["Fn::GetAtt"].is_array());
}

#[test]
fn a_topic_is_told_with_its_key() {
    let (schedule, resources) = scheduled(|scope| ScheduleTarget::topic(&topic(scope)).message("rotate the API keys"));
    assert_eq!(schedule["Target"]["Input"], "rotate the API keys");
    let text = statements(&resources);
    assert!(text.contains("sns:Publish") && text.contains("kms:GenerateDataKey"), "{text}");
}

#[test]
fn a_document_gets_its_inputs() {
    let (schedule, resources) = scheduled(|scope| {
        let document = AutomationDocument::builder("Waits")
            .parameter(DocumentParameter::text("Why"))
            .step(Step::sleep("Wait", Duration::seconds(1)));
        ScheduleTarget::document(&document.build(scope, "Runbook")).input("Why", ["time"])
    });
    let target = &schedule["Target"];
    assert!(target["Arn"].to_string().contains(":scheduler:::aws-sdk:ssm:startAutomationExecution"), "{target}");
    assert!(target["Input"].to_string().contains(r#"\"Parameters\":{\"Why\":[\"time\"]}"#), "{target}");
    assert!(statements(&resources).contains("iam:PassRole"));
}

#[test]
fn targets_have_queues_and_patience() {
    let (queue, function) =
        ("arn:aws:sqs:us-east-1:111111111111:lost", "arn:aws:lambda:us-east-1:111111111111:function:clean");
    let (schedule, resources) =
        scheduled(|_| ScheduleTarget::function(function).dead_letters(queue).retry(3, Duration::hours(1)));
    assert_eq!(schedule["Target"]["Arn"], function);
    assert_eq!(schedule["Target"]["DeadLetterConfig"]["Arn"], queue);
    assert_eq!(schedule["Target"]["RetryPolicy"], json!({"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 3600}));
    let text = statements(&resources);
    assert!(text.contains("lambda:InvokeFunction") && text.contains("sqs:SendMessage"), "{text}");
}
