//! An end for snapshots of Redis.

use ce_synth::{Duration, IntoValue, Scope, Value};

use super::redis_arn;
use crate::operations::{ApiCall, ApiOperation, AutomationDocument, Script, Step};

const DESCRIBE: ApiOperation = ApiOperation::new("elasticache:DescribeSnapshots");
const DELETE: ApiOperation = ApiOperation::new("elasticache:DeleteSnapshot");

/// A snapshot is as old as its youngest shard; one that is still being made has no time.
const CLEAN: &str = "\
import boto3
from datetime import datetime, timedelta, timezone

def clean(events, context):
    client = boto3.client('elasticache')
    limit = datetime.now(timezone.utc) - timedelta(days=int(events['Days']))
    deleted = []
    pages = client.get_paginator('describe_snapshots').paginate(
        ReplicationGroupId=events['ReplicationGroupId'], SnapshotSource='user')
    for snapshot in [snapshot for page in pages for snapshot in page['Snapshots']]:
        times = [node['SnapshotCreateTime'] for node in snapshot['NodeSnapshots'] if 'SnapshotCreateTime' in node]
        ours = snapshot['SnapshotName'].startswith(events['Prefix'])
        if ours and snapshot['SnapshotStatus'] == 'available' and times and max(times) < limit:
            client.delete_snapshot(SnapshotName=snapshot['SnapshotName'])
            deleted.append(snapshot['SnapshotName'])
    return {'Deleted': deleted}
";

/// A runbook that deletes snapshots of Redis that were taken by hand and are too old; a schedule starts it daily.
///
/// ```
/// use ce_constructs::operations::{Schedule, ScheduleExpression, SnapshotJanitor};
/// use ce_synth::{Duration, Scope};
///
/// fn tidy(stack: Scope<'_>) {
///     let janitor = SnapshotJanitor::of("sessions").older_than(Duration::days(14)).build(stack, "Janitor");
///     Schedule::builder(ScheduleExpression::every_days(1), &janitor).build(stack, "Daily");
/// }
/// ```
///
/// By default those whose name begins with `manual-`, as [`RedisSnapshot`](super::RedisSnapshot) names them, and that are
/// older than 30 days. Snapshots that ElastiCache takes by itself have an end of their own and stay.
#[derive(Clone, Debug)]
#[must_use = "a runbook does nothing until `build`"]
pub struct SnapshotJanitor {
    group: Value<String>,
    prefix: String,
    age: Duration,
    name: Option<String>,
}

impl SnapshotJanitor {
    /// Of a replication group, by its id.
    pub fn of(group: impl IntoValue<String>) -> Self {
        Self { group: group.into_value(), prefix: "manual-".to_owned(), age: Duration::days(30), name: None }
    }

    /// Names the document. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What the names of the snapshots begin with. Default: `manual-`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// The age, in whole days, at which a snapshot is deleted. Default: 30 days.
    pub fn older_than(mut self, age: Duration) -> Self {
        self.age = age;
        self
    }

    /// Adds the document, whose step is named by the age: `DeleteSnapshotsOlderThan30Days`.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> AutomationDocument<'a> {
        let days = self.age.days_rounded_up();
        let arns = [redis_arn::group(&self.group), redis_arn::snapshots(&self.prefix)];
        let script = Script::new(CLEAN, "clean")
            .input("ReplicationGroupId", self.group.clone())
            .input("Prefix", self.prefix.clone())
            .input("Days", i64::from(days))
            // The list is of every snapshot; deletion of those with the prefix alone.
            .calling(ApiCall::new(DESCRIBE).on([arns[0].clone(), redis_arn::snapshots("")]))
            .calling(ApiCall::new(DELETE).on([arns[1].clone()]));
        let mut document = AutomationDocument::builder("Deletes old snapshots of Redis")
            .target_type("/AWS::ElastiCache::ReplicationGroup")
            .step(Step::script(format!("DeleteSnapshotsOlderThan{days}Days"), script));
        if let Some(name) = self.name {
            document = document.named(name);
        }
        document.build(scope, id)
    }
}
