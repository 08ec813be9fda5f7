use ce_constructs::compute::{InlineCode, LambdaFunction};
use ce_constructs::security::{Key, Rotation, Secret};
use ce_synth::{Duration, Size};
use serde_json::json;

use super::{built, of_type};

const HELLO: InlineCode = InlineCode::python("def handler(event, context):\n    return 'hello'\n");

#[test]
fn by_default() {
    insta::assert_json_snapshot!(built(|stack| {
        LambdaFunction::builder(HELLO).build(stack, "Hello");
    }));
}

#[test]
fn options_reach_their_properties() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        LambdaFunction::builder(InlineCode::nodejs("exports.handler = async () => 'hello'"))
            .named("hello")
            .described("says hello")
            .timeout(Duration::minutes(2))
            .memory(Size::mib(512))
            .reserved_concurrency(1)
            .env("LEVEL", "info")
            .encrypted_by(&key)
            .in_network(["subnet-11111111"], ["sg-11111111"])
            .build(stack, "Hello")
            .allow_call("Bucket", "s3.amazonaws.com", "arn:aws:s3:::shop");
    });
    let function = of_type(&resources, "AWS::Lambda::Function")[0];
    assert_eq!(function["Runtime"], "nodejs24.x");
    assert_eq!((&function["FunctionName"], &function["Description"]), (&json!("hello"), &json!("says hello")));
    assert_eq!((&function["Timeout"], &function["MemorySize"]), (&json!(120), &json!(512)));
    assert_eq!(function["ReservedConcurrentExecutions"], 1);
    assert_eq!(function["Environment"]["Variables"], json!({"LEVEL": "info"}));
    assert!(function["KmsKeyArn"].is_object());
    assert_eq!(function["VpcConfig"], json!({"SubnetIds": ["subnet-11111111"], "SecurityGroupIds": ["sg-11111111"]}));
    let managed = of_type(&resources, "AWS::IAM::Role")[0]["ManagedPolicyArns"].to_string();
    assert!(managed.contains("AWSLambdaENIManagementAccess"), "{managed}");
    assert_eq!(of_type(&resources, "AWS::Lambda::Permission")[0]["SourceArn"], "arn:aws:s3:::shop");
}

#[test]
fn signing_keys_rotate_twice_a_year() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let rotator = LambdaFunction::builder(InlineCode::rsa_signing_key_rotation()).build(stack, "Rotator");
        let rotation = Rotation::function(rotator.arn(), &rotator).every(Duration::days(182));
        Secret::builder(&key).named("shop/prod/jwt").rotated(rotation).build(stack, "Tokens");
    });
    let schedule = of_type(&resources, "AWS::SecretsManager::RotationSchedule")[0];
    assert_eq!(schedule["RotationRules"]["AutomaticallyAfterDays"], 182);
    assert!(schedule["RotationLambdaARN"]["Fn::GetAtt"].is_array());
    let policy = of_type(&resources, "AWS::IAM::Policy")[0].to_string();
    for action in [
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
        "kms:GenerateDataKey",
        "logs:PutLogEvents",
    ] {
        assert!(policy.contains(action), "{action}");
    }
}
