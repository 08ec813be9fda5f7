//! What is kept of what happened.

use ce_synth::{Duration, Expr, Scope, Value, join};

use crate::observe::LogGroup;
use crate::operations::{ApiCall, ApiOperation, OnFailure, Script, Step, ValueType, output, rules};
use crate::security::{Action, Statement, own_arn};
use crate::storage::{Bucket, LogSource};

const KEEP: &str = include_str!("scripts/keep_logs.py");

/// What a [`ThreatIsolation`](super::ThreatIsolation) keeps of what happened: the logs of its services, copied to a bucket
/// whose objects cannot be deleted.
///
/// ```
/// use ce_constructs::observe::LogGroup;
/// use ce_constructs::operations::Evidence;
/// use ce_constructs::storage::Bucket;
/// use ce_synth::Duration;
///
/// fn evidence<'a>(locked: &Bucket<'a>, flows: &LogGroup<'a>) -> Evidence<'a> {
///     Evidence::in_bucket(locked).of_the_last(Duration::days(7)).also(flows)
/// }
/// ```
///
/// By default it keeps what was logged in the day before. The bucket is of the same region (`CE8315`), takes what
/// CloudWatch Logs writes from now on, and locks what is written, or it is a finding (`CE8314`). An account copies one log
/// group at a time; a copy takes minutes, and what was logged in the last ones may be missing.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html>
#[derive(Clone)]
#[must_use = "it does nothing until an isolation has it"]
pub struct Evidence<'a> {
    bucket: Bucket<'a>,
    time: Duration,
    groups: Vec<LogGroup<'a>>,
}

impl<'a> Evidence<'a> {
    /// In a bucket that locks objects.
    pub fn in_bucket(bucket: &Bucket<'a>) -> Self {
        Self { bucket: *bucket, time: Duration::days(1), groups: Vec::new() }
    }

    /// How far back logs are kept. Default: a day.
    pub fn of_the_last(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// Keeps another log group too. Default: those of the services.
    pub fn also(mut self, group: &LogGroup<'a>) -> Self {
        self.groups.push(*group);
        self
    }

    /// The steps that copy log groups, one after the other.
    #[track_caller]
    pub(super) fn steps(&self, scope: Scope<'_>, of_services: &[LogGroup<'a>]) -> Vec<Step> {
        rules::unlocked_evidence::check(scope, self.bucket);
        rules::evidence_region::check(scope, self.bucket);
        self.bucket.receive_logs(&LogSource::LogExports, "");
        let mut names: Vec<Value<String>> = Vec::new();
        for name in of_services.iter().chain(&self.groups).map(|group| group.name().cast()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (1..).zip(&names).flat_map(|(place, name)| self.copied(place, name)).collect()
    }

    /// A copy that fails does not keep the others from being made.
    fn copied(&self, place: usize, group: &Value<String>) -> [Step; 2] {
        let (keep, kept) = (format!("KeepLogs{place}"), format!("LogsKept{place}"));
        let task = output(&keep, "TaskId");
        let start = Step::script(&keep, self.script(group))
            .described("what was logged is copied to where it cannot be deleted")
            .output("TaskId", "$.Payload.TaskId", ValueType::Text)
            .on_failure(OnFailure::Continue);
        let tasks = ApiCall::new(ApiOperation::new("logs:DescribeExportTasks"))
            .on_everything("copies are described by no resource")
            .input("taskId", task);
        let wait = Step::wait_for(kept, tasks, "$.exportTasks[0].status.code", ["COMPLETED"])
            .timeout(Duration::hours(1))
            .on_failure(OnFailure::Continue);
        [start, wait]
    }

    fn script(&self, group: &Value<String>) -> Script {
        let arn = own_arn("logs", join!["log-group:", group.clone(), ":*"]);
        let copy = ApiCall::new(ApiOperation::new("logs:CreateExportTask")).on([arn]);
        Script::new(KEEP, "keep")
            .input("Group", group.clone())
            .input("Seconds", i64::from(self.time.as_seconds()))
            .input("Bucket", self.bucket.name())
            .input("Folder", Expr::text("{{ automation:EXECUTION_ID }}".to_owned()))
            .calling(copy.needing(self.written()))
    }

    /// Whoever asks for a copy must be allowed to write it.
    fn written(&self) -> Statement {
        Statement::allow([Action::new("s3:PutObject")]).on([self.bucket.objects("*")])
    }
}
