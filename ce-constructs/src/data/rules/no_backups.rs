//! A database that nothing can be restored from.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3007"),
    title: "a database keeps no backups",
    about: "Without automated backups there is no way back from a wrong statement. Aurora cannot do without: its \
            retention is 1 to 35 days. Elsewhere it is accepted outside production. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html",
};

/// Aurora refuses it, so it cannot be meant.
#[track_caller]
pub(in crate::data) fn report_impossible(scope: Scope<'_>) {
    scope
        .error(RULE.code, "Aurora always keeps backups, `BackupRetention::NONE` was given")
        .help("write `.backup_retention(BackupRetention::days(1))` or more");
}

/// Possible, but in production probably a mistake.
#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, setter: &str) {
    scope
        .warning(RULE.code, "no backups are kept in production")
        .help(format!("write `{setter}` or more, or accept the finding for data that can be made again"));
}
