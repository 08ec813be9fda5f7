//! What a runbook about Redis acts on.

use ce_synth::{Duration, IntoValue, Value};

use super::redis_arn;
use crate::operations::{ApiCall, ApiOperation, Step};

const GROUPS: ApiOperation = ApiOperation::new("elasticache:DescribeReplicationGroups");
const GLOBALS: ApiOperation = ApiOperation::new("elasticache:DescribeGlobalReplicationGroups");

/// A replication group, alone or as the primary of a global datastore.
#[derive(Clone, Debug)]
pub(super) struct RedisTarget {
    global: Option<Value<String>>,
    group: Value<String>,
}

impl RedisTarget {
    pub(super) fn group(id: impl IntoValue<String>) -> Self {
        Self { global: None, group: id.into_value() }
    }

    pub(super) fn global(id: impl IntoValue<String>, primary: impl IntoValue<String>) -> Self {
        Self { global: Some(id.into_value()), group: primary.into_value() }
    }

    /// The id of the replication group.
    pub(super) fn id(&self) -> Value<String> {
        self.group.clone()
    }

    /// A call that looks at the replication group.
    pub(super) fn describe(&self) -> ApiCall {
        ApiCall::new(GROUPS).on([redis_arn::group(&self.group)])
    }

    /// A call that changes it: the first operation alone, the second as a global datastore.
    pub(super) fn change(&self, alone: ApiOperation, global: ApiOperation) -> ApiCall {
        if let Some(id) = &self.global {
            let call = ApiCall::new(global).on([redis_arn::global(id), redis_arn::members()]);
            return call.input("GlobalReplicationGroupId", id.clone());
        }
        ApiCall::new(alone).on([redis_arn::group(&self.group)]).input("ReplicationGroupId", self.id())
    }

    /// A step that waits until a change is done.
    pub(super) fn wait(&self) -> Step {
        let (call, path) = if let Some(id) = &self.global {
            let call = ApiCall::new(GLOBALS).on([redis_arn::global(id)]);
            (call.input("GlobalReplicationGroupId", id.clone()), "$.GlobalReplicationGroups[0].Status")
        } else {
            (self.describe().input("ReplicationGroupId", self.id()), "$.ReplicationGroups[0].Status")
        };
        Step::wait_for("WaitUntilAvailable", call, path, ["available"]).timeout(Duration::hours(6))
    }
}
