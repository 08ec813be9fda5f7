//! Rules about events: the default, and each option.

use ce_constructs::observe::{Metric, Topic};
use ce_constructs::operations::{
    AlarmState, AutomationDocument, DocumentParameter, EventPattern, EventRule, EventTarget, Match, ScheduleExpression,
    Step,
};
use ce_constructs::security::Key;
use ce_synth::{Duration, Scope};
use serde_json::{Value, json};

use super::{built, done, of_type, statements};

fn topic(scope: Scope<'_>) -> Topic<'_> {
    Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic")
}

/// What a pattern becomes.
fn pattern(pattern: EventPattern) -> Value {
    let resources = built(|scope| done(EventRule::builder(pattern).to(&topic(scope)).build(scope, "Rule")));
    of_type(&resources, "AWS::Events::Rule")[0]["EventPattern"].clone()
}

/// The rule with a target of the topic, and what else there is.
fn rule_to(target: impl for<'a> FnOnce(Scope<'a>) -> EventTarget<'a>) -> (Value, Value) {
    let resources = built(|scope| {
        let rule = EventRule::builder(EventPattern::from_source("aws.ecs")).to(target(scope));
        done(rule.build(scope, "Rule"));
    });
    (of_type(&resources, "AWS::Events::Rule")[0].clone(), resources)
}

#[test]
fn the_default_tells_a_topic() {
    let resources = built(|scope| {
        done(EventRule::builder(EventPattern::guard_duty_findings(7.0)).to(&topic(scope)).build(scope, "Findings"));
    });
    insta::assert_json_snapshot!(of_type(&resources, "AWS::Events::Rule"));
    assert!(of_type(&resources, "AWS::IAM::Role").is_empty());
}

#[test]
fn a_rule_has_a_name_a_bus_and_a_state() {
    let resources = built(|scope| {
        let rule =
            EventRule::builder(EventPattern::from_source("shop.orders")).named("shop-orders").described("orders");
        done(rule.bus("orders").disabled().to(&topic(scope)).build(scope, "Rule"));
    });
    let rule = of_type(&resources, "AWS::Events::Rule")[0];
    let settings = ["Name", "Description", "EventBusName", "State"].map(|name| rule[name].as_str().unwrap_or_default());
    assert_eq!(settings, ["shop-orders", "orders", "orders", "DISABLED"]);
}

#[test]
fn a_rule_may_be_about_times() {
    let resources = built(|scope| {
        done(EventRule::every(ScheduleExpression::every_hours(6)).to(&topic(scope)).build(scope, "Rule"));
    });
    let rule = of_type(&resources, "AWS::Events::Rule")[0];
    assert_eq!(rule["ScheduleExpression"], "rate(6 hours)");
    assert!(rule["EventPattern"].is_null());
}

#[test]
fn patterns_are_of_sources_and_details() {
    assert_eq!(
        pattern(EventPattern::from_source("aws.application-autoscaling")),
        json!({"source": ["aws.application-autoscaling"]})
    );
    let named =
        EventPattern::of("aws.ecs", "ECS Deployment State Change").or_called("ECS Task State Change").about(["arn:a"]);
    let expected = json!({
        "source": ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change", "ECS Task State Change"],
        "resources": ["arn:a"],
    });
    assert_eq!(pattern(named), expected);
    let findings = pattern(EventPattern::guard_duty_findings(7.0));
    assert_eq!(findings["detail-type"], json!(["GuardDuty Finding"]));
    assert_eq!(findings["detail"]["severity"], json!([{"numeric": [">=", 7]}]));
    let hub = pattern(EventPattern::security_hub_findings(["HIGH"]));
    assert_eq!(hub["detail"]["findings"]["Severity"]["Label"], json!(["HIGH"]));
    assert_eq!(pattern(EventPattern::backup_jobs(["FAILED"]))["detail"]["state"], json!(["FAILED"]));
    assert_eq!(pattern(EventPattern::ecs_deployments())["source"], json!(["aws.ecs"]));
}

#[test]
fn patterns_are_of_alarms() {
    for (state, name) in
        [(AlarmState::Alarm, "ALARM"), (AlarmState::Ok, "OK"), (AlarmState::InsufficientData, "INSUFFICIENT_DATA")]
    {
        assert_eq!(pattern(EventPattern::alarm_state(state))["detail"]["state"]["value"], json!([name]));
    }
    let resources = built(|scope| {
        let alarm = Metric::new("Shop", "Orders").below(1.0).alarm(scope, "Alarm");
        let full = EventPattern::alarm_state(AlarmState::Alarm).about_alarm(&alarm);
        done(EventRule::builder(full).to(&topic(scope)).build(scope, "Rule"));
    });
    let about = &of_type(&resources, "AWS::Events::Rule")[0]["EventPattern"]["resources"][0];
    assert_eq!(about["Fn::GetAtt"][1], "Arn");
}

