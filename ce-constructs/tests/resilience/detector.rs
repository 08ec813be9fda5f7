use ce_constructs::observe::{Canary, CanaryBuilder, Topic};
use ce_constructs::resilience::{FailureDetector, FailureDetectorBuilder};
use ce_constructs::security::Key;
use ce_synth::{App, Assembly, Duration, Scope};
use serde_json::json;

use super::{PROD, WEST, built, found, only, template};

const URL: &str = "https://primary.example.com/health";

fn asks<'a>() -> CanaryBuilder<'a> {
    Canary::builder("shop-primary", URL)
}

fn detector<'a>() -> FailureDetectorBuilder<'a> {
    FailureDetector::builder(PROD.region, asks())
}

fn in_standby(build: impl FnOnce(Scope<'_>)) -> Assembly {
    let app = App::new();
    build(app.stack("Standby", PROD.in_region(WEST)));
    built(app)
}

#[test]
fn default_template() {
    let assembly = in_standby(|scope| {
        detector().build(scope, "Detector");
    });
    assert!(assembly.findings().is_empty(), "{}", assembly.findings());
    insta::assert_json_snapshot!(template(&assembly, "Standby"));
}

#[test]
fn it_asks_every_minute_and_fails_after_three() {
    let assembly = in_standby(|scope| {
        detector().build(scope, "Detector");
    });
    let template = template(&assembly, "Standby");
    let alarm = only(&template, "AWS::CloudWatch::Alarm");
    assert_eq!((&alarm["Namespace"], &alarm["MetricName"]), (&json!("CloudWatchSynthetics"), &json!("SuccessPercent")));
    assert_eq!(
        (&alarm["Period"], &alarm["EvaluationPeriods"], &alarm["Threshold"]),
        (&json!(60), &json!(3), &json!(100))
    );
    assert_eq!(alarm["TreatMissingData"], "missing");
    assert_eq!(only(&template, "AWS::Synthetics::Canary")["Schedule"]["Expression"], "rate(1 minute)");
}

#[test]
fn options() {
    let assembly = in_standby(|scope| {
        let key = Key::builder().build(scope, "Key");
        let topic = Topic::builder(&key).build(scope, "Oncall");
        let asks = asks().every(Duration::minutes(5));
        let built = FailureDetector::builder(PROD.region, asks).failures(2).notify(&topic).build(scope, "Detector");
        assert_eq!(built.canary().artifacts().scope().path(), "Standby/Detector/Artifacts");
    });
    let template = template(&assembly, "Standby");
    assert_eq!(only(&template, "AWS::Synthetics::Canary")["Schedule"]["Expression"], "rate(5 minutes)");
    let alarm = only(&template, "AWS::CloudWatch::Alarm");
    assert_eq!((&alarm["EvaluationPeriods"], &alarm["Period"]), (&json!(2), &json!(300)));
    assert!(alarm["AlarmActions"][0]["Ref"].is_string());
}

#[test]
fn a_url_of_the_other_region_is_kept() {
    let app = App::new();
    let domain = app.stack("Primary", PROD).parameter("Domain", ce_synth::Parameter::text().default("a.example.com"));
    let standby = app.stack("Standby", PROD.in_region(WEST));
    let url = ce_synth::join!["https://", domain, "/health"];
    FailureDetector::builder(PROD.region, Canary::builder("shop-primary", url)).build(standby, "Detector");
    standby.stack().independent_of(app.scope(domain.node()));
    let assembly = built(app);
    assert_eq!(assembly.stack("Standby").map(|stack| stack.kept_parameters().len()), Some(1));
}

#[test]
fn it_does_not_watch_itself() {
    let app = App::new();
    detector().build(app.stack("Primary", PROD), "Detector");
    assert_eq!(found(app, "CE8408"), ["the detector is in `us-east-1`, the region it watches"]);
}
