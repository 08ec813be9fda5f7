//! Traces.

use ce_constructs::observe::{SamplingRule, TraceGroup};
use ce_synth::Percent;

use super::{PROD, built, of_type};

#[test]
fn the_defaults() {
    insta::assert_json_snapshot!(built(PROD, |scope| {
        SamplingRule::builder("tenth", Percent::new(10)).build(scope, "Sampling");
        TraceGroup::builder("slow", "responsetime > 2").build(scope, "Slow");
    }));
}

#[test]
fn options_are_written() {
    let resources = built(PROD, |scope| {
        let rule = SamplingRule::builder("api", Percent::new(100)).reservoir(1).priority(10).service("api");
        rule.path("/orders/*").host("example.com").method("POST").build(scope, "Sampling");
        TraceGroup::builder("slow", "responsetime > 2").insights(false).build(scope, "Slow");
    });
    let rule = &of_type(&resources, "AWS::XRay::SamplingRule")[0]["SamplingRule"];
    assert_eq!(
        (rule["FixedRate"].as_f64(), rule["ReservoirSize"].as_i64(), rule["Priority"].as_i64()),
        (Some(1.0), Some(1), Some(10))
    );
    assert_eq!((&rule["ServiceName"], &rule["URLPath"]), (&"api".into(), &"/orders/*".into()));
    assert_eq!((&rule["Host"], &rule["HTTPMethod"]), (&"example.com".into(), &"POST".into()));
    assert_eq!(of_type(&resources, "AWS::XRay::Group")[0]["InsightsConfiguration"]["InsightsEnabled"], false);
}
