use ce_constructs::storage::{Bucket, LifecycleRule, StorageClass};
use ce_synth::Duration;
use serde_json::{Value, json};

use super::{built, of_type};

fn rule(rule: LifecycleRule) -> Value {
    let resources = built(|stack| {
        Bucket::builder().lifecycle(rule).without_access_logs().build(stack, "Bucket");
    });
    of_type(&resources, "AWS::S3::Bucket")[0]["LifecycleConfiguration"]["Rules"][0].clone()
}

#[test]
fn transitions_are_in_the_order_of_their_ages() {
    let ladder = rule(
        LifecycleRule::new()
            .transition(StorageClass::GlacierDeepArchive, Duration::days(365))
            .transition(StorageClass::StandardInfrequentAccess, Duration::days(30))
            .transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90))
            .expire_after(Duration::days(2_555)),
    );
    let transitions = json!([
        {"StorageClass": "STANDARD_IA", "TransitionInDays": 30},
        {"StorageClass": "GLACIER", "TransitionInDays": 90},
        {"StorageClass": "DEEP_ARCHIVE", "TransitionInDays": 365},
    ]);
    assert_eq!(ladder["Transitions"], transitions);
    assert_eq!(ladder["ExpirationInDays"], 2_555);
    assert_eq!(ladder["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"], 7);
}

#[test]
fn objects_may_be_tiered_from_the_first_day() {
    let tiered = rule(LifecycleRule::intelligent_tiering());
    assert_eq!(tiered["Transitions"], json!([{"StorageClass": "INTELLIGENT_TIERING", "TransitionInDays": 0}]));
}

#[test]
fn options_reach_their_properties() {
    let replaced = rule(
        LifecycleRule::new()
            .named("old")
            .prefix("exports/")
            .noncurrent_transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90))
            .expire_noncurrent_after(Duration::days(400))
            .keep_noncurrent(3)
            .abort_uploads_after(Duration::days(1))
            .remove_delete_markers(),
    );
    let expected = json!({
        "Id": "old",
        "Prefix": "exports/",
        "Status": "Enabled",
        "NoncurrentVersionTransitions": [{"StorageClass": "GLACIER", "TransitionInDays": 90}],
        "NoncurrentVersionExpiration": {"NoncurrentDays": 400, "NewerNoncurrentVersions": 3},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        "ExpiredObjectDeleteMarker": true,
    });
    assert_eq!(replaced, expected);
}
