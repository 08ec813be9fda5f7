//! Types that hold data and are not flagged so.

use super::Repair;
use crate::cfn::model::Model;

pub(super) const REPAIRS: &[Repair] = &[("newer_stores", newer_stores)];

/// The sources flag 29 types, the list that cfn-lint's rule I3011 and the CDK share. It stopped growing before these:
/// each is of a kind the list has (database, file system, bucket, queue of messages, key), or holds what nobody can make
/// again (images, private keys of an authority). Caches that are only caches are not here.
fn newer_stores(model: &mut Model) -> bool {
    STORES.iter().all(|name| {
        let Some(resource) = model.types.get_mut(*name) else { return false };
        !std::mem::replace(&mut resource.stateful, true)
    })
}

const STORES: [&str; 37] = [
    "AWS::ACMPCA::CertificateAuthority",
    "AWS::AmazonMQ::Broker",
    "AWS::Backup::LogicallyAirGappedBackupVault",
    "AWS::Cassandra::Keyspace",
    "AWS::Cassandra::Table",
    "AWS::CodeArtifact::Domain",
    "AWS::CodeArtifact::Repository",
    "AWS::CodeCommit::Repository",
    "AWS::DSQL::Cluster",
    "AWS::DocDBElastic::Cluster",
    "AWS::DynamoDB::Backup",
    "AWS::ECR::PublicRepository",
    "AWS::ECR::Repository",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::ElastiCache::Snapshot",
    "AWS::FSx::Snapshot",
    "AWS::FSx::Volume",
    "AWS::HealthLake::FHIRDatastore",
    "AWS::KinesisVideo::Stream",
    "AWS::Lightsail::Bucket",
    "AWS::Lightsail::Database",
    "AWS::Lightsail::Disk",
    "AWS::MSK::Cluster",
    "AWS::MSK::ServerlessCluster",
    "AWS::MemoryDB::Cluster",
    "AWS::NeptuneGraph::Graph",
    "AWS::OpenSearchServerless::Collection",
    "AWS::RDS::DBShardGroup",
    "AWS::RedshiftServerless::Namespace",
    "AWS::S3Express::DirectoryBucket",
    "AWS::S3Tables::Table",
    "AWS::S3Tables::TableBucket",
    "AWS::S3Vectors::Index",
    "AWS::S3Vectors::VectorBucket",
    "AWS::Timestream::InfluxDBCluster",
    "AWS::Timestream::InfluxDBInstance",
    "AWS::Timestream::Table",
];
