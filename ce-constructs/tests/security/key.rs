use ce_constructs::security::{Key, KeySpec, Principal, ReplicaKey};
use ce_synth::{App, Duration, Region};
use serde_json::json;

use super::{PROD, built, of_type, resources};

#[test]
fn by_default() {
    insta::assert_json_snapshot!(built(|stack| {
        Key::builder().build(stack, "Key");
    }));
}

#[test]
fn options_reach_their_properties() {
    let resources = built(|stack| {
        Key::builder()
            .alias("alias/shop")
            .alias("alias/shop-data")
            .described("data at rest")
            .multi_region()
            .rotated_every(Duration::days(90))
            .pending_window(Duration::days(7))
            .build(stack, "Key");
    });
    let key = of_type(&resources, "AWS::KMS::Key")[0];
    assert_eq!(key["Description"], "data at rest");
    assert_eq!(key["MultiRegion"], true);
    assert_eq!(key["RotationPeriodInDays"], 90);
    assert_eq!(key["PendingWindowInDays"], 7);
    let mut aliases: Vec<_> =
        of_type(&resources, "AWS::KMS::Alias").iter().map(|alias| alias["AliasName"].to_string()).collect();
    aliases.sort();
    assert_eq!(aliases, ["\"alias/shop\"", "\"alias/shop-data\""]);
}

#[test]
fn a_service_may_use_it_under_its_conditions() {
    let resources = built(|stack| {
        let logs = Principal::regional_service("logs", stack.region());
        let arn = "arn:aws:logs:us-east-1:111111111111:*";
        Key::builder()
            .allow_service(logs.when("ArnLike", "kms:EncryptionContext:aws:logs:arn", arn))
            .build(stack, "Key");
    });
    let statement = &of_type(&resources, "AWS::KMS::Key")[0]["KeyPolicy"]["Statement"][1];
    assert_eq!(statement["Principal"], json!({"Service": "logs.us-east-1.amazonaws.com"}));
    assert_eq!(statement["Resource"], "*");
    assert!(statement["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].is_string());
    let actions = statement["Action"].to_string();
    assert!(actions.contains("kms:GenerateDataKey") && !actions.contains('*'), "{actions}");
}

#[test]
fn asymmetric_keys_are_not_rotated() {
    let resources = built(|stack| {
        Key::builder().spec(KeySpec::RsaSigning2048).build(stack, "Tokens");
    });
    let key = of_type(&resources, "AWS::KMS::Key")[0];
    assert_eq!((&key["KeySpec"], &key["KeyUsage"]), (&json!("RSA_2048"), &json!("SIGN_VERIFY")));
    assert!(key["EnableKeyRotation"].is_null() && key["RotationPeriodInDays"].is_null());
}

#[test]
fn a_replica_is_a_key_in_another_region() {
    let app = App::new();
    let key = Key::builder().multi_region().build(app.stack("Primary", PROD), "Key");
    let standby = app.stack("Standby", PROD.in_region(Region::US_WEST_2));
    let replica: Key<'_> =
        ReplicaKey::builder(key.arn()).alias("alias/shop").described("standby").build(standby, "Key");
    assert!(replica.is_multi_region());
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let resources = resources(&assembly, "Standby");
    let replica = of_type(&resources, "AWS::KMS::ReplicaKey")[0];
    assert_eq!(replica["PrimaryKeyArn"]["Fn::GetStackOutput"]["Region"], "us-east-1");
    assert_eq!(replica["Description"], "standby");
    assert_eq!(replica["KeyPolicy"]["Statement"][0]["Action"], "kms:*");
    assert_eq!(of_type(&resources, "AWS::KMS::Alias").len(), 1);
}
