use ce_constructs::observe::Topic;
use ce_constructs::resilience::{CanaryRuntime, FailureDetector, FailureDetectorBuilder};
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::{App, Assembly, Duration, Region, Scope};
use serde_json::json;

use super::{PROD, WEST, built, found, of_type, only, template};

const URL: &str = "https://primary.example.com/health";

fn detector<'a>() -> FailureDetectorBuilder<'a> {
    FailureDetector::builder("shop-primary", PROD.region, URL)
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
        let bucket = Bucket::builder().encrypted_by(&key).without_access_logs().build(scope, "Runs");
        let built = detector()
            .every(Duration::minutes(5))
            .failures(2)
            .timeout(Duration::seconds(45))
            .runtime(CanaryRuntime::new("syn-python-selenium-11.1"))
            .script("def handler(event, context): pass")
            .artifacts(&bucket)
            .notify(&topic)
            .build(scope, "Detector");
        assert_eq!(built.artifacts().scope().path(), "Standby/Runs");
    });
    let template = template(&assembly, "Standby");
    let canary = only(&template, "AWS::Synthetics::Canary");
    assert_eq!(
        (&canary["Schedule"]["Expression"], &canary["RunConfig"]["TimeoutInSeconds"]),
        (&json!("rate(5 minutes)"), &json!(45))
    );
    assert_eq!(canary["RuntimeVersion"], "syn-python-selenium-11.1");
    assert_eq!(canary["Code"]["Script"], "def handler(event, context): pass");
    assert_eq!(of_type(&template, "AWS::S3::Bucket").len(), 1);
    let alarm = only(&template, "AWS::CloudWatch::Alarm");
    assert_eq!((&alarm["EvaluationPeriods"], &alarm["Period"]), (&json!(2), &json!(300)));
    assert!(alarm["AlarmActions"][0]["Ref"].is_string());
    assert!(template.to_string().contains("kms:GenerateDataKey"));
}

#[test]
fn a_url_of_the_other_region_is_kept() {
    let app = App::new();
    let domain = app.stack("Primary", PROD).parameter("Domain", ce_synth::Parameter::text().default("a.example.com"));
    let standby = app.stack("Standby", PROD.in_region(WEST));
    let url = ce_synth::join!["https://", domain, "/health"];
    FailureDetector::builder("shop-primary", PROD.region, url).build(standby, "Detector");
    standby.stack().independent_of(app.scope(domain.node()));
    let assembly = built(app);
    assert_eq!(assembly.stack("Standby").map(|stack| stack.kept_parameters().len()), Some(1));
}

#[test]
fn runtimes_are_read() {
    assert_eq!("syn-nodejs-5.2".parse(), Ok(CanaryRuntime::NODEJS_5_2));
    let error = "nodejs22.x".parse::<CanaryRuntime>().map_err(|error| error.to_string());
    assert!(error.is_err_and(|text| text.contains("`nodejs22.x`")));
    assert_eq!(CanaryRuntime::NODEJS_5_2.to_string(), "syn-nodejs-5.2");
}

#[test]
fn it_does_not_watch_itself() {
    let app = App::new();
    detector().build(app.stack("Primary", PROD), "Detector");
    assert_eq!(found(app, "CE8408"), ["the detector is in `us-east-1`, the region it watches"]);
}

#[test]
fn settings_have_bounds() {
    let settings = |name: &str, every: Duration, timeout: Duration| {
        let app = App::new();
        let stack = app.stack("Standby", PROD.in_region(WEST));
        FailureDetector::builder(name, Region::US_EAST_1, URL).every(every).timeout(timeout).build(stack, "Detector");
        found(app, "CE8416")
    };
    let (minute, half) = (Duration::minutes(1), Duration::seconds(30));
    assert!(settings("shop", minute, half).is_empty());
    assert_eq!(settings("Shop", minute, half), ["`Shop` is no name of a canary"]);
    assert_eq!(settings("shop", Duration::seconds(90), half), ["the canary runs every `90s`"]);
    assert_eq!(settings("shop", minute, Duration::minutes(2)).len(), 1);
}
