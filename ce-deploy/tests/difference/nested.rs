//! Changes that go through nested stacks.

use ce_deploy::difference::{Class, Difference};
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

fn template(body: &Value) -> Template {
    Template::parse(&body.to_string()).unwrap()
}

/// A stack with a nested one that makes a network, and a subnet outside which takes the network from an output.
fn outer(address: &str, own_cidr: &str) -> Template {
    template(&json!({ "Resources": {
        "Own": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": own_cidr } },
        "Net": { "Type": "AWS::CloudFormation::Stack", "Properties": {
            "TemplateURL": address, "Parameters": { "Peer": { "Ref": "Own" } },
        } },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Fn::GetAtt": ["Net", "Outputs.VpcId"] } } },
    } }))
}

fn inner(cidr: &str) -> Template {
    template(&json!({
        "Parameters": { "Peer": { "Type": "String" } },
        "Resources": {
            "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": cidr } },
            "Link": { "Type": "AWS::EC2::VPCPeeringConnection", "Properties": { "VpcId": { "Ref": "Vpc" }, "PeerVpcId": { "Ref": "Peer" } } },
        },
        "Outputs": { "VpcId": { "Value": { "Ref": "Vpc" } } },
    }))
}

fn version(outer: Template, inner: Option<Template>) -> Version {
    let nested = inner.into_iter().map(|inner| ("Net".to_owned(), inner)).collect();
    Version { nested, ..Version::new(outer) }
}

fn class(difference: &Difference, id: &str) -> Class {
    difference.resource(id).map_or(Class::Unchanged, |resource| resource.class)
}

#[test]
fn an_output_changes_with_what_it_is_made_of() {
    let before = version(outer("a", "10.0.0.0/16"), Some(inner("10.1.0.0/16")));
    let after = version(outer("b", "10.0.0.0/16"), Some(inner("10.2.0.0/16")));
    let difference = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
    assert_eq!(class(&difference, "Net.Vpc"), Class::Replacement);
    assert_eq!(class(&difference, "Subnet"), Class::Replacement);
    assert_eq!(difference.resource("Subnet").unwrap().properties[0].cause.as_deref(), Some("Net.Vpc"));
}

#[test]
fn an_output_of_what_stays_stays() {
    let before = version(outer("a", "10.0.0.0/16"), Some(inner("10.1.0.0/16")));
    let after = version(outer("b", "10.9.0.0/16"), Some(inner("10.1.0.0/16")));
    let difference = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
    assert_eq!(class(&difference, "Own"), Class::Replacement);
    assert_eq!(class(&difference, "Net.Link"), Class::Replacement, "through the parameter");
    assert_eq!(class(&difference, "Subnet"), Class::Unchanged);
}

#[test]
fn an_output_of_a_stack_that_nobody_saw_may_change() {
    let before = version(outer("a", "10.0.0.0/16"), None);
    for inner in [None, Some(inner("10.1.0.0/16"))] {
        let after = version(outer("b", "10.0.0.0/16"), inner);
        let difference = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
        assert_eq!(class(&difference, "Subnet"), Class::ConditionalReplacement);
    }
}
