//! Rules and the lock of their vault.

use ce_synth::{Code, Duration, Rule, Scope};

use crate::backup::BackupVault;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8208"),
    title: "a rule keeps backups for a time its vault does not take",
    about: "A locked vault refuses every backup that is to be kept for less or longer than its lock says: the job fails, night \
            by night. Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
};

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, rule: &str, keep: Option<Duration>, vault: BackupVault<'_>) {
    let (shortest, longest) = vault.locked_days();
    let days = keep.map(|keep| i64::from(keep.days_rounded_up()));
    if let (Some(days), Some(shortest)) = (days, shortest)
        && days < shortest
    {
        scope
            .error(
                RULE.code,
                format!("rule `{rule}` keeps backups for {days} days, the vault's lock {shortest} or more"),
            )
            .help(format!("keep them {shortest} days or more"));
    }
    if let Some(longest) = longest.filter(|longest| days.is_none_or(|days| days > *longest)) {
        let said = days.map_or("forever".to_owned(), |days| format!("for {days} days"));
        scope
            .error(RULE.code, format!("rule `{rule}` keeps backups {said}, the vault's lock {longest} days or less"))
            .help(format!("keep them {longest} days or less"));
    }
}
