//! One resource, one change.

use ce_deploy::difference::{Class, Difference, Fate};
use serde_json::{Value, json};

use crate::{between, version};

/// What becomes of a resource of a type whose properties change.
fn class(type_name: &str, before: &Value, after: &Value) -> Class {
    let resource = |properties: &Value| json!({ "R": { "Type": type_name, "Properties": properties } });
    let difference = between(&resource(before), &resource(after));
    difference.resource("R").map_or(Class::Unchanged, |resource| resource.class)
}

#[test]
fn each_class_is_told_by_the_property() {
    let rows = [
        ("AWS::SQS::Queue", json!({ "DelaySeconds": 1 }), json!({ "DelaySeconds": "1" }), Class::Unchanged),
        ("AWS::SQS::Queue", json!({ "DelaySeconds": 1 }), json!({ "DelaySeconds": 2 }), Class::InPlace),
        ("AWS::SQS::Queue", json!({}), json!({ "Tags": [{ "Key": "a", "Value": "b" }] }), Class::Tags),
        (
            "AWS::RDS::DBInstance",
            json!({ "DBInstanceClass": "a" }),
            json!({ "DBInstanceClass": "b" }),
            Class::Interruption,
        ),
        (
            "AWS::EC2::Subnet",
            json!({ "CidrBlock": "10.0.0.0/24" }),
            json!({ "CidrBlock": "10.0.1.0/24" }),
            Class::Replacement,
        ),
        ("AWS::S3::Bucket", json!({ "BucketName": "a" }), json!({ "BucketName": "b" }), Class::StatefulReplacement),
        ("Custom::Thing", json!({ "A": 1 }), json!({ "A": 2 }), Class::ConditionalReplacement),
        ("Foo::Bar::Baz", json!({ "A": 1 }), json!({ "A": 2 }), Class::ConditionalReplacement),
        (
            "AWS::SQS::Queue",
            json!({ "QueueName": "q.fifo", "FifoQueue": false }),
            json!({ "QueueName": "q.fifo", "FifoQueue": true }),
            Class::Blocked,
        ),
    ];
    for (type_name, before, after, expected) in rows {
        assert_eq!(class(type_name, &before, &after), expected, "{type_name} {before} {after}");
    }
}

#[test]
fn a_type_cannot_change() {
    let difference =
        between(&json!({ "R": { "Type": "AWS::SQS::Queue" } }), &json!({ "R": { "Type": "AWS::SNS::Topic" } }));
    assert_eq!(difference.class(), Class::Blocked);
    assert!(difference.resources[0].causes[0].contains("its type was `AWS::SQS::Queue`"));
}

#[test]
fn a_new_id_does_not_free_a_name() {
    let bucket =
        |id: &str, name: &Value| json!({ id: { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": name } } });
    let renamed = between(&bucket("Old", &json!("logs")), &bucket("New", &json!("logs")));
    assert_eq!(renamed.resource("New").unwrap().class, Class::Blocked);
    let cause = "it would have the same `BucketName` as `Old`, which is removed only when all else is done";
    assert_eq!(renamed.resource("New").unwrap().causes, [cause]);
    assert_eq!(renamed.resource("Old").unwrap().class, Class::Removed);
    for (before, after) in [(json!("logs"), json!("logs-2")), (Value::Null, Value::Null)] {
        assert_eq!(
            between(&bucket("Old", &before), &bucket("New", &after)).resource("New").unwrap().class,
            Class::Added
        );
    }
}

#[test]
fn what_leaves_goes_as_its_policy_says() {
    let fate = |type_name: &str, policy: &Value, properties: Value| {
        let resource = json!({ "R": { "Type": type_name, "DeletionPolicy": policy, "Properties": properties } });
        between(&resource, &json!({})).resources[0].fate
    };
    assert_eq!(fate("AWS::S3::Bucket", &Value::Null, json!({})), Some(Fate::Deleted));
    assert_eq!(fate("AWS::S3::Bucket", &json!("Retain"), json!({})), Some(Fate::Retained));
    assert_eq!(fate("AWS::S3::Bucket", &json!("RetainExceptOnCreate"), json!({})), Some(Fate::Retained));
    assert_eq!(fate("AWS::EC2::Volume", &json!("Snapshot"), json!({})), Some(Fate::Snapshot));
    assert_eq!(fate("AWS::RDS::DBCluster", &Value::Null, json!({})), Some(Fate::Snapshot));
    assert_eq!(fate("AWS::RDS::DBInstance", &Value::Null, json!({ "DBClusterIdentifier": "c" })), Some(Fate::Deleted));
}

#[test]
fn what_only_speaks_of_itself_is_metadata() {
    let before =
        json!({ "R": { "Type": "AWS::SQS::Queue", "Metadata": { "a": 1 } }, "S": { "Type": "AWS::SNS::Topic" } });
    let after = json!({ "R": { "Type": "AWS::SQS::Queue", "Metadata": { "a": 2 }, "DependsOn": "S" }, "S": { "Type": "AWS::SNS::Topic" } });
    let difference = between(&before, &after);
    assert_eq!(difference.resources[0].class, Class::Metadata);
    assert_eq!(difference.resources[0].attributes, ["DependsOn", "Metadata"]);
}

#[test]
fn parameters_and_conditions_decide() {
    let template = json!({
        "Parameters": { "Cidr": { "Type": "String", "Default": "10.0.0.0/24" }, "Stage": { "Type": "String", "Default": "dev" } },
        "Conditions": { "IsProd": { "Fn::Equals": [{ "Ref": "Stage" }, "prod"] } },
        "Resources": {
            "Net": { "Type": "AWS::EC2::Subnet", "Properties": { "CidrBlock": { "Ref": "Cidr" } } },
            "Store": { "Type": "AWS::S3::Bucket", "Condition": "IsProd" },
        },
    });
    let version = |cidr: &str, stage: &str| {
        let template = ce_deploy::template::Template::parse(&template.to_string()).unwrap();
        ce_deploy::template::Version::new(template).parameter("Cidr", cidr).parameter("Stage", stage)
    };
    let between = |a, b| Difference::between(Some(&a), Some(&b), &ce_cfn::SCHEMAS);
    assert!(between(version("a", "dev"), version("a", "dev")).is_empty());
    assert_eq!(between(version("a", "dev"), version("b", "dev")).resource("Net").unwrap().class, Class::Replacement);
    assert_eq!(between(version("a", "dev"), version("a", "prod")).resource("Store").unwrap().class, Class::Added);
    assert_eq!(between(version("a", "prod"), version("a", "dev")).resource("Store").unwrap().class, Class::Removed);
}

#[test]
fn all_is_new_of_a_new_stack_and_all_goes_with_it() {
    let one = version(&json!({ "R": { "Type": "AWS::SQS::Queue" } }));
    assert_eq!(Difference::between(None, Some(&one), &ce_cfn::SCHEMAS).class(), Class::Added);
    assert_eq!(Difference::between(Some(&one), None, &ce_cfn::SCHEMAS).class(), Class::Removed);
}

#[test]
fn many_types_hold_data() {
    let stateful =
        ce_cfn::SCHEMAS.names().filter(|name| ce_cfn::SCHEMAS.find(name).is_some_and(|schema| schema.stateful));
    assert!(stateful.count() >= 60);
}
