//! Backups: daily to a vault; a copy of each in the standby's region, and one in the account that tests restores.

use ce::backup::{BackupPlan, BackupRule, BackupVault, CopyTo, Selection};
use ce::operations::{AuroraBackup, AutomationDocument, RedisSnapshot, Schedule, ScheduleExpression, SnapshotJanitor};
use ce::prelude::*;
use ce::security::own_arn;

use super::data::Data;
use super::settings::Settings;
use super::vault::Vault;

/// Vault, plan, and the runbooks of backups by hand.
pub struct Backups<'a> {
    /// Where they are kept.
    pub keep: BackupVault<'a>,
    /// What AWS Backup acts with.
    pub role: Role<'a>,
    /// Backs the database up before a change.
    pub before_change: AutomationDocument<'a>,
}

impl<'a> Backups<'a> {
    /// Where backups are kept; all that the standby has of them.
    pub fn vault(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>) -> BackupVault<'a> {
        // A copy is encrypted anew, by a key of the region it comes to.
        let key = if settings.is_standby() { &vault.data_key } else { &vault.secrets_key };
        BackupVault::builder(settings.backup_vault(), key).deny_deletion().build(stack, "Vault")
    }

    pub fn new(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>, data: &Data<'a>) -> Self {
        let keep = Self::vault(stack, settings, vault);
        let database = own_arn("rds", join!["cluster:", data.database.cluster().ref_()]);
        let mut daily = BackupRule::new("daily", ScheduleExpression::daily(5, 0)).keep(Duration::days(35));
        if let Some(standby) = settings.standby() {
            let copy = Settings::copies_vault().arn(standby, settings.environment.account.as_str());
            daily = daily.copy(CopyTo::vault(copy).keep(Duration::days(35)));
            let tests = settings.recovery_tests();
            let tested = tests.backup_vault().arn(tests.environment.region, tests.environment.account.as_str());
            daily = daily.copy(CopyTo::vault(tested).keep(Duration::days(7)));
        }
        let plan = BackupPlan::builder(&keep)
            .named(settings.name("daily"))
            .rule(daily)
            .select(Selection::resources("databases", [&database]))
            .build(stack, "Plan");

        let backup =
            AuroraBackup::of(database, keep.name(), &plan.acts_as()).named(settings.name("db-pre-change-snapshot"));
        let before_change = backup.kept(Duration::days(90)).build(stack, "BackUpDatabase");
        let cache = data.cache.cache().ref_();
        RedisSnapshot::of(&cache).named(settings.name("redis-pre-change-snapshot")).build(stack, "SnapshotCache");
        let janitor = settings.name("redis-snapshot-janitor");
        let clean = SnapshotJanitor::of(&cache).named(&janitor).build(stack, "RemoveOldSnapshots");
        Schedule::builder(ScheduleExpression::every_days(1), &clean)
            .named(janitor)
            .encrypted_by(&vault.data_key)
            .build(stack, "Daily");
        Self { keep, role: plan.acts_as(), before_change }
    }
}