#[test]
fn fields_are_matched_in_many_ways() {
    let all = [
        (Match::text("a"), json!("a")),
        (Match::is(true), json!(true)),
        (Match::prefix("a"), json!({"prefix": "a"})),
        (Match::suffix("a"), json!({"suffix": "a"})),
        (Match::wildcard("a*b"), json!({"wildcard": "a*b"})),
        (Match::anything_but(["a", "b"]), json!({"anything-but": ["a", "b"]})),
        (Match::at_least(7.0), json!({"numeric": [">=", 7]})),
        (Match::above(7.5), json!({"numeric": [">", 7.5]})),
        (Match::at_most(7.0), json!({"numeric": ["<=", 7]})),
        (Match::below(7.0), json!({"numeric": ["<", 7]})),
        (Match::between(4.0, 6.9), json!({"numeric": [">=", 4, "<=", 6.9]})),
        (Match::exists(false), json!({"exists": false})),
    ];
    for (matching, expected) in all {
        assert_eq!(
            pattern(EventPattern::from_source("shop").detail("a.b", [matching]))["detail"]["a"]["b"],
            json!([expected])
        );
    }
}

#[test]
fn a_document_is_started_with_its_inputs() {
    let (rule, resources) = rule_to(|scope| {
        let document = AutomationDocument::builder("Waits")
            .parameter(DocumentParameter::text("Why"))
            .step(Step::sleep("Wait", Duration::seconds(1)));
        EventTarget::document(&document.build(scope, "Runbook")).input("Why", ["an event"])
    });
    let target = &rule["Targets"][0];
    assert!(target["Arn"].to_string().contains(":automation-definition/"), "{target}");
    assert_eq!(target["Input"], r#"{"Why":["an event"]}"#);
    assert!(target["RoleArn"]["Fn::GetAtt"].is_array(), "{target}");
    assert!(statements(&resources).contains("ssm:StartAutomationExecution"));
}

#[test]
fn a_function_lets_the_rule_invoke_it() {
    let arn = "arn:aws:lambda:us-east-1:111111111111:function:isolate";
    let (rule, resources) = rule_to(|_| EventTarget::function(arn));
    assert_eq!(rule["Targets"][0]["Arn"], arn);
    let permission = of_type(&resources, "AWS::Lambda::Permission")[0];
    assert_eq!(permission["Principal"], "events.amazonaws.com");
    assert!(permission["SourceArn"]["Fn::GetAtt"].is_array());
}

#[test]
fn targets_have_messages_queues_and_patience() {
    let queue = "arn:aws:sqs:us-east-1:111111111111:lost";
    let (rule, _) = rule_to(|scope| {
        let target = EventTarget::topic(&topic(scope)).message("<what> happened", [("what", "$.detail.type")]);
        target.dead_letters(queue).retry(3, Duration::hours(1))
    });
    let target = &rule["Targets"][0];
    assert_eq!(target["InputTransformer"]["InputTemplate"], r#""<what> happened""#);
    assert_eq!(target["InputTransformer"]["InputPathsMap"]["what"], "$.detail.type");
    assert_eq!(target["DeadLetterConfig"]["Arn"], queue);
    assert_eq!(target["RetryPolicy"], json!({"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 3600}));
    let (rule, _) = rule_to(|_| EventTarget::queue(queue));
    assert_eq!(rule["Targets"][0]["Arn"], queue);
}

#[test]
fn scaling_is_an_event() {
    let pattern = pattern(EventPattern::scaling_activities());
    assert_eq!(pattern["source"], json!(["aws.application-autoscaling"]));
}

#[test]
fn a_document_is_told_parts_of_the_event() {
    let (rule, _) = rule_to(|scope| {
        let text = |name: &str| DocumentParameter::text(name);
        let document = AutomationDocument::builder("Looks").parameter(text("Task")).parameter(text("Why"));
        let document = document.step(Step::pause("Look")).build(scope, "Document");
        EventTarget::document(&document).input("Why", ["a rule"]).input_from("Task", "$.detail.taskArn")
    });
    let target = &rule["Targets"][0];
    assert_eq!(target["Input"], Value::Null);
    assert_eq!(target["InputTransformer"]["InputPathsMap"], json!({ "Task": "$.detail.taskArn" }));
    assert_eq!(target["InputTransformer"]["InputTemplate"], r#"{"Why":["a rule"],"Task":["<Task>"]}"#);
}
