//! Reports: the default, and each option.

use ce_constructs::backup::{BackupReport, BackupReportBuilder, ReportTemplate};
use ce_constructs::storage::Bucket;
use serde_json::{Value, json};

use super::{built, done, of_type};

fn report(
    template: ReportTemplate,
    build: impl for<'a> FnOnce(BackupReportBuilder<'a>) -> BackupReportBuilder<'a>,
) -> Value {
    built(|scope| {
        let bucket = Bucket::builder().without_access_logs().build(scope, "Reports");
        done(build(BackupReport::builder("restores", template, &bucket)).build(scope, "Report"));
    })
}

#[test]
fn the_default_is_csv_and_may_be_written() {
    let resources = report(ReportTemplate::RestoreJobs, |report| report);
    insta::assert_json_snapshot!((
        of_type(&resources, "AWS::Backup::ReportPlan"),
        of_type(&resources, "AWS::S3::BucketPolicy")
    ));
}

#[test]
fn a_report_has_a_place_and_formats() {
    let resources = report(ReportTemplate::BackupJobs, |report| report.prefix("backup").with_json().described("daily"));
    let plan = of_type(&resources, "AWS::Backup::ReportPlan")[0];
    assert_eq!(plan["ReportPlanDescription"], "daily");
    assert_eq!(plan["ReportDeliveryChannel"]["S3KeyPrefix"], "backup");
    assert_eq!(plan["ReportDeliveryChannel"]["Formats"], json!(["CSV", "JSON"]));
    assert!(of_type(&resources, "AWS::S3::BucketPolicy")[0].to_string().contains("/backup/*"));
}

#[test]
fn every_template_is_known() {
    let templates = [
        (ReportTemplate::BackupJobs, "BACKUP_JOB_REPORT"),
        (ReportTemplate::CopyJobs, "COPY_JOB_REPORT"),
        (ReportTemplate::RestoreJobs, "RESTORE_JOB_REPORT"),
        (ReportTemplate::ResourceCompliance, "RESOURCE_COMPLIANCE_REPORT"),
        (ReportTemplate::ControlCompliance, "CONTROL_COMPLIANCE_REPORT"),
    ];
    for (template, name) in templates {
        let resources = report(template, |report| report);
        assert_eq!(of_type(&resources, "AWS::Backup::ReportPlan")[0]["ReportSetting"]["ReportTemplate"], name);
    }
}
