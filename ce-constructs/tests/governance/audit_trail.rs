//! Trails: the default, and each option.

use ce_constructs::governance::{AuditTrail, AuditTrailBuilder};
use ce_constructs::observe::Retention;
use ce_constructs::security::Key;
use ce_constructs::storage::{Bucket, BucketName, ObjectLock};
use ce_synth::{Duration, Parameter, Test};
use serde_json::{Value, json};

use super::{built, done, of_type};

fn trail(build: impl for<'a> FnOnce(AuditTrailBuilder<'a>) -> AuditTrailBuilder<'a>) -> Value {
    built(|scope| {
        let key = Key::builder().build(scope, "Key");
        done(build(AuditTrail::builder("shop-audit", &key)).build(scope, "Trail"));
    })
}

#[test]
fn the_default_covers_every_region_and_is_kept_for_seven_years() {
    insta::assert_json_snapshot!(trail(|trail| trail));
}

#[test]
fn its_bucket_has_a_name_a_time_and_a_lock() {
    let name = BucketName::new("shop-prod-audit");
    let resources = trail(|trail| {
        trail.bucket_named(name).kept(Duration::days(400)).lock(ObjectLock::Compliance(Duration::days(30)))
    });
    let bucket = of_type(&resources, "AWS::S3::Bucket")[0];
    assert_eq!(bucket["BucketName"], "shop-prod-audit");
    assert_eq!(bucket["LifecycleConfiguration"]["Rules"][0]["ExpirationInDays"], 400);
    let retention = &bucket["ObjectLockConfiguration"]["Rule"]["DefaultRetention"];
    assert_eq!(*retention, json!({"Mode": "COMPLIANCE", "Days": 30}));
}

#[test]
fn who_reads_its_bucket_may_be_recorded() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let logs = Bucket::builder().without_access_logs().logs_of_buckets().build(scope, "AccessLogs");
        done(AuditTrail::builder("shop-audit", &key).access_logs_to(&logs, "audit/").build(scope, "Trail"));
    });
    let buckets = of_type(&resources, "AWS::S3::Bucket");
    let logged: Vec<&Value> = buckets.iter().map(|bucket| &bucket["LoggingConfiguration"]).collect();
    assert!(logged.iter().any(|logging| logging["LogFilePrefix"] == "audit/"), "{logged:?}");
}

#[test]
fn it_writes_to_a_bucket_that_is_there() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let bucket = Bucket::builder().without_access_logs().build(scope, "Own");
        let trail = AuditTrail::builder("shop-audit", &key).bucket(&bucket).build(scope, "Trail");
        assert_eq!(trail.bucket().name(), bucket.name());
    });
    assert_eq!(of_type(&resources, "AWS::S3::Bucket").len(), 1);
    let policy = of_type(&resources, "AWS::S3::BucketPolicy")[0].to_string();
    assert!(policy.contains("cloudtrail.amazonaws.com") && policy.contains(":trail/shop-audit"), "{policy}");
}

#[test]
fn its_logs_are_kept_as_said() {
    let resources = trail(|trail| trail.retention(Retention::days(365)));
    assert_eq!(of_type(&resources, "AWS::Logs::LogGroup")[0]["RetentionInDays"], 365);
}

#[test]
fn it_may_be_of_one_region_with_insights_and_objects() {
    let resources = trail(|trail| trail.one_region().insights().objects_of("arn:aws:s3:::shop-uploads"));
    let trail = of_type(&resources, "AWS::CloudTrail::Trail")[0];
    assert_eq!(trail["IsMultiRegionTrail"], false);
    assert_eq!(trail["InsightSelectors"][0]["InsightType"], "ApiCallRateInsight");
    let selectors = &trail["AdvancedEventSelectors"];
    assert_eq!(selectors[0]["FieldSelectors"][0], json!({"Field": "eventCategory", "Equals": ["Management"]}));
    assert_eq!(
        selectors[1]["FieldSelectors"][2],
        json!({"Field": "resources.ARN", "StartsWith": ["arn:aws:s3:::shop-uploads/"]})
    );
}

#[test]
fn it_may_depend_on_a_parameter() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let own = scope.parameter("OwnTrail", Parameter::text().allowed(["yes", "no"]).default("yes"));
        let wanted = scope.condition("TrailWanted", Test::equals(own, "yes"));
        done(AuditTrail::builder("shop-audit", &key).when(wanted).build(scope, "Trail"));
    });
    let all = resources.as_object().into_iter().flat_map(|all| all.values());
    let conditional: Vec<_> =
        all.filter(|resource| !resource["Condition"].is_null()).map(|resource| &resource["Type"]).collect();
    assert_eq!(conditional, ["AWS::CloudTrail::Trail"]);
}
