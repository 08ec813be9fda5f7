//! What `AWS::LanguageExtensions` makes, seen as if it were written out.

use std::collections::BTreeMap;

use ce_deploy::assembly::StackId;
use ce_deploy::difference::{Class, Difference, Fate};
use ce_deploy::risk::{Consent, RiskClass, assess};
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

/// A template that loops over names and makes a table for each.
fn tables(collection: &Value, properties: &Value) -> Value {
    json!({
        "Transform": "AWS::LanguageExtensions",
        "Parameters": { "Names": { "Type": "CommaDelimitedList", "Default": "Orders,Parts" } },
        "Mappings": { "Of": { "prod": { "Names": ["Orders", "Parts"] } } },
        "Resources": {
            "Fn::ForEach::Tables": ["Name", collection, { "Table${Name}": {
                "Type": "AWS::DynamoDB::Table", "DeletionPolicy": { "Fn::FindInMap": ["Kept", "All", "Policy", { "DefaultValue": "Retain" }] },
                "Properties": properties
            } }]
        },
        "Outputs": { "Fn::ForEach::Names": ["Name", collection, { "Name${Name}": { "Value": { "Ref": "Table${Name}" } } }] }
    })
}

fn version(template: &Value) -> Version {
    Version::new(Template::parse(&template.to_string()).unwrap())
}

fn between(before: Option<&Version>, after: Option<&Version>) -> Difference {
    Difference::between(before, after, &ce_cfn::SCHEMAS)
}

#[test]
fn every_resource_of_a_loop_is_there() {
    let written = json!(["Orders", "Parts"]);
    let of_parameter = json!({ "Ref": "Names" });
    let of_table = json!({ "Fn::FindInMap": ["Of", "prod", "Names"] });
    let properties = |size: u32| json!({ "TableName": "${Name}", "KeySchema": [{ "AttributeName": format!("id{size}"), "KeyType": "HASH" }] });
    for collection in [written, of_parameter, of_table] {
        let [before, after] = [1, 2].map(|size| version(&tables(&collection, &properties(size))));
        let difference = between(Some(&before), Some(&after));
        let ids: Vec<&str> = difference.resources.iter().map(|resource| resource.logical_id.as_str()).collect();
        assert_eq!(ids, ["TableOrders", "TableParts"], "{collection}");
        assert!(difference.resources.iter().all(|resource| resource.stateful));
        assert!(difference.unseen.is_empty(), "{:?}", difference.unseen);
        let made = between(None, Some(&after));
        assert_eq!(made.outputs.len(), 2);
    }
}

