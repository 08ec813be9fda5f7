//! Vaults: the default, and each option.

use ce_constructs::backup::{BackupVault, BackupVaultBuilder, VaultEvent, VaultLock, VaultName};
use ce_constructs::observe::Topic;
use ce_constructs::security::{Action, Key, Principal, Statement};
use ce_synth::{Duration, Region};
use serde_json::{Value, json};

use super::{built, done, of_type};

const NAME: VaultName = VaultName::new("shop-prod");

fn vault(build: impl for<'a> FnOnce(BackupVaultBuilder<'a>) -> BackupVaultBuilder<'a>) -> Value {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        done(build(BackupVault::builder(NAME, &key)).build(scope, "Vault"));
    });
    of_type(&resources, "AWS::Backup::BackupVault")[0].clone()
}

#[test]
fn the_default_is_encrypted_and_stays() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        done(BackupVault::builder(NAME, &key).build(scope, "Vault"));
    });
    insta::assert_json_snapshot!(resources);
}

#[test]
fn a_vault_can_be_locked() {
    let (shortest, longest) = (Duration::days(7), Some(Duration::days(365)));
    let lock = |lock| vault(|vault| vault.lock(lock))["LockConfiguration"].clone();
    let governance = lock(VaultLock::Governance { shortest, longest });
    assert_eq!(governance, json!({"MinRetentionDays": 7, "MaxRetentionDays": 365}));
    let compliance = lock(VaultLock::Compliance { shortest, longest: None, grace: Duration::days(3) });
    assert_eq!(compliance, json!({"MinRetentionDays": 7, "ChangeableForDays": 3}));
}

#[test]
fn other_accounts_copy_and_nobody_deletes() {
    let backup = vault(|vault| vault.allow_copies_from("222222222222").deny_deletion());
    let statements = &backup["AccessPolicy"]["Statement"];
    assert_eq!(statements[0]["Action"], "backup:CopyIntoBackupVault");
    assert!(statements[0]["Principal"]["AWS"].to_string().contains(":iam::222222222222:root"), "{statements}");
    assert_eq!(statements[0]["Resource"], "*");
    assert_eq!(statements[1]["Effect"], "Deny");
    assert_eq!(statements[1]["Principal"], "*");
    let own = Statement::allow([Action::new("backup:DescribeBackupVault")]).principal(Principal::own_account());
    assert_eq!(vault(|vault| vault.allow(own))["AccessPolicy"]["Statement"][0]["Action"], "backup:DescribeBackupVault");
}

#[test]
fn a_topic_hears_of_events() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let topic = Topic::builder(&key).build(scope, "Topic");
        let events = [
            VaultEvent::BackupEnded,
            VaultEvent::CopySucceeded,
            VaultEvent::CopyFailed,
            VaultEvent::RestoreEnded,
            VaultEvent::RecoveryPointModified,
        ];
        done(BackupVault::builder(NAME, &key).notify(&topic, events).build(scope, "Vault"));
    });
    let notifications = &of_type(&resources, "AWS::Backup::BackupVault")[0]["Notifications"];
    let expected = json!([
        "BACKUP_JOB_COMPLETED",
        "COPY_JOB_SUCCESSFUL",
        "COPY_JOB_FAILED",
        "RESTORE_JOB_COMPLETED",
        "RECOVERY_POINT_MODIFIED",
    ]);
    assert_eq!(notifications["BackupVaultEvents"], expected);
}

#[test]
fn a_vault_is_known_by_its_name_elsewhere() {
    let there = NAME.arn(Region::US_WEST_2, "111111111111");
    assert_eq!(there.expr().as_text(), Some("arn:aws:backup:us-west-2:111111111111:backup-vault:shop-prod"));
}
