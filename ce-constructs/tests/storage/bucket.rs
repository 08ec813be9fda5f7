use ce_constructs::security::{Key, Principal, Role};
use ce_constructs::storage::{Bucket, BucketName, Cors, CorsMethod, ObjectLock};
use ce_synth::{Duration, Scope};
use serde_json::{Value, json};

use super::{built, of_type};

const NAME: BucketName = BucketName::new("shop-prod-uploads");

fn role(stack: Scope<'_>) -> Role<'_> {
    Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Role")
}

/// The statements of the bucket's policy beyond the one that asks for TLS.
fn allowed(resources: &Value) -> Vec<Value> {
    let policy = of_type(resources, "AWS::S3::BucketPolicy")[0];
    policy["PolicyDocument"]["Statement"].as_array().map(|all| all[1..].to_vec()).unwrap_or_default()
}

#[test]
fn by_default() {
    insta::assert_json_snapshot!(built(|stack| {
        Bucket::builder().without_access_logs().build(stack, "Bucket");
    }));
}

#[test]
fn options_reach_their_properties() {
    let resources = built(|stack| {
        let cors = Cors::new(["https://shop.example"], [CorsMethod::Get, CorsMethod::Put])
            .allow_headers(["content-type"])
            .expose_headers(["ETag"])
            .max_age(Duration::seconds(3_000));
        Bucket::builder()
            .named(NAME)
            .cors(cors)
            .event_bridge()
            .without_access_logs()
            .without_versions()
            .build(stack, "Bucket");
    });
    let bucket = of_type(&resources, "AWS::S3::Bucket")[0];
    assert_eq!(bucket["BucketName"], "shop-prod-uploads");
    assert!(bucket["VersioningConfiguration"].is_null());
    assert_eq!(bucket["NotificationConfiguration"]["EventBridgeConfiguration"]["EventBridgeEnabled"], true);
    let cors = json!({
        "AllowedOrigins": ["https://shop.example"],
        "AllowedMethods": ["GET", "PUT"],
        "AllowedHeaders": ["content-type"],
        "ExposedHeaders": ["ETag"],
        "MaxAge": 3_000,
    });
    assert_eq!(bucket["CorsConfiguration"]["CorsRules"], json!([cors]));
}

#[test]
fn a_key_of_ones_own_comes_with_a_bucket_key() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        Bucket::builder().encrypted_by(&key).without_access_logs().build(stack, "Bucket");
    });
    let rule = &of_type(&resources, "AWS::S3::Bucket")[0]["BucketEncryption"]["ServerSideEncryptionConfiguration"][0];
    assert_eq!(rule["BucketKeyEnabled"], true);
    assert_eq!(rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"], "aws:kms");
    assert!(rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"]["Fn::GetAtt"].is_array());
}

#[test]
fn versions_are_locked() {
    let lock = |lock| {
        let resources = built(|stack| {
            Bucket::builder().object_lock(lock).without_access_logs().build(stack, "Bucket");
        });
        let bucket = of_type(&resources, "AWS::S3::Bucket")[0];
        assert_eq!(bucket["ObjectLockEnabled"], true);
        bucket["ObjectLockConfiguration"].clone()
    };
    let governed = lock(ObjectLock::Governance(Duration::days(35)));
    assert_eq!(governed["Rule"]["DefaultRetention"], json!({"Mode": "GOVERNANCE", "Days": 35}));
    let complied = lock(ObjectLock::Compliance(Duration::days(2_557)));
    assert_eq!(complied["Rule"]["DefaultRetention"], json!({"Mode": "COMPLIANCE", "Days": 2_557}));
    assert_eq!(lock(ObjectLock::PerObject), json!({"ObjectLockEnabled": "Enabled"}));
}

#[test]
fn deleting_versions_takes_a_second_factor() {
    let statements = allowed(&built(|stack| {
        Bucket::builder().deny_delete_without_mfa().without_access_logs().build(stack, "Bucket");
    }));
    let without = json!({"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}});
    for (statement, action) in statements.iter().zip(["s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration"]) {
        assert_eq!(statement["Effect"], "Deny");
        assert_eq!(statement["Action"], action);
        assert_eq!(statement["Condition"], without);
    }
    assert_eq!(statements.len(), 2);
}

#[test]
fn grants_are_on_the_bucket_and_its_objects() {
    let statements = |grant: fn(Bucket<'_>, &Role<'_>)| {
        let resources = built(|stack| {
            let key = Key::builder().build(stack, "Key");
            let bucket = Bucket::builder().encrypted_by(&key).without_access_logs().build(stack, "Bucket");
            grant(bucket, &role(stack));
        });
        of_type(&resources, "AWS::IAM::Policy")[0]["PolicyDocument"]["Statement"].to_string()
    };
    let read = statements(|bucket, role| bucket.grants().read(role));
    assert!(read.contains("s3:GetObject") && read.contains("s3:ListBucket") && read.contains("kms:Decrypt"), "{read}");
    assert!(!read.contains("s3:PutObject") && !read.contains("kms:Encrypt"), "{read}");
    let write = statements(|bucket, role| bucket.grants().write(role));
    assert!(write.contains("s3:PutObject") && write.contains("kms:GenerateDataKey"), "{write}");
    assert!(!write.contains("s3:GetObject") && !write.contains("s3:Delete"), "{write}");
    let both = statements(|bucket, role| bucket.grants().read_write(role));
    assert!(both.contains("s3:PutObject") && both.contains("s3:GetObject"), "{both}");
    let delete = statements(|bucket, role| bucket.grants().delete(role));
    assert!(delete.contains("s3:DeleteObject") && !delete.contains("s3:DeleteObjectVersion"), "{delete}");
    let below = statements(|bucket, role| bucket.grants().below("exports/").read(role));
    assert!(below.contains("/exports/*") && below.contains("s3:prefix"), "{below}");
}

#[test]
fn cloudfront_reads_through_its_origin_access_control() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let bucket = Bucket::builder().encrypted_by(&key).without_access_logs().build(stack, "Bucket");
        bucket.allow_cloudfront("arn:aws:cloudfront::111111111111:distribution/E1");
        bucket.allow_own_cloudfront();
    });
    let statements = allowed(&resources);
    assert_eq!(statements[0]["Principal"], json!({"Service": "cloudfront.amazonaws.com"}));
    assert_eq!(
        statements[0]["Condition"]["StringEquals"]["aws:SourceArn"],
        "arn:aws:cloudfront::111111111111:distribution/E1"
    );
    assert!(statements[1]["Condition"]["ArnLike"]["aws:SourceArn"].to_string().contains(":distribution/*"));
    let key = &of_type(&resources, "AWS::KMS::Key")[0]["KeyPolicy"]["Statement"];
    assert_eq!(key[1]["Action"], "kms:Decrypt");
    assert_eq!(key.as_array().map(Vec::len), Some(2), "said once");
}
