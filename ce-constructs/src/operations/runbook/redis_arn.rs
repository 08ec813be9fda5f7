//! ARNs of what ElastiCache keeps, from names.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html>

use ce_synth::value::{account_id, partition, region};
use ce_synth::{Value, join};

pub(super) fn group(id: &Value<String>) -> Value<String> {
    join!["arn:", partition(), ":elasticache:", region(), ":", account_id(), ":replicationgroup:", id]
}

/// The members of a global datastore, wherever they are.
pub(super) fn members() -> Value<String> {
    join!["arn:", partition(), ":elasticache:*:", account_id(), ":replicationgroup:*"]
}

/// A global datastore belongs to no region.
pub(super) fn global(id: &Value<String>) -> Value<String> {
    join!["arn:", partition(), ":elasticache::", account_id(), ":globalreplicationgroup:", id]
}

pub(super) fn snapshots(prefix: &str) -> Value<String> {
    join!["arn:", partition(), ":elasticache:", region(), ":", account_id(), ":snapshot:", prefix, "*"]
}
