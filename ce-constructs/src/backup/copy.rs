//! Copies of backups.

use ce_cfn::backup::backup_plan::{CopyActionResourceType, LifecycleResourceType};
use ce_cfn::ids;
use ce_synth::{Duration, IntoValue, Scope, Value};

use super::rules;

/// Copies each backup of a rule to another vault: of another region, or of another account.
///
/// By default the copy is kept for as long as the backup. Aurora cannot be copied to another region and another account
/// at once; copy it twice.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a copy does nothing until a rule has it"]
pub struct CopyTo {
    pub(super) vault: Value<ids::BackupBackupVaultArn>,
    keep: Option<Duration>,
    cold: Option<Duration>,
}

impl CopyTo {
    /// To a vault, by its ARN; [`VaultName::arn`](super::VaultName::arn) makes one.
    pub fn vault(arn: impl IntoValue<ids::BackupBackupVaultArn>) -> Self {
        Self { vault: arn.into_value(), keep: None, cold: None }
    }

    /// How long the copy is kept, in whole days. Default: as long as the backup.
    pub fn keep(mut self, time: Duration) -> Self {
        self.keep = Some(time);
        self
    }

    /// Moves the copy to cold storage after a time, in whole days. Default: it stays warm.
    pub fn cold_after(mut self, time: Duration) -> Self {
        self.cold = Some(time);
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>, rule: &str, default: Option<Duration>) {
        rules::lifecycle::check(scope, rule, self.keep.or(default), self.cold);
    }

    pub(super) fn property(&self, default: Option<Duration>) -> CopyActionResourceType {
        let copy = CopyActionResourceType::new().destination_backup_vault_arn(self.vault.clone());
        copy.lifecycle(lifecycle(self.keep.or(default), self.cold))
    }
}

/// None for what stays warm forever.
pub(super) fn lifecycle(keep: Option<Duration>, cold: Option<Duration>) -> Option<LifecycleResourceType> {
    (keep.is_some() || cold.is_some()).then(|| {
        LifecycleResourceType::new()
            .delete_after_days(keep.map(Duration::days_rounded_up))
            .move_to_cold_storage_after_days(cold.map(Duration::days_rounded_up))
    })
}
