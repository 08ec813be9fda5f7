//! The table decodes whole, and says what AWS documents about well-known types.

use ce_cfn::SCHEMAS;
use ce_synth::schema::{Constraint, Kind, Member, RefKind, Replacement, TagForm, TypeSchema};

fn schema(name: &str) -> &'static TypeSchema {
    SCHEMAS.find(name).unwrap_or_else(|| panic!("{name} is in the table"))
}

#[test]
fn every_type_decodes() {
    let names: Vec<&str> = SCHEMAS.names().collect();
    assert!(names.len() > 1_900, "{} types", names.len());
    assert!(names.is_sorted());
    for name in names {
        let schema = schema(name);
        assert_eq!(schema.name, name);
        for object in &schema.objects {
            assert!(object.properties.is_sorted_by_key(|property| property.name), "{name} {}", object.name);
        }
        for assertion in &schema.assertions {
            let text = format!("{:?}", assertion.fragment());
            assert_ne!(text, format!("{:?}", ce_synth::schema::Fragment::default()), "{name} {}", assertion.rule);
        }
    }
}

#[test]
fn every_object_a_value_counts_to_exists() {
    fn check(schema: &TypeSchema, value: &ce_synth::schema::ValueSchema) {
        match &value.kind {
            Kind::Object(index) => assert!(*index < schema.objects.len(), "{}", schema.name),
            Kind::List(element) | Kind::Map(element) => check(schema, element),
            Kind::OneOf(members) => members.iter().for_each(|member| check(schema, member)),
            _ => {}
        }
    }
    for name in SCHEMAS.names() {
        let schema = schema(name);
        for property in schema.objects.iter().flat_map(|object| &object.properties) {
            check(schema, &property.value);
        }
        for attribute in &schema.attributes {
            check(schema, &attribute.value);
        }
    }
}

#[test]
fn every_reference_names_a_type() {
    for name in SCHEMAS.names() {
        for property in schema(name).objects.iter().flat_map(|object| &object.properties) {
            for reference in &property.value.leaf().references {
                assert!(
                    SCHEMAS.find(reference.type_name).is_some(),
                    "{name} {} {}",
                    property.name,
                    reference.type_name
                );
            }
        }
    }
}

#[test]
fn a_vpc_is_described() {
    let vpc = schema("AWS::EC2::VPC");
    let block = vpc.property("CidrBlock").unwrap();
    assert_eq!(block.replacement, Replacement::Always);
    assert!(!block.required);
    assert!(vpc.attribute("CidrBlockAssociations").unwrap().value.is_list());
    assert!(vpc.attribute("VpcID").is_none());
    assert_eq!(vpc.reference.kind, RefKind::Identifier);
    assert_eq!(vpc.tagging.as_ref().unwrap().form, TagForm::List);
    let subnet = schema("AWS::EC2::Subnet").property("VpcId").unwrap();
    assert!(subnet.required);
    assert_eq!(subnet.value.references[0].type_name, "AWS::EC2::VPC");
}

#[test]
fn bounds_enumerations_and_nested_paths_are_kept() {
    let function = schema("AWS::Lambda::Function");
    assert_eq!(function.property("Timeout").unwrap().value.bounds.minimum, Some(1.0));
    assert!(function.property("Architectures").unwrap().value.leaf().enumeration.contains(&"arm64"));
    let database = schema("AWS::RDS::DBInstance");
    assert!(database.stateful);
    assert!(database.write_only.contains(&"MasterUserPassword"));
    assert!(database.conditional_create_only.contains(&"Engine"));
    let acl = schema("AWS::WAFv2::WebACL");
    assert!(acl.property("Rules.*.Statement.RateBasedStatement.Limit").unwrap().required);
    assert_eq!(acl.reference.kind, RefKind::Composite);
    assert_eq!(schema("AWS::AutoScaling::AutoScalingGroup").tagging.as_ref().unwrap().form, TagForm::AutoScaling);
}

#[test]
fn rules_between_properties_are_kept() {
    let policy = schema("AWS::ApplicationAutoScaling::ScalingPolicy");
    let either = Constraint::ExactlyOne(vec![vec!["ScalingTargetId"], vec!["ResourceId"]]);
    assert!(policy.root().constraints.contains(&either), "{:?}", policy.root().constraints);
    let group = schema("AWS::EC2::SecurityGroup");
    let ports = group
        .assertions
        .iter()
        .find(|assertion| assertion.path == "SecurityGroupIngress/*" && assertion.fragment().then.is_some());
    assert!(ports.is_some());
    let record = schema("AWS::Route53::RecordSet");
    assert!(!record.assertions.is_empty());
    let table = schema("AWS::DynamoDB::Table").assertions.iter().find(|assertion| assertion.rule == "E3638").unwrap();
    let then = table.fragment().then.as_ref().unwrap();
    assert!(matches!(then.properties["ProvisionedThroughput"], Member::Holds(_)));
}

#[test]
fn regions_without_a_type_are_known() {
    let synthetics = schema("AWS::CloudFront::Distribution");
    assert_eq!(synthetics.is_missing_in("us-east-1"), Some(false));
    assert_eq!(synthetics.is_missing_in("moon-1"), None);
    let somewhere_missing = SCHEMAS.names().filter(|name| !schema(name).missing_regions().is_empty()).count();
    assert!(somewhere_missing > 500, "{somewhere_missing}");
}

#[test]
fn only_a_custom_resource_takes_properties_of_ours() {
    assert!(schema("AWS::CloudFormation::CustomResource").root().open);
    assert!(!schema("AWS::EC2::VPC").root().open);
}

#[test]
fn what_ref_gives_is_known() {
    for name in
        ["AWS::SNS::Topic", "AWS::SecretsManager::Secret", "AWS::CertificateManager::Certificate", "AWS::ECS::Service"]
    {
        assert_eq!(schema(name).reference.kind, RefKind::Arn, "{name}");
    }
    for name in ["AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::IAM::Role", "AWS::Lambda::Function"] {
        assert_eq!(schema(name).reference.kind, RefKind::Identifier, "{name}");
    }
}
