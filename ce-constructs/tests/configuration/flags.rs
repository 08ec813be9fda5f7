//! Flags, what they are given out with, and who reads them.

use ce_constructs::configuration::{FeatureFlag, FeatureFlags, FeatureFlagsBuilder, FlagRollout};
use ce_constructs::observe::Metric;
use ce_constructs::security::{Key, Principal, Role};
use ce_synth::{Duration, Percent};
use serde_json::{Value, json};

use super::{built, only};

const STRATEGY: &str = "AWS::AppConfig::DeploymentStrategy";

fn flags(builder: FeatureFlagsBuilder<'_>) -> Value {
    built(|scope| {
        builder.build(scope, "Flags");
    })
}

fn content(resources: &Value) -> Value {
    let content = only(resources, "AWS::AppConfig::HostedConfigurationVersion")["Content"].as_str().unwrap_or_default();
    serde_json::from_str(content).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_default_is_given_out_over_ten_minutes() {
    insta::assert_json_snapshot!(flags(FeatureFlags::builder("shop").flag(FeatureFlag::off("gift-cards"))));
}

#[test]
fn flags_have_attributes_of_kinds() {
    let search = FeatureFlag::on("search")
        .described("looks for things")
        .attribute("results", 20)
        .attribute("boost", 1.5)
        .attribute("engine", "new")
        .attribute("fuzzy", true)
        .short_lived();
    let content = content(&flags(FeatureFlags::builder("shop").flag(search)));
    assert_eq!(
        content["values"]["search"],
        json!({ "enabled": true, "results": 20, "boost": 1.5, "engine": "new", "fuzzy": true })
    );
    let definition = &content["flags"]["search"];
    assert_eq!(definition["description"], "looks for things");
    assert_eq!(definition["_deprecation"], json!({ "status": "planned" }));
    let kind = |name: &str| definition["attributes"][name]["constraints"]["type"].clone();
    assert_eq!(["results", "boost", "engine", "fuzzy"].map(kind), ["number", "number", "string", "boolean"]);
}

#[test]
fn a_change_may_reach_readers_in_other_ways() {
    let strategy =
        |rollout: FlagRollout| only(&flags(FeatureFlags::builder("shop").rollout(rollout)), STRATEGY).clone();
    let slowly = strategy(FlagRollout::linear(Percent::new(10), Duration::hours(1)).watched(Duration::minutes(30)));
    assert_eq!(
        (&slowly["DeploymentDurationInMinutes"], &slowly["FinalBakeTimeInMinutes"], &slowly["GrowthFactor"]),
        (&json!(60), &json!(30), &json!(10))
    );
    let doubling = strategy(FlagRollout::exponential(Percent::new(2), Duration::minutes(30)));
    assert_eq!(doubling["GrowthType"], "EXPONENTIAL");
    let now = strategy(FlagRollout::at_once());
    assert_eq!((&now["DeploymentDurationInMinutes"], &now["GrowthFactor"]), (&json!(0), &json!(100)));
}

#[test]
fn alarms_take_a_change_back() {
    let resources = built(|scope| {
        let errors = Metric::new("Shop", "Errors").above(5.0).alarm(scope, "Errors");
        FeatureFlags::builder("shop").roll_back_on(&errors).build(scope, "Flags");
    });
    let monitors = &only(&resources, "AWS::AppConfig::Environment")["Monitors"];
    assert!(monitors[0]["AlarmArn"]["Fn::GetAtt"].is_array() && monitors[0]["AlarmRoleArn"]["Fn::GetAtt"].is_array());
    let policy = only(&resources, "AWS::IAM::Policy").to_string();
    assert!(policy.contains("cloudwatch:DescribeAlarms"), "{policy}");
}

#[test]
fn readers_read_these_alone() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let flags = FeatureFlags::builder("shop").encrypted_by(&key).build(scope, "Flags");
        let reader = Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(scope, "Reader");
        flags.grant_read(&reader);
        scope.output("Path", flags.path());
    });
    let statement = &only(&resources, "AWS::IAM::Policy")["PolicyDocument"]["Statement"][0];
    assert_eq!(statement["Action"], json!(["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"]));
    let resource = statement["Resource"].to_string();
    for part in [":application/", "/environment/", "/configuration/"] {
        assert!(resource.contains(part), "{resource}");
    }
    for kind in ["AWS::AppConfig::ConfigurationProfile", "AWS::AppConfig::Deployment"] {
        assert!(only(&resources, kind)["KmsKeyIdentifier"]["Fn::GetAtt"].is_array(), "{kind}");
    }
}
