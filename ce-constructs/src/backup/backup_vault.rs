//! Vaults.

use ce_cfn::backup::backup_vault::NotificationObjectType;
use ce_cfn::{backup, ids};
use ce_synth::{DeletionPolicy, IntoValue, Scope, UpdateReplacePolicy, Value};

use super::{VaultLock, VaultName, rules};
use crate::observe::{Publisher, Topic};
use crate::security::{Action, Key, Principal, Statement, document};

/// What a vault tells of. It tells nobody that a backup failed: the events of that name are no longer sent, and a rule
/// about [`EventPattern::backup_jobs`](crate::operations::EventPattern::backup_jobs) hears of it.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultNotifications.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultEvent {
    /// A backup ended, well or not.
    BackupEnded,
    /// A copy is there.
    CopySucceeded,
    /// A copy failed.
    CopyFailed,
    /// A restore ended, well or not.
    RestoreEnded,
    /// A backup was changed.
    RecoveryPointModified,
}

impl VaultEvent {
    const fn name(self) -> &'static str {
        match self {
            Self::BackupEnded => "BACKUP_JOB_COMPLETED",
            Self::CopySucceeded => "COPY_JOB_SUCCESSFUL",
            Self::CopyFailed => "COPY_JOB_FAILED",
            Self::RestoreEnded => "RESTORE_JOB_COMPLETED",
            Self::RecoveryPointModified => "RECOVERY_POINT_MODIFIED",
        }
    }
}

/// A vault of AWS Backup, where backups are kept; `Copy`.
///
/// ```
/// # use ce_constructs::backup::{BackupVault, VaultLock, VaultName};
/// # use ce_constructs::security::Key;
/// # use ce_synth::{Account, App, Duration, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Backup", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// let lock = VaultLock::Governance { shortest: Duration::days(7), longest: Some(Duration::days(365)) };
/// BackupVault::builder(VaultName::new("shop-prod"), &key).lock(lock).build(stack, "Vault");
/// # app.synth().unwrap();
/// ```
///
/// By default nobody of another account may copy into it, there is no lock, and it stays when it leaves the template.
/// With AWS's own key, backups could not be copied to another account.
#[derive(Clone, Copy)]
pub struct BackupVault<'a> {
    vault: backup::BackupVaultRef<'a>,
}

impl<'a> BackupVault<'a> {
    /// A vault whose backups are encrypted with a key of its region. What brings its own encryption, as Aurora does,
    /// keeps that in this region and is encrypted with the key of the vault it is copied to.
    pub fn builder(name: VaultName, key: &Key<'a>) -> BackupVaultBuilder<'a> {
        BackupVaultBuilder { name, key: *key, lock: None, statements: Vec::new(), topic: None, events: Vec::new() }
    }

    /// The vault's name.
    pub fn name(self) -> Value<ids::BackupBackupVault> {
        self.vault.ref_()
    }

    /// The vault's ARN.
    pub fn arn(self) -> Value<ids::BackupBackupVaultArn> {
        self.vault.backup_vault_arn()
    }

    /// The resource, for what this block does not set.
    pub fn vault(self) -> backup::BackupVaultRef<'a> {
        self.vault
    }

    /// The days a lock sets: the shortest and the longest.
    pub(super) fn locked_days(self) -> (Option<i64>, Option<i64>) {
        let days =
            |name: &str| self.vault.peek(&format!("LockConfiguration.{name}")).and_then(|days| days.as_integer());
        (days("MinRetentionDays"), days("MaxRetentionDays"))
    }
}

/// Settings of a [`BackupVault`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct BackupVaultBuilder<'a> {
    name: VaultName,
    key: Key<'a>,
    lock: Option<VaultLock>,
    statements: Vec<Statement>,
    topic: Option<Topic<'a>>,
    events: Vec<VaultEvent>,
}

impl<'a> BackupVaultBuilder<'a> {
    /// How long backups must and may be kept. Default: as long as each says.
    pub fn lock(mut self, lock: VaultLock) -> Self {
        self.lock = Some(lock);
        self
    }

    /// Lets another account, by its twelve digits, copy backups into it; called again, it adds. Default: none.
    pub fn allow_copies_from(self, account: impl IntoValue<String>) -> Self {
        let copy = Statement::allow([Action::new("backup:CopyIntoBackupVault")]);
        self.allow(copy.principal(Principal::account_of(account)))
    }

    /// Refuses to delete backups, or to let them end sooner, to everyone; a lock does it better. Default: permissions
    /// alone decide.
    pub fn deny_deletion(self) -> Self {
        let delete = [Action::new("backup:DeleteRecoveryPoint"), Action::new("backup:UpdateRecoveryPointLifecycle")];
        self.allow(Statement::deny(delete).principal(Principal::anyone()))
    }

    /// Adds a statement to the vault's policy; its resource is what is in the vault, written `*`. Default: no policy.
    pub fn allow(mut self, statement: Statement) -> Self {
        self.statements.push(if statement.resources().is_empty() { statement.on(["*"]) } else { statement });
        self
    }

    /// Tells a topic, and lets AWS Backup publish to it. Default: nobody is told.
    pub fn notify(mut self, topic: &Topic<'a>, events: impl IntoIterator<Item = VaultEvent>) -> Self {
        self.topic = Some(*topic);
        self.events.extend(events);
        self
    }

    /// Adds the vault.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> BackupVault<'a> {
        let scope = scope.child(id);
        rules::key_region::check(scope, self.key.scope());
        if let Some(lock) = self.lock {
            lock.check(scope);
        }
        for statement in &self.statements {
            statement.check_for_resource(scope);
        }
        let notifications = self.topic.map(|topic| {
            topic.allow(Publisher::Backup);
            let events: Vec<&str> = self.events.iter().map(|event| event.name()).collect();
            NotificationObjectType::new().sns_topic_arn(topic.arn()).backup_vault_events(events)
        });
        let policy = (!self.statements.is_empty()).then(|| document::document(self.statements));
        let vault = backup::BackupVault::new()
            .backup_vault_name(self.name.as_str())
            .encryption_key_arn(self.key.arn())
            .access_policy(policy)
            .lock_configuration(self.lock.map(VaultLock::property))
            .notifications(notifications);
        let vault = scope.add("Resource", vault);
        vault.deletion_policy(DeletionPolicy::Retain).update_replace_policy(UpdateReplacePolicy::Retain);
        BackupVault { vault }
    }
}
