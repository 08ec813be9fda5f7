//! How long automated backups are kept.

use std::fmt;
use std::str::FromStr;

/// How many days automated backups and the log for point-in-time recovery are kept: 1 to 35, or not at all.
///
/// ```
/// use ce_constructs::data::BackupRetention;
/// const LONGEST: BackupRetention = BackupRetention::days(35);
/// assert_eq!("35d".parse(), Ok(LONGEST));
/// assert!("36d".parse::<BackupRetention>().is_err());
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackupRetention(u8);

impl BackupRetention {
    /// No automated backups. Aurora cannot do without them.
    pub const NONE: Self = Self(0);

    /// That many days.
    ///
    /// # Panics
    /// If it is not 1 to 35; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn days(days: u8) -> Self {
        assert!(days >= 1 && days <= 35, "automated backups are kept for 1 to 35 days");
        Self(days)
    }

    /// The number of days; none is 0.
    pub const fn as_days(self) -> u8 {
        self.0
    }

    /// Whether there are no automated backups.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for BackupRetention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

/// A text that is not a retention of backups.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a retention of backups: expected 1 to 35 days, like `35d`")]
pub struct ParseBackupRetentionError(String);

impl FromStr for BackupRetention {
    type Err = ParseBackupRetentionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days = text.strip_suffix('d').and_then(|days| days.parse::<u8>().ok());
        let days = days.filter(|days| *days <= 35);
        days.map(Self).ok_or_else(|| ParseBackupRetentionError(text.to_owned()))
    }
}
