//! ARNs of what ElastiCache keeps, from names.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html>

use ce_synth::value::{account_id, partition};
use ce_synth::{Value, join};

use crate::security::own_arn;

pub(super) fn group(id: &Value<String>) -> Value<String> {
    own_arn("elasticache", join!["replicationgroup:", id])
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
    own_arn("elasticache", join!["snapshot:", prefix, "*"])
}
