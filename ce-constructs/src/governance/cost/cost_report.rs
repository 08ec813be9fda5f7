//! Reports of costs.

use ce_cfn::cur;
use ce_cfn::cur::report_definition::{
    AdditionalArtifacts, AdditionalSchemaElements, Compression, Format, ReportVersioning, TimeUnit as Grain,
};
use ce_synth::value::{account_id, partition};
use ce_synth::{Scope, join};

use crate::governance::rules;
use crate::security::{Action, Principal, Statement};
use crate::storage::Bucket;

/// What was spent on what, in files in a bucket: a cost and usage report.
///
/// By default it is by the day, lists resources, is of Parquet files that Athena reads, and writes each month's again as
/// the month goes on.
#[derive(Clone, Debug)]
#[must_use = "a report does nothing until a guard has it"]
pub struct CostReport<'a> {
    name: String,
    bucket: Bucket<'a>,
    prefix: String,
    hourly: bool,
    resources: bool,
}

impl<'a> CostReport<'a> {
    /// A report of a name, at most 256 letters, digits and `!-_.*'()`, in a bucket of any region.
    pub fn daily(name: impl Into<String>, bucket: &Bucket<'a>) -> Self {
        Self { name: name.into(), bucket: *bucket, prefix: "costs".to_owned(), hourly: false, resources: true }
    }

    /// By the hour. Default: by the day.
    pub fn hourly(mut self) -> Self {
        self.hourly = true;
        self
    }

    /// Where in the bucket it is, without a slash at the end. Default: `costs`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Does not list resources, which makes it much shorter. Default: it does.
    pub fn without_resources(mut self) -> Self {
        self.resources = false;
        self
    }

    #[track_caller]
    pub(super) fn place(self, scope: Scope<'_>) -> cur::ReportDefinitionRef<'_> {
        rules::cost_report::check(scope, &self.name, &self.prefix);
        for statement in delivered(self.bucket, &self.prefix) {
            self.bucket.allow(statement);
        }
        let elements: Vec<_> = self.resources.then_some(AdditionalSchemaElements::RESOURCES).into_iter().collect();
        let report = cur::ReportDefinition::new()
            .report_name(self.name)
            .time_unit(if self.hourly { Grain::HOURLY } else { Grain::DAILY })
            .format(Format::PARQUET)
            .compression(Compression::PARQUET)
            .additional_artifacts([AdditionalArtifacts::ATHENA])
            .additional_schema_elements((!elements.is_empty()).then_some(elements))
            .refresh_closed_reports(true)
            .report_versioning(ReportVersioning::OVERWRITE_REPORT)
            .s3_bucket(self.bucket.name())
            .s3_prefix(self.prefix)
            .s3_region(self.bucket.scope().region().as_str());
        let report = scope.add("Report", report);
        match self.bucket.policy() {
            Some(policy) if self.bucket.scope().stack().node() == scope.stack().node() => report.depends_on(*policy),
            _ => *report,
        };
        report
    }
}

/// Source: <https://docs.aws.amazon.com/cur/latest/userguide/cur-s3.html>
fn delivered(bucket: Bucket<'_>, prefix: &str) -> [Statement; 2] {
    let service =
        || {
            let reports = join!["arn:", partition(), ":cur:us-east-1:", account_id(), ":definition/*"];
            Principal::service("billingreports.amazonaws.com")
                .when("StringEquals", "aws:SourceAccount", account_id())
                .when("ArnLike", "aws:SourceArn", reports)
        };
    let look = [Action::new("s3:GetBucketAcl"), Action::new("s3:GetBucketPolicy")];
    [
        Statement::allow(look).principal(service()).on([bucket.arn()]),
        Statement::allow([Action::new("s3:PutObject")])
            .principal(service())
            .on([bucket.objects(&format!("{prefix}/*"))]),
    ]
}
