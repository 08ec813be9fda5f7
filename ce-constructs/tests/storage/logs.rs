use ce_constructs::security::Key;
use ce_constructs::storage::{Bucket, BucketName, LogSource};
use ce_synth::Region;
use serde_json::{Value, json};

use super::{built, of_type};

/// The statements a source adds.
fn statements(source: LogSource, prefix: &str) -> Vec<Value> {
    let resources = built(|stack| {
        Bucket::builder().receives_logs(source, prefix).build(stack, "Logs");
    });
    let policy = of_type(&resources, "AWS::S3::BucketPolicy")[0];
    policy["PolicyDocument"]["Statement"].as_array().map(|all| all[1..].to_vec()).unwrap_or_default()
}

#[test]
fn load_balancers_write_below_their_account() {
    let statements = statements(LogSource::LoadBalancers, "alb/");
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0]["Principal"], json!({"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}));
    assert_eq!(statements[0]["Action"], "s3:PutObject");
    let objects = statements[0]["Resource"].to_string();
    assert!(objects.contains("/alb/AWSLogs/") && objects.contains("AWS::AccountId"), "{objects}");
}

#[test]
fn a_trail_looks_first_and_keeps_the_bucket_its_owners() {
    let statements = statements(LogSource::trail_named("audit", Region::US_EAST_1), "");
    assert_eq!(statements[0]["Action"], "s3:GetBucketAcl");
    assert_eq!(statements[1]["Action"], "s3:PutObject");
    let condition = statements[1]["Condition"]["StringEquals"].to_string();
    assert!(condition.contains("bucket-owner-full-control") && condition.contains(":trail/audit"), "{condition}");
}

#[test]
fn other_services_are_held_to_the_account() {
    for (source, service) in
        [(LogSource::Config, "config.amazonaws.com"), (LogSource::LogDelivery, "delivery.logs.amazonaws.com")]
    {
        let statements = statements(source, "");
        assert_eq!(statements.len(), 2, "{service}");
        for statement in statements {
            assert_eq!(statement["Principal"]["Service"], service);
            assert_eq!(statement["Condition"]["StringEquals"]["aws:SourceAccount"], json!({"Ref": "AWS::AccountId"}));
        }
    }
    let exports = statements(LogSource::LogExports, "app/");
    assert_eq!(exports.len(), 2);
    for statement in &exports {
        assert_eq!(statement["Principal"]["Service"], "logs.us-east-1.amazonaws.com");
        assert_eq!(statement["Condition"]["StringEquals"]["aws:SourceAccount"], json!({"Ref": "AWS::AccountId"}));
        assert!(statement["Condition"]["ArnLike"]["aws:SourceArn"].to_string().contains(":log-group:*"));
    }
    assert!(exports[1]["Resource"].to_string().contains("/app/*"));
    assert!(statements(LogSource::Role, "").is_empty());
    let bucket = LogSource::Bucket(BucketName::new("shop-prod-uploads").arn(Region::US_EAST_1));
    assert_eq!(
        statements(bucket, "uploads/")[0]["Condition"]["ArnLike"]["aws:SourceArn"],
        "arn:aws:s3:::shop-prod-uploads"
    );
}

#[test]
fn older_logs_of_cloudfront_need_lists() {
    let resources = built(|stack| {
        Bucket::builder().receives_logs(LogSource::CloudFrontLegacy, "").build(stack, "Logs");
    });
    let owner = &of_type(&resources, "AWS::S3::Bucket")[0]["OwnershipControls"]["Rules"][0]["ObjectOwnership"];
    assert_eq!(owner, "BucketOwnerPreferred");
}

#[test]
fn access_logs_go_to_another_bucket() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let logs = Bucket::builder().logs_of_buckets().build(stack, "Logs");
        Bucket::builder().encrypted_by(&key).access_logs_to(&logs, "uploads/").build(stack, "Uploads");
    });
    let logging: Vec<_> =
        of_type(&resources, "AWS::S3::Bucket").iter().map(|bucket| &bucket["LoggingConfiguration"]).collect();
    let to = logging.iter().find(|logging| !logging.is_null()).expect("one bucket logs");
    assert_eq!(to["LogFilePrefix"], "uploads/");
    assert!(to["DestinationBucketName"]["Ref"].is_string());
    let policies = of_type(&resources, "AWS::S3::BucketPolicy");
    assert!(policies.iter().any(|policy| policy.to_string().contains("logging.s3.amazonaws.com")));
}
