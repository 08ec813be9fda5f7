//! A change goes on to the stacks that read what is changed.

use std::collections::BTreeMap;

use ce_deploy::assembly::StackId;
use ce_deploy::cloud::{Action, Change, Place, Replacement};
use ce_deploy::difference::{Class, Difference, Elsewhere, Side};
use ce_deploy::risk::{Consent, assess};
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

fn place(region: &str) -> Place {
    Place::new("111111111111", region)
}

fn version(template: &Value) -> Version {
    let template = Template::parse(&template.to_string()).unwrap();
    Version { place: Some(place("eu-west-1")), stack_name: Some("app".into()), ..Version::new(template) }
}

fn between(before: &Value, after: &Value) -> Difference {
    Difference::between(Some(&version(before)), Some(&version(after)), &ce_cfn::SCHEMAS)
}

/// A network whose outputs say what can be said of it.
fn net(range: &str, size: u32) -> Value {
    json!({
        "Resources": {
            "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": range } },
            "Key": { "Type": "AWS::KMS::Key" },
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": size } },
            "Maybe": { "Type": "Custom::Thing", "Properties": { "Size": size } }
        },
        "Outputs": {
            "Vpc": { "Value": { "Ref": "Vpc" } }, "Range": { "Value": { "Fn::GetAtt": ["Vpc", "CidrBlock"] } },
            "Key": { "Value": { "Fn::GetAtt": ["Key", "Arn"] } }, "Url": { "Value": { "Ref": "Queue" } },
            "Size": { "Value": format!("size {size}") }, "Maybe": { "Value": { "Fn::Sub": "a/${Maybe}" } }
        }
    })
}

fn read(output: &str) -> Value {
    json!({ "Fn::GetStackOutput": { "StackName": "net", "OutputName": output } })
}

/// A stack that reads, beside a network that changes from the first to the second.
fn reading(app: &Value, from: &Value, to: &Value) -> Difference {
    let mut elsewhere = Elsewhere::default();
    elsewhere.add(&StackId::new("Net"), "net", &place("eu-west-1"), between(from, to).moved());
    Difference::among(Some(&version(app)), Some(&version(app)), &elsewhere, &ce_cfn::SCHEMAS)
}

#[test]
fn outputs_move_with_what_they_are_made_of() {
    let moved = |from: &Value, to: &Value| -> BTreeMap<String, bool> {
        between(from, to).moved().iter().map(|(name, moved)| (name.clone(), moved.certain)).collect()
    };
    let certain = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), true)).collect::<BTreeMap<_, _>>();
    assert_eq!(moved(&net("10.0.0.0/16", 1), &net("10.0.0.0/16", 1)), certain(&[]));
    assert_eq!(moved(&net("10.0.0.0/16", 1), &net("10.1.0.0/16", 1)), certain(&["Range", "Vpc"]));
    let mut expected = certain(&["Size"]);
    expected.insert("Maybe".into(), false);
    assert_eq!(moved(&net("10.0.0.0/16", 1), &net("10.0.0.0/16", 2)), expected);
    let difference = between(&net("10.0.0.0/16", 1), &net("10.1.0.0/16", 1));
    assert!(difference.text().contains("~ output Vpc: follows Vpc\n"), "{}", difference.text());
    let json: Value = serde_json::from_str(&difference.json()).unwrap();
    assert_eq!(json["outputs"][1]["cause"], "Vpc");
}

#[test]
fn who_reads_changes_as_its_property_says() {
    let app = json!({ "Resources": {
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": read("Vpc"), "CidrBlock": "10.0.0.0/24" } },
        "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": { "Fn::Sub": ["t-${V}", { "V": read("Vpc") }] } } },
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": read("Range") } },
        "Volume": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": read("Maybe") } },
        "Aside": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": read("Key") } },
        "Instance": { "Type": "AWS::EC2::Instance", "Properties": { "SubnetId": { "Ref": "Subnet" } } }
    }, "Outputs": { "Again": { "Value": read("Vpc") } } });
    let difference = reading(&app, &net("10.0.0.0/16", 1), &net("10.1.0.0/16", 2));
    let class = |id: &str| difference.resource(id).map(|resource| resource.class);
    assert_eq!(class("Subnet"), Some(Class::Replacement));
    assert_eq!(class("Table"), Some(Class::StatefulReplacement));
    assert_eq!(class("Topic"), Some(Class::InPlace));
    assert_eq!(class("Volume"), Some(Class::ConditionalReplacement));
    assert_eq!(class("Aside"), None);
    assert!(class("Instance").unwrap().replaces());
    let causes = &difference.resource("Instance").unwrap().causes;
    let expected = [
        "`Instance.SubnetId` follows `Subnet`",
        "`Subnet.VpcId` follows `Net.Vpc`",
        "it follows `Vpc`",
        "`Vpc.CidrBlock` changes",
    ];
    assert_eq!(causes[..], expected);
    assert!(difference.moved()["Again"].certain, "and so it goes on");
    let risks = assess(&StackId::new("App"), &BTreeMap::new(), &difference);
    let named: Vec<String> =
        risks.iter().filter(|risk| risk.consent == Consent::Replace).map(ce_deploy::risk::Risk::id).collect();
    assert!(named.contains(&"App.Table".to_owned()), "{named:?}");
    assert!(difference.text().contains("VpcId: follows Net.Vpc (replaces)"), "{}", difference.text());
    assert!(difference.markdown().contains("`Subnet.VpcId` follows `Net.Vpc`"));
}

