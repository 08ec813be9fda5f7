use ce_constructs::security::Key;
use ce_constructs::storage::{Bucket, BucketName, Replication, StorageClass};
use ce_synth::{Account, Region};
use serde_json::json;

use super::{built, of_type};

const STANDBY: BucketName = BucketName::new("shop-standby-backups");

#[test]
fn copies_are_in_time_and_measured() {
    let resources = built(|stack| {
        let to = Replication::to(STANDBY.arn(Region::US_WEST_2));
        Bucket::builder().replicated(to).without_access_logs().build(stack, "Backups");
    });
    let replication = &of_type(&resources, "AWS::S3::Bucket")[0]["ReplicationConfiguration"];
    assert!(replication["Role"]["Fn::GetAtt"].is_array());
    let rule = &replication["Rules"][0];
    assert_eq!(rule["Status"], "Enabled");
    assert_eq!(rule["DeleteMarkerReplication"], json!({"Status": "Enabled"}));
    let fifteen = json!({"Minutes": 15});
    let destination = json!({
        "Bucket": "arn:aws:s3:::shop-standby-backups",
        "ReplicationTime": {"Status": "Enabled", "Time": fifteen},
        "Metrics": {"Status": "Enabled", "EventThreshold": fifteen},
    });
    assert_eq!(rule["Destination"], destination);
}

#[test]
fn its_role_may_read_versions_here_and_write_copies_there() {
    let resources = built(|stack| {
        let key = Key::builder().build(stack, "Key");
        let there = "arn:aws:kms:us-west-2:111111111111:key/mrk-1";
        let to = Replication::to(STANDBY.arn(Region::US_WEST_2)).encrypted_by(there);
        Bucket::builder().encrypted_by(&key).replicated(to).without_access_logs().build(stack, "Backups");
    });
    insta::assert_json_snapshot!(of_type(&resources, "AWS::IAM::Policy")[0]);
    let rule = &of_type(&resources, "AWS::S3::Bucket")[0]["ReplicationConfiguration"]["Rules"][0];
    assert_eq!(rule["SourceSelectionCriteria"]["SseKmsEncryptedObjects"]["Status"], "Enabled");
    let key = &rule["Destination"]["EncryptionConfiguration"]["ReplicaKmsKeyID"];
    assert_eq!(key, "arn:aws:kms:us-west-2:111111111111:key/mrk-1");
}

#[test]
fn options_reach_their_properties() {
    let resources = built(|stack| {
        let to = Replication::to(STANDBY.arn(Region::US_WEST_2))
            .prefix("daily/")
            .storage_class(StorageClass::GlacierInstantRetrieval)
            .owned_by(Account::new("222222222222"))
            .best_effort()
            .without_delete_markers();
        Bucket::builder().replicated(to).without_access_logs().build(stack, "Backups");
    });
    let rule = &of_type(&resources, "AWS::S3::Bucket")[0]["ReplicationConfiguration"]["Rules"][0];
    assert_eq!(rule["Filter"]["Prefix"], "daily/");
    assert_eq!(rule["DeleteMarkerReplication"]["Status"], "Disabled");
    let destination = json!({
        "Bucket": "arn:aws:s3:::shop-standby-backups",
        "StorageClass": "GLACIER_IR",
        "Account": "222222222222",
        "AccessControlTranslation": {"Owner": "Destination"},
    });
    assert_eq!(rule["Destination"], destination);
    assert!(of_type(&resources, "AWS::IAM::Policy")[0].to_string().contains("s3:ObjectOwnerOverrideToBucketOwner"));
}
