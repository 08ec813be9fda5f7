//! Builders give the properties a template needs, and take what they should.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use ce_cfn::{Tag, ec2, ecs, iam, ids, kms, lambda, logs, route53, s3, sns, wafv2};
use ce_synth::value::import_value;
use ce_synth::{Account, App, CfnResource, Environment, Expr, IntoValue, ListOf, Property, Region, Scope, Tier, Value};
use serde_json::{Value as Json, json};

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

/// The resources of a stack, by type.
fn resources(build: impl FnOnce(Scope<'_>)) -> Vec<(String, Json)> {
    let app = App::new();
    build(app.stack("Test", PROD));
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let template: Json = serde_json::from_str(assembly.stack("Test").unwrap().template()).unwrap();
    let resources = template["Resources"].as_object().unwrap();
    resources
        .values()
        .map(|resource| (resource["Type"].as_str().unwrap().to_owned(), resource["Properties"].clone()))
        .collect()
}

/// The properties of the one resource of a type.
fn properties(of: &str, build: impl FnOnce(Scope<'_>)) -> Json {
    resources(build).into_iter().find_map(|(name, properties)| (name == of).then_some(properties)).unwrap()
}

#[test]
fn scalars_lists_and_tags_are_written() {
    let vpc = properties(ec2::Vpc::TYPE, |stack| {
        stack.add("Vpc", ec2::Vpc::new().cidr_block("10.0.0.0/16").enable_dns_support(true).tags([("Team", "shop")]));
    });
    assert_eq!(vpc["CidrBlock"], "10.0.0.0/16");
    assert_eq!(vpc["EnableDnsSupport"], true);
    assert_eq!(vpc["Tags"], json!([{"Key": "Team", "Value": "shop"}]));
}

#[test]
fn nested_objects_and_enumerations_are_written() {
    use ec2::launch_template::{BlockDeviceMapping, Ebs, LaunchTemplateData, MetadataOptions};
    let template = properties(ec2::LaunchTemplate::TYPE, |stack| {
        let disk = BlockDeviceMapping::new().device_name("/dev/xvda").ebs(Ebs::new().volume_size(20).encrypted(true));
        let data = LaunchTemplateData::new()
            .block_device_mappings([disk])
            .metadata_options(MetadataOptions::new().http_tokens("required"));
        stack.add("Template", ec2::LaunchTemplate::new().launch_template_data(data));
    });
    let data = &template["LaunchTemplateData"];
    assert_eq!(data["BlockDeviceMappings"][0]["Ebs"], json!({"VolumeSize": 20, "Encrypted": true}));
    assert_eq!(data["MetadataOptions"]["HttpTokens"], "required");
}

#[test]
fn an_enumeration_takes_its_constants_and_any_text() {
    use lambda::function::{Architectures, Runtime};
    let constant: Value<ListOf<Architectures>> = [Architectures::ARM64].into_value();
    let text: Value<ListOf<Architectures>> = ["arm64"].into_value();
    assert_eq!(constant, text);
    let later: Value<Runtime> = "a-runtime-of-next-year".into_value();
    assert!(later.literal().is_some());
}

#[test]
fn a_handle_stands_for_its_id() {
    let subnet = properties(ec2::Subnet::TYPE, |stack| {
        let vpc = stack.add("Vpc", ec2::Vpc::new().cidr_block("10.0.0.0/16"));
        stack.add("Subnet", ec2::Subnet::new().vpc_id(vpc).cidr_block("10.0.1.0/24"));
    });
    assert!(subnet["VpcId"]["Ref"].is_string(), "{subnet}");
}

#[test]
fn an_arn_stands_for_an_id_and_only_an_arn_for_an_arn() {
    let found = resources(|stack| {
        let key = stack.add("Key", kms::Key::new().key_policy(json!({})));
        let alias = stack.add("Alias", kms::Alias::new().alias_name("alias/shop").target_key_id(key.arn()));
        let topic = stack.add("Topic", sns::Topic::new().kms_master_key_id(key));
        stack.add("Other", sns::Topic::new().kms_master_key_id(alias));
        stack.add("Group", logs::LogGroup::new().kms_key_id(key.arn()));
        // The `Ref` of a topic is its ARN.
        let arn: Value<ids::SnsTopicArn> = topic.into_value();
        let id: Value<ids::SnsTopic> = arn.into_value();
        drop(id);
    });
    assert_eq!(found.len(), 5);
}

#[test]
fn an_attribute_that_ref_does_not_give_has_its_own_type() {
    let gateway = properties(ec2::NatGateway::TYPE, |stack| {
        let address = stack.add("Address", ec2::Eip::new().domain("vpc"));
        stack.add("Gateway", ec2::NatGateway::new().allocation_id(address.allocation_id()).subnet_id("subnet-1"));
    });
    assert_eq!(gateway["AllocationId"]["Fn::GetAtt"][1], "AllocationId");
}

#[test]
fn roles_are_given_by_arn_where_aws_wants_the_arn() {
    let function = properties(lambda::Function::TYPE, |stack| {
        let role = stack.add("Role", iam::Role::new().assume_role_policy_document(json!({})));
        let code = lambda::function::Code::new().zip_file("x");
        stack.add(
            "Function",
            lambda::Function::new().role(role.arn()).code(code).handler("index.handler").runtime("nodejs22.x"),
        );
    });
    assert_eq!(function["Role"]["Fn::GetAtt"][1], "Arn");
}

#[test]
fn untyped_expressions_fit_everywhere() {
    let cluster: Value<ids::EcsCluster> = import_value("cluster").into_value();
    let service = ecs::Service::new().cluster(cluster).desired_count(import_value("count"));
    let map = service.into_properties();
    assert!(map.get("Cluster").is_some() && map.get("DesiredCount").is_some());
}

#[test]
fn properties_are_read_and_changed_through_the_handle() {
    let app = App::new();
    let stack = app.stack("Test", PROD);
    let bucket = stack.add("Bucket", s3::Bucket::new().bucket_name("first"));
    assert_eq!(
        bucket.read(s3::Bucket::BUCKET_NAME).and_then(|name| name.literal().cloned()),
        Some(Expr::from("first"))
    );
    bucket.update(|bucket| bucket.bucket_name("second"));
    assert_eq!(
        bucket.read(s3::Bucket::BUCKET_NAME).and_then(|name| name.literal().cloned()),
        Some(Expr::from("second"))
    );
    let key: Property<s3::Bucket, ListOf<Tag>> = s3::Bucket::TAGS;
    assert_eq!(key.name(), "Tags");
}

#[test]
fn a_recursive_statement_nests() {
    use wafv2::web_acl::{GeoMatchStatement, NotStatement, Statement};
    let inside = Statement::new().geo_match_statement(GeoMatchStatement::new().country_codes(["NL"]));
    let outside = Statement::new().not_statement(NotStatement::new().statement(inside));
    let value: Value<Statement> = outside.into_value();
    let expected = json!({"NotStatement": {"Statement": {"GeoMatchStatement": {"CountryCodes": ["NL"]}}}});
    assert_eq!(value.expr(), &Expr::from(expected));
}

#[test]
fn members_called_like_rust_words_keep_a_name() {
    let record = route53::RecordSet::new().type_("A").name("a.example.com").into_properties();
    assert_eq!(record.get("Type"), Some(&Expr::from("A")));
}
