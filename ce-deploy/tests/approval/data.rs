//! What holds data: removed, replaced, kept less.

use ce_deploy::risk::RiskClass::DataLoss;
use serde_json::{Value, json};

use crate::case::{Case, Truth};
use crate::dice::Dice;

/// Types that hold data. Source: the purpose of each.
const TYPES: [&str; 20] = [
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBCluster",
    "AWS::EFS::FileSystem",
    "AWS::SQS::Queue",
    "AWS::Kinesis::Stream",
    "AWS::Logs::LogGroup",
    "AWS::SecretsManager::Secret",
    "AWS::KMS::Key",
    "AWS::Cognito::UserPool",
    "AWS::ECR::Repository",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::OpenSearchService::Domain",
    "AWS::Redshift::Cluster",
    "AWS::DocDB::DBCluster",
    "AWS::Neptune::DBCluster",
    "AWS::Backup::BackupVault",
    "AWS::EC2::Volume",
    "AWS::MSK::Cluster",
];

pub(crate) fn cases() -> Vec<Case> {
    let mut dice = Dice::new(11);
    let mut cases = Vec::new();
    for type_name in TYPES {
        let with = |policy: &Value| json!({ "Store": { "Type": type_name, "DeletionPolicy": policy, "UpdateReplacePolicy": policy } });
        let (retained, deleted) = (with(&json!("Retain")), with(&json!("Delete")));
        let nothing = json!({});
        let mut add = |name: &str, truth, before: &Value, after: &Value| {
            let case = Case::new(format!("{type_name} {name}"), truth, before, after);
            cases.push(if dice.roll(3) == 0 { case.nested(1) } else { case });
        };
        add("is removed", Truth::Asks(DataLoss), &deleted, &nothing);
        add("leaves the stack", Truth::Silent, &retained, &nothing);
        add("is kept less", Truth::Asks(DataLoss), &retained, &deleted);
        add("is kept more", Truth::Silent, &deleted, &retained);
    }
    let replaced = [
        ("AWS::DynamoDB::Table", "TableName"),
        ("AWS::S3::Bucket", "BucketName"),
        ("AWS::SQS::Queue", "QueueName"),
        ("AWS::RDS::DBCluster", "DBClusterIdentifier"),
        ("AWS::Logs::LogGroup", "LogGroupName"),
        ("AWS::Kinesis::Stream", "Name"),
    ];
    for (type_name, property) in replaced {
        let with = |name: &str| json!({ "Store": { "Type": type_name, "UpdateReplacePolicy": "Retain", "Properties": { property: name } } });
        cases.push(Case::new(format!("{type_name} is replaced"), Truth::Asks(DataLoss), &with("a"), &with("b")));
    }
    cases
}
