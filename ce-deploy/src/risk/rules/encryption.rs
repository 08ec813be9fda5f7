//! `encryption`: data is no longer encrypted, or no longer with a key of one's own.

use super::switch::When::{False, FalseOrUnset, Is, IsNot, Unset};
use super::switch::{Switch, When, find as find_switches};
use crate::risk::RiskClass::Weakening;
use crate::risk::change::{Change, Report};

const fn at_rest(type_name: &'static str, path: &'static str, unsafe_when: When) -> Switch {
    Switch { type_name, path, unsafe_when, what: "no longer encrypts as it did" }
}

const fn on_the_way(type_name: &'static str, path: &'static str, unsafe_when: When) -> Switch {
    Switch { type_name, path, unsafe_when, what: "no longer asks for encryption on the way" }
}

/// Source: CloudFormation template reference, each property with its default.
const TABLE: &[Switch] = &[
    at_rest("AWS::RDS::DBInstance", "StorageEncrypted", FalseOrUnset),
    at_rest("AWS::RDS::DBInstance", "KmsKeyId", Unset),
    at_rest("AWS::RDS::DBCluster", "StorageEncrypted", FalseOrUnset),
    at_rest("AWS::RDS::DBCluster", "KmsKeyId", Unset),
    at_rest("AWS::DocDB::DBCluster", "StorageEncrypted", FalseOrUnset),
    at_rest("AWS::Neptune::DBCluster", "StorageEncrypted", FalseOrUnset),
    at_rest("AWS::EC2::Volume", "Encrypted", FalseOrUnset),
    at_rest("AWS::EFS::FileSystem", "Encrypted", FalseOrUnset),
    at_rest("AWS::EFS::FileSystem", "KmsKeyId", Unset),
    at_rest("AWS::S3::Bucket", "BucketEncryption", Unset),
    at_rest("AWS::DynamoDB::Table", "SSESpecification.SSEEnabled", FalseOrUnset),
    at_rest("AWS::SQS::Queue", "KmsMasterKeyId", Unset),
    at_rest("AWS::SQS::Queue", "SqsManagedSseEnabled", False),
    at_rest("AWS::SNS::Topic", "KmsMasterKeyId", Unset),
    at_rest("AWS::Kinesis::Stream", "StreamEncryption", Unset),
    at_rest("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamEncryptionConfigurationInput", Unset),
    at_rest("AWS::Logs::LogGroup", "KmsKeyId", Unset),
    at_rest("AWS::ElastiCache::ReplicationGroup", "AtRestEncryptionEnabled", FalseOrUnset),
    at_rest("AWS::Redshift::Cluster", "Encrypted", FalseOrUnset),
    at_rest("AWS::OpenSearchService::Domain", "EncryptionAtRestOptions.Enabled", FalseOrUnset),
    at_rest("AWS::Elasticsearch::Domain", "EncryptionAtRestOptions.Enabled", FalseOrUnset),
    at_rest("AWS::SecretsManager::Secret", "KmsKeyId", Unset),
    at_rest("AWS::ECR::Repository", "EncryptionConfiguration", Unset),
    at_rest("AWS::CloudTrail::Trail", "KMSKeyId", Unset),
    at_rest("AWS::Backup::BackupVault", "EncryptionKeyArn", Unset),
    at_rest("AWS::EKS::Cluster", "EncryptionConfig", Unset),
    at_rest("AWS::MSK::Cluster", "EncryptionInfo.EncryptionAtRest", Unset),
    at_rest("AWS::Lambda::Function", "KmsKeyArn", Unset),
    on_the_way("AWS::ElastiCache::ReplicationGroup", "TransitEncryptionEnabled", FalseOrUnset),
    on_the_way("AWS::ElastiCache::ReplicationGroup", "TransitEncryptionMode", Is(&["preferred"])),
    on_the_way("AWS::OpenSearchService::Domain", "NodeToNodeEncryptionOptions.Enabled", FalseOrUnset),
    on_the_way("AWS::OpenSearchService::Domain", "DomainEndpointOptions.EnforceHTTPS", FalseOrUnset),
    on_the_way("AWS::ElasticLoadBalancingV2::Listener", "Protocol", Is(&["HTTP", "TCP", "UDP", "TCP_UDP"])),
    on_the_way(
        "AWS::MSK::Cluster",
        "EncryptionInfo.EncryptionInTransit.ClientBroker",
        Is(&["PLAINTEXT", "TLS_PLAINTEXT"]),
    ),
    on_the_way("AWS::RDS::DBProxy", "RequireTLS", FalseOrUnset),
    on_the_way(
        "AWS::CloudFront::Distribution",
        "DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy",
        IsNot(&["https-only", "redirect-to-https"]),
    ),
    at_rest("AWS::KMS::Key", "Enabled", False),
    at_rest("AWS::ECS::Cluster", "Configuration.ExecuteCommandConfiguration.KmsKeyId", Unset),
    on_the_way("AWS::DMS::Endpoint", "SslMode", Is(&["none"])),
    at_rest("AWS::AmazonMQ::Broker", "EncryptionOptions", Unset),
    at_rest("AWS::WorkSpaces::Workspace", "RootVolumeEncryptionEnabled", FalseOrUnset),
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    find_switches(TABLE, "encryption", Weakening, false, change, report);
}

#[cfg(test)]
mod tests {
    use super::super::switch::unknown;
    use super::TABLE;

    #[test]
    fn rows_are_properties() {
        assert_eq!(unknown(TABLE), Vec::<String>::new());
    }
}
