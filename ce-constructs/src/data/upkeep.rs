//! Backups and maintenance: how long, and when.

use ce_synth::{Scope, Tier};

use super::rules::{window_length, windows_overlap};
use super::{BackupRetention, DailyWindow, WeeklyWindow};

/// Defaults that do not overlap, and others for when what was given is in their way.
const BACKUP: [DailyWindow; 2] = [DailyWindow::new("03:00-04:00"), DailyWindow::new("15:00-16:00")];
const MAINTENANCE: [WeeklyWindow; 2] =
    [WeeklyWindow::new("sun:05:00-sun:06:00"), WeeklyWindow::new("sun:17:00-sun:18:00")];

/// What was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Upkeep {
    pub(super) retention: Option<BackupRetention>,
    pub(super) backup: Option<DailyWindow>,
    pub(super) maintenance: Option<WeeklyWindow>,
}

impl Upkeep {
    /// Checks the windows and fills in the one that was not given, outside of the other.
    #[track_caller]
    pub(super) fn windows(&self, scope: Scope<'_>, least_minutes: u16) -> (DailyWindow, WeeklyWindow) {
        let free = |given: &WeeklyWindow, default: &&DailyWindow| !given.overlaps(**default);
        let backup = self.backup.unwrap_or_else(|| match &self.maintenance {
            Some(given) => *BACKUP.iter().find(|default| free(given, default)).unwrap_or(&BACKUP[0]),
            None => BACKUP[0],
        });
        let maintenance = self
            .maintenance
            .unwrap_or_else(|| *MAINTENANCE.iter().find(|default| free(default, &&backup)).unwrap_or(&MAINTENANCE[0]));
        window_length::check(scope, &backup.to_string(), backup.minutes(), least_minutes);
        window_length::check(scope, &maintenance.to_string(), maintenance.minutes(), least_minutes);
        windows_overlap::check(scope, backup, maintenance);
        (backup, maintenance)
    }

    /// What was given, or what the tier asks for.
    pub(super) fn retention(&self, tier: Tier) -> BackupRetention {
        self.retention.unwrap_or(match tier {
            Tier::Production => BackupRetention::days(30),
            Tier::Staging => BackupRetention::days(7),
            Tier::Development => BackupRetention::days(1),
        })
    }
}

#[cfg(test)]
mod tests {
    use ce_synth::{Account, App, Environment, Region};

    use super::*;

    #[test]
    fn a_default_moves_out_of_the_way() {
        const DEV: Environment =
            Environment::new("dev", Account::new("111111111111"), Region::EU_WEST_1, Tier::Development);
        let app = App::new();
        let scope = app.stack("Data", DEV);
        let given = Upkeep { backup: Some(DailyWindow::new("04:30-05:30")), ..Upkeep::default() };
        assert_eq!(given.windows(scope, 30).1, MAINTENANCE[1]);
        let given = Upkeep { maintenance: Some(WeeklyWindow::new("wed:03:00-wed:04:00")), ..Upkeep::default() };
        assert_eq!(given.windows(scope, 30).0, BACKUP[1]);
        assert!(app.synth().is_ok());
    }
}
