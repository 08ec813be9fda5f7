//! How long logs are kept.

use std::fmt;
use std::str::FromStr;

use ce_synth::Tier;

/// How long the events of a log group are kept: one of the lengths CloudWatch Logs offers.
///
/// ```
/// use ce_constructs::observe::Retention;
/// const YEAR: Retention = Retention::days(365); // checked by the compiler
/// assert_eq!("365".parse(), Ok(YEAR));
/// assert!("91".parse::<Retention>().unwrap_err().to_string().contains("`90` or `120`"));
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Retention(u16);

const LEGAL: [u16; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

impl Retention {
    /// That many days.
    ///
    /// # Panics
    /// If CloudWatch Logs does not offer it; in a `const` that is a compile error. Text that is read at run time is
    /// parsed.
    #[track_caller]
    pub const fn days(days: u16) -> Self {
        match Self::checked(days) {
            Some(retention) => retention,
            None => panic!("logs are kept 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 … days"),
        }
    }

    const fn checked(days: u16) -> Option<Self> {
        let mut place = 0;
        while place < LEGAL.len() {
            if LEGAL[place] == days {
                return Some(Self(days));
            }
            place += 1;
        }
        None
    }

    /// What log groups of a tier keep when nothing is said: production 90 days, staging 30, development 14.
    pub const fn of(tier: Tier) -> Self {
        match tier {
            Tier::Production => Self(90),
            Tier::Staging => Self(30),
            Tier::Development => Self(14),
        }
    }

    /// The number of days.
    pub const fn as_days(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A text that is not a length logs can be kept for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a log retention: expected a number of days that is offered, {}", .near)]
pub struct ParseRetentionError {
    given: String,
    near: String,
}

impl FromStr for Retention {
    type Err = ParseRetentionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days = text.parse::<u16>().ok();
        days.and_then(Self::checked)
            .ok_or_else(|| ParseRetentionError { given: text.to_owned(), near: near(days.unwrap_or(30)) })
    }
}

/// The lengths on both sides of one that is not offered.
fn near(days: u16) -> String {
    let below = LEGAL.iter().rev().find(|legal| **legal < days);
    let above = LEGAL.iter().find(|legal| **legal >= days);
    match (below, above) {
        (Some(below), Some(above)) => format!("like `{below}` or `{above}`"),
        (Some(one), None) | (None, Some(one)) => format!("like `{one}`"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_are_inverse() {
        for days in LEGAL {
            assert_eq!(Retention::days(days).to_string().parse(), Ok(Retention(days)));
        }
    }

    #[test]
    fn what_is_not_offered_is_refused() {
        for text in ["0", "2", "89", "366", "9999", "-1", "", "90d"] {
            assert!(text.parse::<Retention>().is_err(), "{text}");
        }
    }
}
