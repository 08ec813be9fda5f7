//! Where copies go.

use ce_cfn::ids;
use ce_synth::{Code, Rule, Scope, Value};

use crate::backup::BackupVault;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8209"),
    title: "a rule copies backups to where they are",
    about: "A copy in the same vault protects from nothing, and AWS Backup refuses it. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html",
};

#[track_caller]
pub(in crate::backup) fn check(
    scope: Scope<'_>,
    rule: &str,
    target: &Value<ids::BackupBackupVaultArn>,
    vault: BackupVault<'_>,
) {
    if *target == vault.arn() {
        scope
            .error(RULE.code, format!("rule `{rule}` copies backups into the vault they are in"))
            .help("copy them to a vault of another region or account: `VaultName::arn(..)`");
    }
}
