//! Security Hub: the default, and each option.

use ce_constructs::governance::{GroupBy, Insight, SecurityPosture, SecurityPostureBuilder, Standard};
use ce_synth::{Parameter, Test};
use serde_json::{Value, json};

use super::{built, done, of_type};

fn posture(build: impl FnOnce(SecurityPostureBuilder) -> SecurityPostureBuilder) -> Value {
    built(|scope| done(build(SecurityPosture::builder()).build(scope, "Posture")))
}

fn insight(insight: Insight) -> Value {
    of_type(&posture(|posture| posture.insight(insight)), "AWS::SecurityHub::Insight")[0].clone()
}

#[test]
fn the_default_checks_two_standards() {
    insta::assert_json_snapshot!(posture(|posture| posture));
}

#[test]
fn standards_are_chosen() {
    let standards = [
        (Standard::AwsFoundational, "::standards/aws-foundational-security-best-practices/v/1.0.0"),
        (Standard::Cis5, "::standards/cis-aws-foundations-benchmark/v/5.0.0"),
        (Standard::Cis3, "::standards/cis-aws-foundations-benchmark/v/3.0.0"),
        (Standard::Cis14, "::standards/cis-aws-foundations-benchmark/v/1.4.0"),
        (Standard::Cis12, ":securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"),
        (Standard::Nist80053, "::standards/nist-800-53/v/5.0.0"),
        (Standard::Pci4, "::standards/pci-dss/v/4.0.1"),
        (Standard::ResourceTagging, "::standards/aws-resource-tagging-standard/v/1.0.0"),
    ];
    for (standard, end) in standards {
        let resources = posture(|posture| posture.standards([standard]));
        let arn = of_type(&resources, "AWS::SecurityHub::Standard")[0]["StandardsArn"].to_string();
        assert!(arn.contains(end), "{arn}");
    }
}

#[test]
fn a_control_is_left_out_for_a_reason() {
    let resources = posture(|posture| posture.without_control(Standard::AwsFoundational, "ELB.18", "it redirects"));
    let standards = of_type(&resources, "AWS::SecurityHub::Standard");
    let off: Vec<_> = standards.iter().filter_map(|standard| standard.get("DisabledStandardsControls")).collect();
    assert_eq!(off.len(), 1);
    assert_eq!(off[0][0]["Reason"], "it redirects");
    assert!(off[0][0]["StandardsControlArn"].to_string().contains("/v/1.0.0/ELB.18"), "{}", off[0]);
}

#[test]
fn insights_count_what_fits() {
    let core = insight(Insight::new("core", GroupBy::RESOURCE_ID).tagged("Service", "core").severity("HIGH"));
    assert_eq!((&core["Name"], &core["GroupByAttribute"]), (&json!("core"), &json!("ResourceId")));
    let filters = &core["Filters"];
    assert_eq!(filters["ResourceTags"], json!([{"Comparison": "EQUALS", "Key": "Service", "Value": "core"}]));
    assert_eq!(filters["SeverityLabel"], json!([{"Comparison": "EQUALS", "Value": "HIGH"}]));
    assert_eq!(filters["RecordState"][0]["Value"], "ACTIVE");
    let all = insight(Insight::new("all", GroupBy::new("Title")).also_over());
    assert!(all["Filters"]["RecordState"].is_null());
    assert_eq!(all["GroupByAttribute"], "Title");
}

#[test]
fn products_and_the_hub_may_depend_on_parameters() {
    let resources = built(|scope| {
        let parameter = scope.parameter("Product", Parameter::text().default(""));
        let none = scope.condition("NoProduct", Test::equals(parameter, ""));
        let some = scope.condition("SomeProduct", Test::condition(none).not());
        let product = "arn:aws:securityhub:us-east-1::product/example/scanner";
        let posture = SecurityPosture::builder().product_when(some, parameter).product(product).when(none);
        done(posture.insight(Insight::new("all", GroupBy::SEVERITY)).build(scope, "Posture"));
    });
    let all: Vec<_> = resources.as_object().into_iter().flat_map(|all| all.values()).collect();
    let by = |condition: &str| all.iter().filter(|resource| resource["Condition"] == condition).count();
    assert_eq!(by("NoProduct"), 5, "the hub, its standards, the view, a product");
    let own = all.iter().filter(|resource| resource["Condition"].as_str().is_some_and(|name| name.contains("Wanted")));
    assert_eq!(own.count(), 1, "the hub's condition and its own");
    assert_eq!(of_type(&resources, "AWS::SecurityHub::ProductSubscription").len(), 2);
}
