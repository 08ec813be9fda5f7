//! Backups and maintenance at the same time.

use ce_synth::{Code, Rule, Scope};

use crate::data::{DailyWindow, WeeklyWindow};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3004"),
    title: "the windows of backup and maintenance overlap",
    about: "RDS refuses windows that overlap; ElastiCache may fail over while a snapshot is taken. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html",
};

#[track_caller]
pub(in crate::data) fn check(scope: Scope<'_>, backup: DailyWindow, maintenance: WeeklyWindow) {
    if maintenance.overlaps(backup) {
        scope
            .error(RULE.code, format!("maintenance `{maintenance}` overlaps with backups `{backup}`"))
            .help("give `.maintenance_window(..)` a time outside of the backup window; both are in UTC");
    }
}
