//! Threat detection: the default, and each option.

use ce_constructs::governance::{
    RuntimeAgent, StackSetAuthority, ThreatDetection, ThreatDetectionBuilder, ThreatFeature,
};
use ce_constructs::observe::Topic;
use ce_constructs::security::Key;
use ce_synth::{Parameter, Region, Test};
use serde_json::{Value, json};

use super::{built, done, of_type};

fn detection(build: impl for<'a> FnOnce(ThreatDetectionBuilder<'a>) -> ThreatDetectionBuilder<'a>) -> Value {
    built(|scope| {
        let topic = Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic");
        done(build(ThreatDetection::builder().alert(&topic)).build(scope, "Threats"));
    })
}

fn detector(resources: &Value) -> &Value {
    of_type(resources, "AWS::GuardDuty::Detector")[0]
}

#[test]
fn the_default_looks_at_everything_and_tells_of_high_severities() {
    let resources = detection(|detection| detection);
    insta::assert_json_snapshot!((detector(&resources), of_type(&resources, "AWS::Events::Rule")));
}

#[test]
fn features_and_agents_are_chosen() {
    let features = [ThreatFeature::RuntimeMonitoring, ThreatFeature::S3DataEvents];
    let agents = [RuntimeAgent::Ec2, RuntimeAgent::Eks];
    let resources = detection(|detection| detection.features(features).agents(agents).publish_rarely());
    assert_eq!(detector(&resources)["FindingPublishingFrequency"], "SIX_HOURS");
    let features = &detector(&resources)["Features"];
    assert_eq!(features.as_array().map(Vec::len), Some(2));
    let agents = json!([
        {"Name": "EC2_AGENT_MANAGEMENT", "Status": "ENABLED"},
        {"Name": "EKS_ADDON_MANAGEMENT", "Status": "ENABLED"},
    ]);
    assert_eq!(features[0]["AdditionalConfiguration"], agents);
    let eks = detection(|detection| detection.features([ThreatFeature::EksRuntimeMonitoring]));
    assert_eq!(detector(&eks)["Features"][0]["Name"], "EKS_RUNTIME_MONITORING");
}

#[test]
fn the_severity_is_chosen() {
    let resources = detection(|detection| detection.severity(4.0));
    let severity = &of_type(&resources, "AWS::Events::Rule")[0]["EventPattern"]["detail"]["severity"];
    assert_eq!(*severity, json!([{"numeric": [">=", 4]}]));
}

#[test]
fn other_regions_get_a_detector_from_a_stack_set() {
    let others = [Region::US_EAST_2, Region::EU_WEST_1];
    let resources =
        detection(|detection| detection.other_regions("shop-guardduty", others, StackSetAuthority::SelfManaged));
    let set = of_type(&resources, "AWS::CloudFormation::StackSet")[0];
    assert_eq!(set["StackSetName"], "shop-guardduty");
    assert_eq!(set["PermissionModel"], "SELF_MANAGED");
    assert_eq!(set["StackInstancesGroup"][0]["Regions"], json!(["us-east-2", "eu-west-1"]));
    assert_eq!(set["StackInstancesGroup"][0]["DeploymentTargets"]["Accounts"], json!([{"Ref": "AWS::AccountId"}]));
    let template: Value =
        set["TemplateBody"].as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    assert_eq!(template["Resources"]["Detector"]["Properties"], *detector(&resources), "the same detector");
}

#[test]
fn an_organisation_gets_detectors_everywhere() {
    let units = StackSetAuthority::Organization(vec!["ou-abcd-12345678".to_owned()]);
    let resources = detection(|detection| detection.other_regions("shop-guardduty", [Region::US_EAST_2], units));
    let set = of_type(&resources, "AWS::CloudFormation::StackSet")[0];
    assert_eq!(set["PermissionModel"], "SERVICE_MANAGED");
    assert_eq!(set["AutoDeployment"]["Enabled"], true);
    let targets = &set["StackInstancesGroup"][0]["DeploymentTargets"];
    assert_eq!(targets["OrganizationalUnitIds"], json!(["ou-abcd-12345678"]));
}

#[test]
fn the_detector_may_depend_on_a_parameter() {
    let resources = built(|scope| {
        let topic = Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic");
        let own = scope.parameter("Detector", Parameter::text().default("yes"));
        let wanted = scope.condition("DetectorWanted", Test::equals(own, "yes"));
        let detection = ThreatDetection::builder().alert(&topic).when(wanted).build(scope, "Threats");
        assert!(detection.findings().is_some() && detection.other_regions().is_none());
    });
    let all = resources.as_object().into_iter().flat_map(|all| all.values());
    let conditional: Vec<_> =
        all.filter(|resource| !resource["Condition"].is_null()).map(|resource| &resource["Type"]).collect();
    assert_eq!(conditional, ["AWS::GuardDuty::Detector"]);
}