#[test]
fn a_read_of_another_place_or_stack_is_another() {
    let mut elsewhere = Elsewhere::default();
    let moved = between(&net("10.0.0.0/16", 1), &net("10.1.0.0/16", 1));
    elsewhere.add(&StackId::new("Net"), "net", &place("eu-central-1"), moved.moved());
    let app = |read: &Value| {
        version(&json!({ "Resources": { "S": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": read } } } }))
    };
    let class = |app: &Version| Difference::among(Some(app), Some(app), &elsewhere, &ce_cfn::SCHEMAS).class();
    assert_eq!(class(&app(&read("Vpc"))), Class::Unchanged);
    let there = json!({ "Fn::GetStackOutput": { "StackName": "net", "OutputName": "Vpc", "Region": "eu-central-1" } });
    assert_eq!(class(&app(&there)), Class::Replacement);
    let role = json!({ "Fn::GetStackOutput": { "StackName": "net", "OutputName": "Vpc", "Region": "eu-central-1", "RoleArn": "arn:aws:iam::222222222222:role/r" } });
    assert_eq!(class(&app(&role)), Class::Unchanged);
    let import = json!({ "Fn::ImportValue": "net:Vpc" });
    assert_eq!(class(&app(&import)), Class::Unchanged, "the service refuses to change what is imported");
}

#[test]
fn a_change_set_that_cannot_know_does_not_overrule() {
    let app = json!({ "Resources": { "S": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": read("Vpc") } } } });
    let mut difference = reading(&app, &net("10.0.0.0/16", 1), &net("10.1.0.0/16", 1));
    let change = Change {
        action: Action::Modify,
        logical_id: "S".into(),
        physical_id: None,
        type_name: "AWS::EC2::Subnet".into(),
        replacement: Some(Replacement::False),
        policy_action: None,
        details: Vec::new(),
        nested: None,
        ignored: Vec::new(),
    };
    difference.apply(None, &[change]);
    assert_eq!(difference.class(), Class::Replacement);
    assert!(difference.disagreements.is_empty());
}

#[test]
fn what_a_change_set_overrules_moves_no_output() {
    let custom = |size: u32| json!({ "Resources": { "T": { "Type": "Custom::Thing", "Properties": { "Size": size } } }, "Outputs": { "Out": { "Value": { "Ref": "T" } } } });
    let mut difference = between(&custom(1), &custom(2));
    assert!(!difference.moved()["Out"].certain);
    let change = Change {
        action: Action::Modify,
        logical_id: "T".into(),
        physical_id: None,
        type_name: "Custom::Thing".into(),
        replacement: Some(Replacement::False),
        policy_action: None,
        details: Vec::new(),
        nested: None,
        ignored: Vec::new(),
    };
    difference.apply(None, &[change]);
    assert!(difference.moved().is_empty());
}

fn side(id: &str, before: &Value, after: &Value) -> Side {
    let (id, name, place) = (StackId::new(id), id.to_lowercase(), place("eu-west-1"));
    Side { id, name, place, before: Some(version(before)), after: Some(version(after)) }
}

#[test]
fn stacks_are_compared_together_in_whichever_order() {
    let relay = json!({ "Outputs": { "Out": { "Value": read("Vpc") } } });
    let last = json!({ "Resources": { "S": { "Type": "AWS::EC2::Subnet", "Properties": {
        "VpcId": { "Fn::GetStackOutput": { "StackName": "relay", "OutputName": "Out" } } } } } });
    let [before, after] = ["10.0.0.0/16", "10.1.0.0/16"].map(|range| net(range, 1));
    let sides = [side("Last", &last, &last), side("Relay", &relay, &relay), side("Net", &before, &after)];
    let differences = Difference::together(&sides, &ce_cfn::SCHEMAS);
    assert_eq!(differences[0].class(), Class::Replacement);
    let expected =
        ["`S.VpcId` follows `Relay.Out`", "it follows `Net.Vpc`", "it follows `Vpc`", "`Vpc.CidrBlock` changes"];
    assert_eq!(differences[0].resources[0].causes, expected);
    assert_eq!(differences[1].outputs[0].cause.as_deref(), Some("Net.Vpc"));
    assert!(
        Difference::together(&[side("Net", &before, &before), side("Last", &last, &last)], &ce_cfn::SCHEMAS)
            .iter()
            .all(Difference::is_empty)
    );
}

#[test]
fn an_export_that_is_imported_is_said_to_be_held() {
    let exporting = |range: &str| {
        let mut net = net(range, 1);
        net["Outputs"]["Vpc"]["Export"] = json!({ "Name": { "Fn::Sub": "${AWS::StackName}:vpc" } });
        net
    };
    let import = json!({ "Resources": { "S": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Fn::ImportValue": "app:vpc" } } } } });
    let (before, after) = (exporting("10.0.0.0/16"), exporting("10.1.0.0/16"));
    let differences =
        Difference::together(&[side("Net", &before, &after), side("App", &import, &import)], &ce_cfn::SCHEMAS);
    let held = &differences[0].held[0];
    assert_eq!((held.export.as_str(), held.certain, held.importers[0].as_str()), ("app:vpc", true, "App"));
    assert!(
        differences[0].text().contains("x output Vpc: cannot change while App imports it as app:vpc"),
        "{}",
        differences[0].text()
    );
    assert!(differences[0].markdown().contains("cannot be changed"));
    assert!(differences[1].is_empty());
    let kept = Difference::together(&[side("Net", &before, &before), side("App", &import, &import)], &ce_cfn::SCHEMAS);
    assert!(kept[0].held.is_empty());
}
