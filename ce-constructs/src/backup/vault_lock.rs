//! Vaults that keep what they have.

use ce_cfn::backup::backup_vault::LockConfigurationType;
use ce_synth::{Duration, Scope};

use super::rules;

/// How long backups of a vault must, and may, be kept, whoever asks.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultLock {
    /// Those with a special permission can lift the lock.
    Governance {
        /// The shortest time, in whole days.
        shortest: Duration,
        /// The longest time; none is forever.
        longest: Option<Duration>,
    },
    /// After a time to think it over, nobody can lift the lock, the account's root neither.
    Compliance {
        /// The shortest time, in whole days.
        shortest: Duration,
        /// The longest time; none is forever.
        longest: Option<Duration>,
        /// The time to think it over, three days or more.
        grace: Duration,
    },
}

impl VaultLock {
    const fn times(self) -> (Duration, Option<Duration>, Option<Duration>) {
        match self {
            Self::Governance { shortest, longest } => (shortest, longest, None),
            Self::Compliance { shortest, longest, grace } => (shortest, longest, Some(grace)),
        }
    }

    #[track_caller]
    pub(super) fn check(self, scope: Scope<'_>) {
        let (shortest, longest, grace) = self.times();
        rules::vault_lock::check(scope, shortest, longest, grace);
    }

    pub(super) fn property(self) -> LockConfigurationType {
        let (shortest, longest, grace) = self.times();
        LockConfigurationType::new()
            .min_retention_days(shortest.days_rounded_up())
            .max_retention_days(longest.map(Duration::days_rounded_up))
            .changeable_for_days(grace.map(Duration::days_rounded_up))
    }
}
