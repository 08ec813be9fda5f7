//! What AWS Backup can restore to test it.

/// A kind of resource, as restore testing names it.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProtectedKind {
    /// Clusters of Aurora.
    Aurora,
    /// Instances of RDS.
    Rds,
    /// Clusters of `DocumentDB`.
    DocumentDb,
    /// Clusters of Neptune.
    Neptune,
    /// Tables of DynamoDB.
    DynamoDb,
    /// Volumes.
    Ebs,
    /// Instances of EC2.
    Ec2,
    /// File systems.
    Efs,
    /// File systems of `FSx`.
    Fsx,
    /// Buckets.
    S3,
}

impl ProtectedKind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Aurora => "Aurora",
            Self::Rds => "RDS",
            Self::DocumentDb => "DocumentDB",
            Self::Neptune => "Neptune",
            Self::DynamoDb => "DynamoDB",
            Self::Ebs => "EBS",
            Self::Ec2 => "EC2",
            Self::Efs => "EFS",
            Self::Fsx => "FSx",
            Self::S3 => "S3",
        }
    }
}
