//! Reports.

use ce_cfn::backup;
use ce_cfn::backup::report_plan::{ReportDeliveryChannel, ReportSetting};
use ce_synth::value::{account_id, partition};
use ce_synth::{Scope, join};

use super::rules;
use crate::security::{Action, Principal, Statement};
use crate::storage::Bucket;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportTemplate {
    /// Backups of the last day.
    BackupJobs,
    /// Copies of the last day.
    CopyJobs,
    /// Restores of the last day, those of tests too.
    RestoreJobs,
    /// What is protected how, by resource.
    ResourceCompliance,
    /// What is protected how, by control.
    ControlCompliance,
}

impl ReportTemplate {
    const fn name(self) -> &'static str {
        match self {
            Self::BackupJobs => "BACKUP_JOB_REPORT",
            Self::CopyJobs => "COPY_JOB_REPORT",
            Self::RestoreJobs => "RESTORE_JOB_REPORT",
            Self::ResourceCompliance => "RESOURCE_COMPLIANCE_REPORT",
            Self::ControlCompliance => "CONTROL_COMPLIANCE_REPORT",
        }
    }
}

/// A daily report of AWS Backup in a bucket; `Copy`.
///
/// ```
/// # use ce_constructs::backup::{BackupReport, ReportTemplate};
/// # use ce_constructs::storage::Bucket;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const TEST: Environment = Environment::new("test", Account::new("222222222222"), Region::EU_WEST_1, Tier::Staging);
/// # let app = App::new();
/// # let stack = app.stack("Recovery", TEST);
/// let reports = Bucket::builder().without_access_logs().build(stack, "Reports");
/// BackupReport::builder("restores", ReportTemplate::RestoreJobs, &reports).build(stack, "Restores");
/// # app.synth().unwrap();
/// ```
///
/// By default it is CSV, of its own account and region. The bucket's policy lets the service write it.
#[derive(Clone, Copy)]
pub struct BackupReport<'a> {
    report: backup::ReportPlanRef<'a>,
}

impl<'a> BackupReport<'a> {
    /// A report of a name, a letter and then letters, digits and `_`, in a bucket.
    pub fn builder(name: impl Into<String>, template: ReportTemplate, bucket: &Bucket<'a>) -> BackupReportBuilder<'a> {
        let prefix = String::new();
        BackupReportBuilder { name: name.into(), template, bucket: *bucket, prefix, json: false, description: None }
    }

    /// The resource, for what this block does not set.
    pub fn report(self) -> backup::ReportPlanRef<'a> {
        self.report
    }
}

/// Settings of a [`BackupReport`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct BackupReportBuilder<'a> {
    name: String,
    template: ReportTemplate,
    bucket: Bucket<'a>,
    prefix: String,
    json: bool,
    description: Option<String>,
}

impl<'a> BackupReportBuilder<'a> {
    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Where in the bucket it is, without a slash at the end. Default: at its root.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Writes it as JSON too. Default: CSV alone.
    pub fn with_json(mut self) -> Self {
        self.json = true;
        self
    }

    /// Adds the report.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> BackupReport<'a> {
        let scope = scope.child(id);
        rules::report_name::check(scope, &self.name);
        self.bucket.allow(delivered(self.bucket, &self.prefix));
        let mut formats = vec!["CSV"];
        if self.json {
            formats.push("JSON");
        }
        let channel = ReportDeliveryChannel::new()
            .s3_bucket_name(self.bucket.name())
            .s3_key_prefix((!self.prefix.is_empty()).then_some(self.prefix))
            .formats(formats);
        let report = backup::ReportPlan::new()
            .report_plan_name(self.name)
            .report_plan_description(self.description)
            .report_setting(ReportSetting::new().report_template(self.template.name()))
            .report_delivery_channel(channel);
        BackupReport { report: scope.add("Resource", report) }
    }
}

/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-reports.html>
fn delivered(bucket: Bucket<'_>, prefix: &str) -> Statement {
    let service = "/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports";
    let role = Principal::arn(join!["arn:", partition(), ":iam::", account_id(), ":role", service]);
    let objects = if prefix.is_empty() { "*".to_owned() } else { format!("{prefix}/*") };
    Statement::allow([Action::new("s3:PutObject")]).principal(role).on([bucket.objects(&objects)]).when(
        "StringEquals",
        "s3:x-amz-acl",
        "bucket-owner-full-control",
    )
}