#[test]
fn what_a_loop_no_longer_makes_is_lost_and_asked_about_by_name() {
    let template = tables(&json!({ "Ref": "Names" }), &json!({ "TableName": { "Ref": "Name" } }));
    let mut kept = template.to_string();
    let (before, after) = (version(&template), version(&template).parameter("Names", "Orders"));
    let difference = between(Some(&before), Some(&after));
    let removed = difference.resource("TableParts").unwrap();
    assert_eq!((removed.class, removed.fate), (Class::Removed, Some(Fate::Retained)), "the policy is a function");
    kept = kept.replace(r#""DefaultValue":"Retain""#, r#""DefaultValue":"Delete""#);
    let deleting = Version::new(Template::parse(&kept).unwrap());
    let difference = between(Some(&deleting), Some(&deleting.clone().parameter("Names", "Orders")));
    let risks = assess(&StackId::new("Data"), &BTreeMap::new(), &difference);
    assert_eq!(risks[0].consent, Consent::Destroy);
    assert_eq!(risks[0].id(), "Data.TableParts");
    // And all of them with the stack.
    let risks = assess(&StackId::new("Data"), &BTreeMap::new(), &between(Some(&deleting), None));
    assert_eq!(
        risks.iter().map(ce_deploy::risk::Risk::id).collect::<Vec<_>>(),
        ["Data.TableOrders", "Data.TableParts"]
    );
}

#[test]
fn a_right_that_a_loop_gives_is_a_broadening() {
    let roles = |action: &str| {
        let statement = json!([{ "Effect": "Allow", "Action": action, "Resource": "*" }]);
        let policy =
            json!({ "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": statement } });
        version(&json!({ "Transform": ["AWS::LanguageExtensions"], "Resources": {
            "Fn::ForEach::Outer": ["A", ["x", "y"], { "Fn::ForEach::Inner": ["B", ["1"], { "Role${A}${B}": {
                "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {}, "Policies": [policy] } } }] }] } }))
    };
    let difference = between(Some(&roles("s3:GetObject")), Some(&roles("s3:*")));
    let risks = assess(&StackId::new("App"), &BTreeMap::new(), &difference);
    let ids: Vec<String> =
        risks.iter().filter(|risk| risk.class == RiskClass::Broadening).map(ce_deploy::risk::Risk::id).collect();
    assert_eq!(ids, ["App.Rolex1", "App.Roley1"]);
}

#[test]
fn a_loop_over_what_is_not_known_cannot_be_looked_at() {
    let mut template = tables(&json!({ "Ref": "Names" }), &json!({ "TableName": { "Ref": "Name" } }));
    template["Parameters"]["Names"] = json!({ "Type": "CommaDelimitedList", "NoEcho": true });
    let version = version(&template).parameter("Names", "****");
    let difference = between(None, Some(&version));
    assert!(difference.resources.is_empty());
    assert_eq!(difference.unseen.len(), 2, "{:?}", difference.unseen);
    let risks = assess(&StackId::new("Data"), &BTreeMap::new(), &difference);
    assert!(risks.iter().all(|risk| risk.rule == "unseen" && risk.class == RiskClass::Broadening));
    let risks = assess(&StackId::new("Data"), &BTreeMap::new(), &between(Some(&version), None));
    assert!(risks.iter().all(|risk| risk.consent == Consent::Destroy) && !risks.is_empty());
}

#[test]
fn functions_of_the_transform_are_carried_out() {
    let queue = |properties: &Value| {
        version(&json!({
            "Transform": "AWS::LanguageExtensions",
            "Parameters": { "Zones": { "Type": "CommaDelimitedList", "Default": "a,b" } },
            "Mappings": { "M": { "k": { "n": 3 } } },
            "Resources": { "Q": { "Type": "AWS::SQS::Queue", "Properties": properties }, "T": { "Type": "AWS::SNS::Topic" } }
        }))
    };
    let same = [
        (json!({ "DelaySeconds": { "Fn::Length": { "Ref": "Zones" } } }), json!({ "DelaySeconds": 2 })),
        (json!({ "DelaySeconds": { "Fn::Length": [1, 2, { "Ref": "T" }] } }), json!({ "DelaySeconds": "3" })),
        (
            json!({ "QueueName": { "Fn::ToJsonString": { "b": [1, "x"], "a": { "Ref": "Zones" } } } }),
            json!({ "QueueName": r#"{"a":["a","b"],"b":[1,"x"]}"# }),
        ),
        (
            json!({ "DelaySeconds": { "Fn::FindInMap": ["M", "other", "n", { "DefaultValue": 9 }] } }),
            json!({ "DelaySeconds": 9 }),
        ),
        (
            json!({ "DelaySeconds": { "Fn::FindInMap": ["M", "k", "n", { "DefaultValue": 9 }] } }),
            json!({ "DelaySeconds": 3 }),
        ),
        (json!({ "QueueName": { "Ref": { "Fn::Sub": "T" } } }), json!({ "QueueName": { "Ref": "T" } })),
        (
            json!({ "QueueName": { "Fn::GetAtt": [{ "Fn::Sub": "T" }, "TopicName"] } }),
            json!({ "QueueName": { "Fn::GetAtt": "T.TopicName" } }),
        ),
    ];
    for (written, plain) in same {
        let difference = between(Some(&queue(&written)), Some(&queue(&plain)));
        assert!(difference.is_empty(), "{written}: {}", difference.text());
    }
    let other = json!({ "QueueName": { "Ref": { "Fn::Sub": "Q" } } });
    assert!(
        !between(Some(&queue(&json!({ "QueueName": { "Ref": { "Fn::Sub": "T" } } }))), Some(&queue(&other))).is_empty()
    );
}

#[test]
fn another_macro_stays_unseen() {
    let template = json!({ "Transform": ["AWS::LanguageExtensions", "Company::Guard"], "Resources": { "Fn::ForEach::T": ["N", ["A"], { "T${N}": { "Type": "AWS::SNS::Topic" } }] } });
    let difference = between(None, Some(&version(&template)));
    assert!(difference.resource("TA").is_some());
    assert_eq!(difference.unseen, ["what the macro `Company::Guard` makes of the template"]);
}
