//! The recorder and its rules: defaults, and each option.

use ce_constructs::governance::{ConfigRecorder, ConfigRecorderBuilder, ConfigRule, Frequency, ManagedRule};
use ce_constructs::observe::Topic;
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::{Parameter, Test};
use serde_json::{Value, json};

use super::{built, done, of_type, statements};

fn recorder(build: impl for<'a> FnOnce(ConfigRecorderBuilder<'a>) -> ConfigRecorderBuilder<'a>) -> Value {
    built(|scope| {
        let bucket = Bucket::builder().without_access_logs().build(scope, "History");
        done(build(ConfigRecorder::builder(&bucket)).build(scope, "Recorder"));
    })
}

#[test]
fn the_default_records_every_change_of_everything() {
    insta::assert_json_snapshot!(recorder(|recorder| recorder));
}

#[test]
fn a_recorder_leaves_things_out() {
    let group =
        |resources: &Value| of_type(resources, "AWS::Config::ConfigurationRecorder")[0]["RecordingGroup"].clone();
    let regional = recorder(|recorder| recorder.without_global_types().daily());
    assert_eq!(group(&regional), json!({"AllSupported": true, "IncludeGlobalResourceTypes": false}));
    let mode = &of_type(&regional, "AWS::Config::ConfigurationRecorder")[0]["RecordingMode"];
    assert_eq!(mode["RecordingFrequency"], "DAILY");
    let fewer = recorder(|recorder| recorder.without_types(["AWS::EC2::NetworkInterface"]));
    assert_eq!(group(&fewer)["ExclusionByResourceTypes"]["ResourceTypes"], json!(["AWS::EC2::NetworkInterface"]));
    assert_eq!(group(&fewer)["RecordingStrategy"]["UseOnly"], "EXCLUSION_BY_RESOURCE_TYPES");
}

#[test]
fn a_recorder_acts_with_the_role_of_the_service() {
    let resources = recorder(|recorder| recorder.service_linked_role().without_global_types());
    assert!(of_type(&resources, "AWS::IAM::Role").is_empty());
    let role = of_type(&resources, "AWS::Config::ConfigurationRecorder")[0]["RoleARN"].to_string();
    assert!(role.contains("AWSServiceRoleForConfig"), "{role}");
}

#[test]
fn a_recorder_tells_a_topic_and_encrypts() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let bucket = Bucket::builder().encrypted_by(&key).without_access_logs().build(scope, "History");
        let topic = Topic::builder(&key).build(scope, "Topic");
        done(ConfigRecorder::builder(&bucket).notify(&topic).build(scope, "Recorder"));
    });
    let channel = of_type(&resources, "AWS::Config::DeliveryChannel")[0];
    assert!(channel["SnsTopicARN"]["Ref"].is_string() && channel["S3KmsKeyArn"]["Fn::GetAtt"].is_array(), "{channel}");
    let text = statements(&resources);
    assert!(text.contains("sns:Publish") && text.contains("kms:GenerateDataKey"), "{text}");
}

