//! Snapshots of Redis by hand.

use ce_synth::{Duration, Expr, IntoValue, Scope, Value};

use super::redis_arn;
use crate::operations::{ApiCall, ApiOperation, AutomationDocument, Step};

const CREATE: ApiOperation = ApiOperation::new("elasticache:CreateSnapshot");
const DESCRIBE: ApiOperation = ApiOperation::new("elasticache:DescribeSnapshots");

/// A runbook that takes a snapshot of Redis before a change.
///
/// ```
/// # use ce_constructs::operations::{RedisSnapshot, Schedule, ScheduleExpression, SnapshotJanitor};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// RedisSnapshot::of("sessions").named("sessions-pre-change-snapshot").build(stack, "Snapshot");
/// let janitor = SnapshotJanitor::of("sessions").build(stack, "Janitor");
/// Schedule::builder(ScheduleExpression::every_days(1), &janitor).build(stack, "Daily");
/// # app.synth().unwrap();
/// ```
///
/// By default snapshots are named `manual-` and the id of the run. They stay until they are deleted: ElastiCache does not
/// let them expire, [`SnapshotJanitor`](super::SnapshotJanitor) does.
#[derive(Clone, Debug)]
#[must_use = "a runbook does nothing until `build`"]
pub struct RedisSnapshot {
    group: Value<String>,
    prefix: String,
    name: Option<String>,
}

impl RedisSnapshot {
    /// Of a replication group, by its id.
    pub fn of(group: impl IntoValue<String>) -> Self {
        Self { group: group.into_value(), prefix: "manual-".to_owned(), name: None }
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

    /// Adds the document.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> AutomationDocument<'a> {
        let snapshot = || Expr::from(format!("{}{{{{ automation:EXECUTION_ID }}}}", self.prefix));
        let arns = [redis_arn::group(&self.group), redis_arn::snapshots(&self.prefix)];
        let create = ApiCall::new(CREATE)
            .on(arns.clone())
            .input("ReplicationGroupId", self.group.clone())
            .input("SnapshotName", snapshot());
        let describe = ApiCall::new(DESCRIBE).on(arns).input("SnapshotName", snapshot());
        let wait = Step::wait_for("WaitForSnapshot", describe, "$.Snapshots[0].SnapshotStatus", ["available"]);
        let mut document = AutomationDocument::builder("Takes a snapshot of Redis")
            .target_type("/AWS::ElastiCache::ReplicationGroup")
            .step(Step::call("CreateSnapshot", create))
            .step(wait.timeout(Duration::hours(3)));
        if let Some(name) = self.name {
            document = document.named(name);
        }
        document.build(scope, id)
    }
}
