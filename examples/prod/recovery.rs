//! Whether backups can be restored: tried every month in an account of its own, where a restore harms nothing.

use ce::backup::{BackupReport, BackupVault, ProtectedKind, ReportTemplate, RestoreTest, RestoreTesting};
use ce::operations::{EventPattern, EventRule, EventTarget, Match, ScheduleExpression};
use ce::prelude::*;
use ce::runbooks::procedure;
use ce::storage::LifecycleRule;

use super::settings::Settings;

/// Tests of recovery; the plan of backups copies to their vault.
pub struct Recovery;

impl Recovery {
    /// The vault that production's backups are copied to, and the test of what is in it.
    pub fn build<'a>(stack: Scope<'a>, tests: &Settings<'a>, production: Account) -> BackupVault<'a> {
        let key = Key::builder()
            .alias(format!("alias/{}", tests.name("backups")))
            .described("Copies of backups, and what is restored from them")
            .build(stack, "Key");
        let vault = BackupVault::builder(tests.backup_vault(), &key)
            .allow_copies_from(production.as_str())
            .deny_deletion()
            .build(stack, "Vault");
        // The account's own network has a place without a way in or out; whoever looks at what is there has a day.
        let databases = RestoreTest::of("databases", ProtectedKind::Aurora)
            .restored_with("dbSubnetGroupName", tests.name("restores"))
            .validated_within(Duration::hours(24));
        RestoreTesting::builder("monthly", ScheduleExpression::monthly(1, 6, 0))
            .from_vault(vault.arn().cast::<String>())
            .least_privilege_for_databases()
            .test(databases)
            .build(stack, "Tests");
        Self::validation(stack, tests, vault);
        Self::report(stack, tests);
        vault
    }

    /// The runbook that says whether a restore was good; it begins by itself when one is done.
    fn validation<'a>(stack: Scope<'a>, tests: &Settings<'a>, vault: BackupVault<'a>) {
        let validation = procedure::restore_test(tests.environment.region, vault.name().cast::<String>())
            .automated("claude-enhancer-prod-restore-validation")
            .build(stack, "Validation");
        let restored = EventPattern::of("aws.backup", "Restore Job State Change")
            .detail("status", [Match::text("COMPLETED")])
            .detail("resourceType", [Match::text("Aurora")]);
        if let Some(document) = validation.automation() {
            let begun = EventTarget::document(&document).input_from("RestoreJobId", "$.detail.restoreJobId");
            EventRule::builder(restored).to(begun).build(stack, "Restored");
        }
    }

    fn report<'a>(stack: Scope<'a>, tests: &Settings<'a>) {
        let reports = Bucket::builder()
            .named(tests.bucket("reports"))
            .without_access_logs()
            .lifecycle(LifecycleRule::new().expire_after(Duration::days(2_557)))
            .build(stack, "Reports");
        BackupReport::builder("restores", ReportTemplate::RestoreJobs, &reports).build(stack, "Report");
    }
}
