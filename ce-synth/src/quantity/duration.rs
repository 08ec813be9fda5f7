//! A length of time.

use std::fmt;
use std::str::FromStr;

/// A length of time in whole seconds.
///
/// ```
/// use ce_synth::Duration;
/// assert_eq!("90m".parse(), Ok(Duration::minutes(90)));
/// assert_eq!(Duration::minutes(90).to_string(), "90m");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(u32);

impl Duration {
    /// That many seconds.
    pub const fn seconds(seconds: u32) -> Self {
        Self(seconds)
    }

    /// That many minutes; at most 136 years, like all below.
    pub const fn minutes(minutes: u32) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// That many hours.
    pub const fn hours(hours: u32) -> Self {
        Self(hours.saturating_mul(3_600))
    }

    /// That many days of 24 hours.
    pub const fn days(days: u32) -> Self {
        Self(days.saturating_mul(86_400))
    }

    /// In seconds.
    pub const fn as_seconds(self) -> u32 {
        self.0
    }

    /// In whole days, if it is that.
    pub const fn as_days(self) -> Option<u32> {
        if self.0.is_multiple_of(86_400) { Some(self.0 / 86_400) } else { None }
    }

    /// In whole days, begun days counted.
    pub const fn days_rounded_up(self) -> u32 {
        self.0.div_ceil(86_400)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            seconds if seconds != 0 && seconds % 86_400 == 0 => write!(f, "{}d", seconds / 86_400),
            seconds if seconds != 0 && seconds % 3_600 == 0 => write!(f, "{}h", seconds / 3_600),
            seconds if seconds != 0 && seconds % 60 == 0 => write!(f, "{}m", seconds / 60),
            seconds => write!(f, "{seconds}s"),
        }
    }
}

/// A text that is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a duration: expected a whole number and `s`, `m`, `h` or `d`, like `90s`")]
pub struct ParseDurationError(String);

impl FromStr for Duration {
    type Err = ParseDurationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseDurationError(text.to_owned());
        let unit = text.chars().next_back().ok_or_else(error)?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return Err(error()),
        };
        let number: u32 = text[..text.len() - 1].parse().map_err(|_| error())?;
        number.checked_mul(seconds).map(Self).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_are_inverse() {
        for duration in [Duration::seconds(0), Duration::seconds(61), Duration::hours(25), Duration::days(35)] {
            assert_eq!(duration.to_string().parse(), Ok(duration));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "5", "x", "-5s", "5w", "99999999999d", "5é"] {
            assert!(text.parse::<Duration>().is_err(), "{text}");
        }
    }
}
