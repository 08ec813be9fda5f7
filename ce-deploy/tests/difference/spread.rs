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
fn an_attribute_that_is_given_changes_only_with_what_is_given() {
    let with = |cidr: &str| {
        json!({
            "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": "vpc-1", "CidrBlock": cidr } },
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": { "Fn::GetAtt": "Subnet.VpcId" } } },
            "Peer": { "Type": "AWS::EC2::Subnet", "Properties": { "CidrBlock": { "Fn::GetAtt": "Subnet.CidrBlock" } } },
        })
    };
    let difference = between(&with("10.0.0.0/24"), &with("10.0.1.0/24"));
    assert_eq!(difference.resource("Subnet").unwrap().class, Class::Replacement);
    assert!(difference.resource("Group").is_none(), "its network is the same: {:?}", difference.resource("Group"));
    assert_eq!(difference.resource("Peer").unwrap().class, Class::Replacement);
}

#[test]
fn what_follows_a_value_that_follows_is_certain_too() {
    let with = |name: &str| {
        let topic = |name: Value, shown: Value| json!({ "Type": "AWS::SNS::Topic", "Properties": { "TopicName": name, "DisplayName": shown } });
        json!({
            "A": topic(json!("a"), json!(name)),
            "B": topic(json!("b"), json!({ "Fn::GetAtt": ["A", "DisplayName"] })),
            "C": topic(json!({ "Fn::GetAtt": ["B", "DisplayName"] }), json!("c")),
        })
    };
    let difference = between(&with("x"), &with("y"));
    assert_eq!(difference.resource("B").unwrap().class, Class::InPlace);
    assert_eq!(difference.resource("C").unwrap().class, Class::Replacement);
}

#[test]
fn what_follows_a_new_resource_is_told_though_it_may_stay() {
    let with = |engine: &str| {
        json!({
            "Db": { "Type": "AWS::RDS::DBInstance", "Properties": { "DBName": engine } },
            "Fn": { "Type": "AWS::Lambda::Function", "Properties": { "Description": { "Fn::GetAtt": "Db.Endpoint.Address" } } },
        })
    };
    let difference = between(&with("a"), &with("b"));
    assert!(difference.resource("Db").unwrap().class.replaces());
    let follower = difference.resource("Fn").unwrap();
    assert_eq!(
        (follower.class, follower.properties[0].cause.as_deref()),
        (Class::InPlace, Some("Db.Endpoint.Address"))
    );
}

#[test]
fn what_may_change_goes_on_through_what_is_not_told() {
    let with = |text: &str| {
        json!({
            "Thing": { "Type": "Custom::Thing", "Properties": { "Text": text } },
            "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "EnableDnsSupport": { "Fn::GetAtt": "Thing.Answer" } } },
            "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "CidrBlock": { "Fn::GetAtt": "Vpc.EnableDnsSupport" } } },
        })
    };
    let difference = between(&with("a"), &with("b"));
    assert!(difference.resource("Vpc").is_none(), "in place, perhaps");
    assert_eq!(difference.resource("Subnet").unwrap().class, Class::ConditionalReplacement);
}

#[test]
fn a_type_that_changes_stays_impossible_whatever_it_follows() {
    let with = |cidr: &str, type_name: &str| {
        json!({
            "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": cidr } },
            "Other": { "Type": type_name, "Properties": { "VpcId": { "Ref": "Vpc" } } },
        })
    };
    let difference = between(&with("10.0.0.0/16", "AWS::EC2::Subnet"), &with("10.1.0.0/16", "AWS::EC2::SecurityGroup"));
    let other = difference.resource("Other").unwrap();
    assert_eq!((other.class, other.causes.len()), (Class::Blocked, 1));
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
