//! Canaries.

use ce_constructs::observe::{Canary, CanaryRuntime};
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::Duration;
use serde_json::json;

use super::{PROD, built, codes, done, of_type, synth};

const URL: &str = "https://shop.example.com/";

#[test]
fn the_default_asks_every_minute() {
    insta::assert_json_snapshot!(built(PROD, |scope| done(Canary::builder("shop", URL).build(scope, "Canary"))));
}

#[test]
fn options_are_written() {
    let resources = built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        let bucket = Bucket::builder().encrypted_by(&key).without_access_logs().build(scope, "Runs");
        let canary = Canary::builder("shop", URL)
            .every(Duration::minutes(5))
            .timeout(Duration::seconds(45))
            .runtime(CanaryRuntime::new("syn-python-selenium-11.1"))
            .script("def handler(event, context): pass")
            .artifacts(&bucket)
            .build(scope, "Canary");
        assert_eq!(canary.artifacts().scope().path(), "Watch/Runs");
        canary.success_percent().below(100.0).alarm(scope, "Down");
    });
    let canary = of_type(&resources, "AWS::Synthetics::Canary")[0];
    assert_eq!(
        (&canary["Schedule"]["Expression"], &canary["RunConfig"]["TimeoutInSeconds"]),
        (&json!("rate(5 minutes)"), &json!(45))
    );
    assert_eq!(canary["RuntimeVersion"], "syn-python-selenium-11.1");
    assert_eq!(canary["Code"]["Script"], "def handler(event, context): pass");
    assert_eq!(of_type(&resources, "AWS::S3::Bucket").len(), 1);
    assert!(resources.to_string().contains("kms:GenerateDataKey"));
    let alarm = of_type(&resources, "AWS::CloudWatch::Alarm")[0];
    assert_eq!((&alarm["Period"], &alarm["Dimensions"][0]["Value"]), (&json!(300), &json!("shop")));
}

#[test]
fn runtimes_are_read() {
    assert_eq!("syn-nodejs-5.2".parse(), Ok(CanaryRuntime::NODEJS_5_2));
    let error = "nodejs22.x".parse::<CanaryRuntime>().map_err(|error| error.to_string());
    assert!(error.is_err_and(|text| text.contains("`nodejs22.x`")));
    assert_eq!(CanaryRuntime::NODEJS_5_2.to_string(), "syn-nodejs-5.2");
}

#[test]
fn ce7014_settings_have_bounds() {
    let with = |name: &str, every: Duration, timeout: Duration| {
        let canary = Canary::builder(name, URL).every(every).timeout(timeout);
        let codes = codes(&synth(PROD, |scope| done(canary.build(scope, "Canary"))));
        codes.into_iter().filter(|code| code.starts_with("CE70")).collect::<Vec<_>>()
    };
    let (minute, half) = (Duration::minutes(1), Duration::seconds(30));
    assert_eq!(with("shop", minute, half), [""; 0]);
    assert_eq!(with("Shop", minute, half), ["CE7014"]);
    assert_eq!(with("shop", Duration::seconds(90), half), ["CE7014"]);
    assert_eq!(with("shop", Duration::hours(2), half), ["CE7014"]);
    assert_eq!(with("shop", minute, Duration::minutes(2)), ["CE7014"]);
}
