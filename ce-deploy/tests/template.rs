//! What templates say once all is filled in that is known.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use ce_deploy::cloud::Place;
use ce_deploy::template::{Resolved, Template, Version, symbol};
use serde_json::{Value, json};

fn version(template: &Value) -> Version {
    let mut version = Version::new(Template::parse(&template.to_string()).unwrap());
    version.place = Some(Place::new("111111111111", "eu-west-1"));
    version
}

/// What a property says in a template with a parameter, a table, a condition and another resource.
fn says(value: impl Into<Value>) -> Value {
    let value: Value = value.into();
    let template = json!({
        "Parameters": {
            "Stage": { "Type": "String", "Default": "prod" },
            "Zones": { "Type": "CommaDelimitedList", "Default": "a, b" },
            "Password": { "Type": "String", "NoEcho": true, "Default": "hunter2" },
            "Unknown": { "Type": "String" },
        },
        "Mappings": { "Sizes": { "prod": { "size": "large" } } },
        "Conditions": {
            "IsProd": { "Fn::Equals": [{ "Ref": "Stage" }, "prod"] },
            "IsOpen": { "Fn::Equals": [{ "Ref": "Unknown" }, "x"] },
            "Both": { "Fn::And": [{ "Condition": "IsProd" }, { "Fn::Not": [{ "Condition": "IsProd" }] }, { "Condition": "IsOpen" }] },
            "Itself": { "Condition": "Itself" },
        },
        "Resources": { "A": { "Type": "X", "Properties": { "P": value } }, "Other": { "Type": "Y" } },
    });
    let resolved = Resolved::of(&version(&template));
    resolved.resources["A"].properties["P"].clone()
}

#[test]
fn functions_are_carried_out() {
    assert_eq!(says(json!({ "Ref": "Stage" })), "prod");
    assert_eq!(says(json!({ "Ref": "Zones" })), json!(["a", "b"]));
    assert_eq!(says(json!({ "Fn::Sub": "${Stage}-${!Stage}-${AWS::Region}" })), "prod-${Stage}-eu-west-1");
    assert_eq!(says(json!({ "Fn::Sub": ["${x}!", { "x": { "Ref": "Stage" } }] })), "prod!");
    assert_eq!(says(json!({ "Fn::Join": ["-", ["a", { "Ref": "Stage" }]] })), "a-prod");
    assert_eq!(says(json!({ "Fn::Select": ["1", { "Ref": "Zones" }] })), "b");
    assert_eq!(says(json!({ "Fn::Split": [".", "a.b"] })), json!(["a", "b"]));
    assert_eq!(says(json!({ "Fn::FindInMap": ["Sizes", { "Ref": "Stage" }, "size"] })), "large");
    assert_eq!(says(json!({ "Fn::If": ["IsProd", 1, 2] })), 1);
    assert_eq!(says(json!({ "Fn::If": ["Both", 1, 2] })), 2);
    assert_eq!(says(json!([1, { "Ref": "AWS::NoValue" }])), json!([1]));
}

#[test]
fn what_is_not_known_is_the_same_symbol_however_it_is_written() {
    let arn = says(json!({ "Fn::Sub": "${Other.Arn}/*" }));
    assert_eq!(symbol::shown(arn.as_str().unwrap()), "${Other.Arn}/*");
    assert_eq!(arn, says(json!({ "Fn::Join": ["", [{ "Fn::GetAtt": ["Other", "Arn"] }, "/*"]] })));
    assert_eq!(says(json!({ "Fn::If": ["IsOpen", 1, 2] })), json!({ "Fn::If": ["IsOpen", 1, 2] }));
    assert_eq!(says(json!({ "Fn::If": ["Itself", 1, 2] })), json!({ "Fn::If": ["Itself", 1, 2] }));
}

#[test]
fn a_hidden_value_is_nowhere() {
    let template = json!({
        "Parameters": { "Password": { "Type": "String", "NoEcho": "true" } },
        "Resources": { "Database": { "Type": "AWS::RDS::DBInstance", "Properties": { "MasterUserPassword": { "Fn::Sub": "x${Password}" } } } },
        "Outputs": { "Leak": { "Value": { "Ref": "Password" } } },
    });
    let of = |value: &str| version(&template).parameter("Password", value);
    let (before, after) = Resolved::pair(&of("hunter2"), &of("hunter3"));
    assert_ne!(before, after, "a change of it shows");
    assert!(!format!("{before:?}{after:?}").contains("hunter"));
    let (before, after) = Resolved::pair(&of("****"), &of("hunter3"));
    assert_eq!(before.resources, after.resources, "what one side hides cannot be compared");
    assert!(after.unsure.contains("Password"), "and nobody can say that it is the same");
}

#[test]
fn resources_of_nested_stacks_are_there_under_dotted_ids() {
    let outer = json!({
        "Resources": {
            "Topic": { "Type": "AWS::SNS::Topic" },
            "Inner": { "Type": "AWS::CloudFormation::Stack", "Properties": { "Parameters": { "Arn": { "Ref": "Topic" } } } },
            "Lost": { "Type": "AWS::CloudFormation::Stack" },
        },
    });
    let inner = json!({
        "Parameters": { "Arn": { "Type": "String" } },
        "Resources": { "Policy": { "Type": "X", "Properties": { "Target": { "Ref": "Arn" }, "Own": { "Ref": "Policy" } } } },
    });
    let mut version = version(&outer);
    version.nested.insert("Inner".into(), Template::parse(&inner.to_string()).unwrap());
    let resolved = Resolved::of(&version);
    let properties = &resolved.resources["Inner.Policy"].properties;
    assert_eq!(symbol::shown(properties["Target"].as_str().unwrap()), "${Topic}");
    assert_eq!(symbol::shown(properties["Own"].as_str().unwrap()), "${Inner.Policy}");
    assert_eq!(resolved.unreadable.iter().collect::<Vec<_>>(), ["Lost"]);
}

#[test]
fn a_template_that_grows_without_end_is_bounded() {
    let long = "x".repeat(4_096);
    let reference = json!({ "Ref": "Long" });
    let many: Vec<Value> = vec![reference; 8_000];
    let template = json!({
        "Parameters": { "Long": { "Type": "String", "Default": long } },
        "Resources": { "A": { "Type": "X", "Properties": { "P": many } } },
    });
    let resolved = Resolved::of(&version(&template));
    assert!(resolved.resources["A"].properties.to_string().len() < 24 << 20);
}
