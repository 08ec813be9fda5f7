//! Services that write logs into a bucket.

use ce_cfn::ids;
use ce_synth::value::{account_id, partition};
use ce_synth::{IntoValue, Region, Value, join};

use super::Bucket;
use crate::security::{Action, Principal, Statement};

const PUT: Action = Action::new("s3:PutObject");

/// A service that delivers logs, with what its statement in the bucket's policy must say.
#[derive(Clone, Debug, PartialEq)]
pub enum LogSource {
    /// Access logs of Application, Network and Gateway Load Balancers of the bucket's region; S3's own encryption only.
    /// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html>
    LoadBalancers,
    /// A trail of CloudTrail, by its ARN; made from its name where the trail itself needs the bucket first.
    /// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html>
    CloudTrail(Value<ids::CloudTrailTrailArn>),
    /// Snapshots and history of AWS Config.
    /// Source: <https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html>
    Config,
    /// What CloudWatch Logs delivers for others: VPC flow logs, WAF, Route 53 Resolver, CloudFront's current logs.
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html>
    LogDelivery,
    /// Log groups of the bucket's region and account that are copied into it, by `CreateExportTask`.
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html>
    LogExports,
    /// CloudFront's older access logs, which need ACLs: the bucket's owner then is "preferred", not enforced.
    /// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html>
    CloudFrontLegacy,
    /// Access logs of another bucket, by its ARN; S3's own encryption only.
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html>
    Bucket(Value<ids::S3BucketArn>),
    /// Access logs of every bucket of the account.
    Buckets,
    /// Objects that Amazon Data Firehose or Backup write with a role of the account: nothing to add.
    Role,
}

impl LogSource {
    /// A trail by its name and region, so that the trail can wait for the bucket's policy.
    pub fn trail_named(name: &str, region: Region) -> Self {
        let arn: Value<String> =
            join!["arn:", partition(), ":cloudtrail:", region.as_str(), ":", account_id(), ":trail/", name];
        Self::CloudTrail(arn.cast())
    }

    /// Whether the source cannot write into a bucket that a key of your own encrypts.
    pub(super) fn refuses_keys(&self) -> bool {
        matches!(self, Self::LoadBalancers | Self::Bucket(_) | Self::Buckets)
    }

    pub(super) fn needs_lists(&self) -> bool {
        matches!(self, Self::CloudFrontLegacy)
    }

    /// Who writes with the bucket's key, where the key has to say so.
    pub(super) fn uses_key(&self, region: Region) -> Option<Principal> {
        matches!(self, Self::LogExports).then(|| exporter(region))
    }

    /// What the bucket's policy must allow; `prefix` ends in a slash or is empty.
    pub(super) fn statements(&self, bucket: Bucket<'_>, prefix: &str) -> Vec<Statement> {
        let own = bucket.objects_of([format!("{prefix}AWSLogs/").into_value(), account_id(), "/*".into_value()]);
        match self {
            Self::LoadBalancers => {
                let service = Principal::service("logdelivery.elasticloadbalancing.amazonaws.com");
                // The documented policy has no condition; the path holds it to the account.
                vec![Statement::allow([PUT]).principal(service).on([own])]
            }
            Self::CloudTrail(trail) => {
                let service = || {
                    Principal::service("cloudtrail.amazonaws.com").when("StringEquals", "aws:SourceArn", trail.clone())
                };
                vec![checked(bucket, service(), &[]), delivered(own, service())]
            }
            Self::Config => listed_and_delivered(bucket, &own, "config.amazonaws.com"),
            Self::LogDelivery => listed_and_delivered(bucket, &own, "delivery.logs.amazonaws.com"),
            Self::LogExports => {
                let region = bucket.scope().region();
                let groups = join!["arn:", partition(), ":logs:", region.as_str(), ":", account_id(), ":log-group:*"];
                let service = || exporter(region).when("ArnLike", "aws:SourceArn", groups.clone());
                vec![checked(bucket, service(), &[]), delivered(bucket.objects(&format!("{prefix}*")), service())]
            }
            Self::Bucket(source) => vec![copied(bucket, prefix).when("ArnLike", "aws:SourceArn", source.clone())],
            Self::Buckets => {
                vec![copied(bucket, prefix).when("ArnLike", "aws:SourceArn", join!["arn:", partition(), ":s3:::*"])]
            }
            Self::CloudFrontLegacy | Self::Role => Vec::new(),
        }
    }
}

/// What services ask for that also look at what is in the bucket.
fn listed_and_delivered(bucket: Bucket<'_>, objects: &Value<String>, service: &'static str) -> Vec<Statement> {
    let service = || Principal::service(service).when("StringEquals", "aws:SourceAccount", account_id());
    vec![checked(bucket, service(), &[Action::new("s3:ListBucket")]), delivered(objects.clone(), service())]
}

/// CloudWatch Logs, for log groups of the account.
fn exporter(region: Region) -> Principal {
    Principal::regional_service("logs", region).when("StringEquals", "aws:SourceAccount", account_id())
}

/// The service looks at the bucket before it writes.
fn checked(bucket: Bucket<'_>, service: Principal, more: &[Action]) -> Statement {
    let actions = [Action::new("s3:GetBucketAcl")].into_iter().chain(more.iter().cloned());
    Statement::allow(actions).principal(service).on([bucket.arn()])
}

fn delivered(objects: Value<String>, service: Principal) -> Statement {
    let statement = Statement::allow([PUT]).principal(service).on([objects]);
    statement.when("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")
}

fn copied(bucket: Bucket<'_>, prefix: &str) -> Statement {
    let service =
        Principal::service("logging.s3.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
    Statement::allow([PUT]).principal(service).on([bucket.objects(&format!("{prefix}*"))])
}
