//! A share of a whole.

use std::fmt;
use std::str::FromStr;

/// A whole percentage, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u8);

impl Percent {
    /// That many hundredths.
    ///
    /// # Panics
    /// If it is over 100; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(value: u8) -> Self {
        assert!(value <= 100, "a percentage is 0 to 100");
        Self(value)
    }

    /// The number of hundredths.
    pub const fn value(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}

/// A text that is not a percentage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a percentage: expected a whole number from 0 to 100, like `70%`")]
pub struct ParsePercentError(String);

impl FromStr for Percent {
    type Err = ParsePercentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.strip_suffix('%').unwrap_or(text).parse::<u8>().ok();
        number.filter(|value| *value <= 100).map(Self).ok_or_else(|| ParsePercentError(text.to_owned()))
    }
}
