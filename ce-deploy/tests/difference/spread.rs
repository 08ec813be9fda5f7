//! A change goes on to what refers to it.

use ce_deploy::difference::Class;
use serde_json::{Value, json};

use crate::between;

fn network(cidr: &str) -> Value {
    json!({
        "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": cidr } },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.0.0/24" } },
        "Instance": { "Type": "AWS::EC2::Instance", "Properties": { "SubnetId": { "Fn::Sub": "${Subnet}" } } },
        "Alarm": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "Dimensions": [{ "Name": "I", "Value": { "Ref": "Instance" } }] } },
        "Aside": { "Type": "AWS::SQS::Queue" },
    })
}

#[test]
fn a_replacement_spreads_with_its_causes() {
    let difference = between(&network("10.0.0.0/16"), &network("10.1.0.0/16"));
    let class = |id: &str| difference.resource(id).map(|resource| resource.class);
    assert_eq!(class("Vpc"), Some(Class::Replacement));
    assert_eq!(class("Subnet"), Some(Class::Replacement));
    assert_eq!(
        class("Instance"),
        Some(Class::StatefulReplacement).filter(|_| is_stateful("AWS::EC2::Instance")).or(Some(Class::Replacement))
    );
    assert_eq!(class("Alarm"), Some(Class::InPlace));
    assert_eq!(class("Aside"), None);
    let causes = &difference.resource("Instance").unwrap().causes;
    assert_eq!(
        causes[..],
        ["`Instance.SubnetId` follows `Subnet`", "`Subnet.VpcId` follows `Vpc`", "`Vpc.CidrBlock` changes"]
    );
}

fn is_stateful(name: &str) -> bool {
    ce_cfn::SCHEMAS.find(name).is_some_and(|schema| schema.stateful)
}

#[test]
fn an_attribute_that_is_the_property_itself_changes_for_certain() {
    let with = |cidr: &str| {
        json!({
            "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "InstanceTenancy": "default", "CidrBlock": cidr } },
            "Entry": { "Type": "AWS::EC2::PrefixList", "Properties": { "Entries": [{ "Cidr": { "Fn::GetAtt": ["Vpc", "CidrBlock"] } }] } },
        })
    };
    let difference = between(&with("10.0.0.0/16"), &with("10.1.0.0/16"));
    assert!(difference.resource("Vpc").unwrap().class.replaces());
}

#[test]
fn what_only_may_change_may_only_replace() {
    let with = |delay: u32| {
        json!({
            "Thing": { "Type": "Custom::Thing", "Properties": { "Delay": delay } },
            "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "CidrBlock": { "Fn::GetAtt": "Thing.Cidr" } } },
        })
    };
    let difference = between(&with(1), &with(2));
    assert_eq!(difference.resource("Subnet").unwrap().class, Class::ConditionalReplacement);
}

#[test]
fn circles_of_references_end() {
    let with = |name: &str| {
        json!({
            "A": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "B" }, "CidrBlock": name } },
            "B": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "A" } } },
        })
    };
    assert_eq!(between(&with("a"), &with("b")).resources.len(), 2);
}
