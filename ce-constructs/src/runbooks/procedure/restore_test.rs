//! Whether backups can be restored.

use ce_synth::{Duration, IntoValue, Region, Value, join};

use crate::operations::{ApiCall, ApiOperation, DocumentParameter, Step, parameter};
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// A test of a restore: what the plan for it restored is looked through, measured, and its result written down. Takes the
/// region it is restored in and the name of the vault that recovery points are taken from. The document takes the id of
/// the restore as `RestoreJobId`, as an event tells it in `$.detail.restoreJobId`.
pub fn restore_test(region: Region, vault: impl IntoValue<String>) -> RunbookBuilder {
    let vault: Value<String> = vault.into_value();
    let points = join![
        format!("aws backup list-recovery-points-by-backup-vault --region {region} --backup-vault-name "),
        vault.clone(),
        " \\\n  --query 'sort_by(RecoveryPoints,&CreationDate)[-5:].[RecoveryPointArn,CreationDate,Status]'",
    ];
    let runbook = Runbook::builder("Restore test")
        .purpose(join!["Shows that the recovery points of ", vault, " can be restored, and how long it takes."])
        .when("Every month, and after each change of how backups are made.")
        .who("Owner of the database")
        .takes(Duration::hours(4))
        .parameter(DocumentParameter::text("RestoreJobId").described("the restore that is judged"))
        .step(
            RunbookStep::new("Read recovery points")
                .command(points)
                .expect("the last one is younger than the agreed loss of data")
                .stop_if("there is none"),
        )
        .step(
            RunbookStep::new("Find the restored resource")
                .command(format!(
                    "aws backup list-restore-jobs --region {region} --by-status COMPLETED \\\n  \
                     --query 'RestoreJobs[:3].[RestoreJobId,CreatedResourceArn,CreationDate,CompletionDate]'"
                ))
                .expect("a job of today; the time between its dates is the time a restore takes"),
        );
    examined(runbook, region)
        .verify(RunbookStep::new("Look at the report").expect("the test of this month is in it, with its times"))
        .roll_back(
            RunbookStep::new("Let the plan clean up")
                .text("What was restored is deleted by the plan; nothing of production was touched."),
        )
}

/// What was restored is looked through, measured, and judged.
fn examined(runbook: RunbookBuilder, region: Region) -> RunbookBuilder {
    runbook
        .step(
            RunbookStep::new("Run integrity checks")
                .text("Count, compare and look for orphans, with the queries kept for it.")
                .expect("the numbers of the day of the recovery point"),
        )
        .step(
            RunbookStep::new("Run benchmarks")
                .text("The queries of the ten busiest pages, cold and warm.")
                .expect("times as in production, within a tenth"),
        )
        .step(
            RunbookStep::new("Put restore validation result")
                .command(format!(
                    "aws backup put-restore-validation-result --region {region} --restore-job-id \"${{JOB:?}}\" \\\n  \
                     --validation-status SUCCESSFUL --validation-status-message \"${{REPORT:?where the report is}}\""
                ))
                .automated(judged())
                .expect("no message; the report of the plan shows it"),
        )
}

/// Whoever finds that the restore is no good cancels the document before this.
fn judged() -> Step {
    const PUT: ApiOperation = ApiOperation::new("backup:PutRestoreValidationResult");
    let call = ApiCall::new(PUT)
        .on_everything("restores are no resources to IAM")
        .input("RestoreJobId", parameter("RestoreJobId"))
        .input("ValidationStatus", "SUCCESSFUL");
    Step::call("PutRestoreValidationResult", call)
}