/// An account that has a recorder gets the rules alone.
#[test]
fn a_recorder_may_depend_on_a_parameter() {
    let resources = built(|scope| {
        let bucket = Bucket::builder().without_access_logs().build(scope, "History");
        let own = scope.parameter("OwnRecorder", Parameter::text().allowed(["yes", "no"]).default("yes"));
        let wanted = scope.condition("RecorderWanted", Test::equals(own, "yes"));
        let recorder = ConfigRecorder::builder(&bucket).when(wanted).build(scope, "Recorder");
        let rule = || ConfigRule::builder(ManagedRule::ENCRYPTED_VOLUMES).after(&recorder);
        done(rule().build(scope, "Volumes"));
        done(rule().described("volumes").build(scope, "Described"));
    });
    let all = resources.as_object().into_iter().flat_map(|all| all.values());
    let mut conditional: Vec<_> =
        all.filter(|resource| !resource["Condition"].is_null()).map(|resource| &resource["Type"]).collect();
    conditional.sort_by_key(ToString::to_string);
    assert_eq!(conditional, ["AWS::Config::ConfigurationRecorder", "AWS::Config::DeliveryChannel"]);
    for rule in of_type(&resources, "AWS::Config::ConfigRule") {
        let text = rule["Description"].to_string();
        assert!(text.contains("Fn::If") && text.contains(r#""Ref":"Recorder"#), "it waits for what it names: {text}");
    }
}

#[test]
fn a_rule_waits_for_its_recorder() {
    let resources = built(|scope| {
        let bucket = Bucket::builder().without_access_logs().build(scope, "History");
        let recorder = ConfigRecorder::builder(&bucket).build(scope, "Recorder");
        done(ConfigRule::builder(ManagedRule::ENCRYPTED_VOLUMES).after(&recorder).build(scope, "Volumes"));
    });
    let mut all = resources.as_object().into_iter().flat_map(|all| all.values());
    let rule = all.find(|one| one["Type"] == "AWS::Config::ConfigRule");
    assert!(rule.is_some_and(|rule| rule["DependsOn"].to_string().contains("Recorder")));
}

#[test]
fn a_rule_has_inputs_a_subject_and_a_frequency() {
    let resources = built(|scope| {
        let ports = ConfigRule::builder(ManagedRule::VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS)
            .named("open-ports")
            .described("only the load balancer is open")
            .input("authorizedTcpPorts", "80,443")
            .only_types(["AWS::EC2::SecurityGroup"])
            .only_tagged("Environment", "prod");
        done(ports.build(scope, "Ports"));
    });
    let rule = of_type(&resources, "AWS::Config::ConfigRule")[0];
    assert_eq!(
        (&rule["ConfigRuleName"], &rule["Description"]),
        (&json!("open-ports"), &json!("only the load balancer is open"))
    );
    assert_eq!(rule["Source"], json!({"Owner": "AWS", "SourceIdentifier": "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"}));
    assert_eq!(rule["InputParameters"], json!({"authorizedTcpPorts": "80,443"}));
    let subject =
        json!({"ComplianceResourceTypes": ["AWS::EC2::SecurityGroup"], "TagKey": "Environment", "TagValue": "prod"});
    assert_eq!(rule["Scope"], subject);
}

#[test]
fn a_rule_looks_as_often_as_said() {
    let frequencies = [
        (Frequency::Hour, "One_Hour"),
        (Frequency::ThreeHours, "Three_Hours"),
        (Frequency::SixHours, "Six_Hours"),
        (Frequency::TwelveHours, "Twelve_Hours"),
        (Frequency::Day, "TwentyFour_Hours"),
    ];
    for (frequency, name) in frequencies {
        let resources = built(|scope| {
            done(ConfigRule::builder(ManagedRule::IAM_PASSWORD_POLICY).every(frequency).build(scope, "Rule"));
        });
        assert_eq!(of_type(&resources, "AWS::Config::ConfigRule")[0]["MaximumExecutionFrequency"], name);
    }
}

#[test]
fn a_rule_may_depend_on_a_condition() {
    let resources = built(|scope| {
        let own = scope.parameter("Rules", Parameter::text().default("yes"));
        let wanted = scope.condition("RulesWanted", Test::equals(own, "yes"));
        done(ConfigRule::builder(ManagedRule::new("MY_RULE")).when(wanted).build(scope, "Rule"));
    });
    let rule = resources.as_object().into_iter().flat_map(|all| all.values()).next();
    assert!(rule.is_some_and(|rule| rule["Condition"].is_string()));
}

#[test]
fn tags_are_required_of_the_account() {
    let tags: [(&str, &[&str]); 2] = [("Environment", &["prod", "staging"]), ("Owner", &[])];
    let resources = built(|scope| done(ConfigRule::required_tags(tags).build(scope, "Tags")));
    let inputs = json!({"tag1Key": "Environment", "tag1Value": "prod,staging", "tag2Key": "Owner"});
    assert_eq!(of_type(&resources, "AWS::Config::ConfigRule")[0]["InputParameters"], inputs);
}
