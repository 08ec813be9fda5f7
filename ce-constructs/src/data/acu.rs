//! Capacity of Aurora Serverless.

use std::fmt;
use std::str::FromStr;

/// Aurora capacity units in steps of a half, 0 to 256; one is about 2 GiB of memory.
///
/// ```
/// use ce_constructs::data::Acu;
/// const LEAST: Acu = Acu::new(0.5);
/// assert_eq!("0.5".parse(), Ok(LEAST));
/// assert!("0.3".parse::<Acu>().is_err());
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Acu(u16);

impl Acu {
    /// Nothing: as a minimum it lets the database pause when nobody is connected.
    pub const ZERO: Self = Self(0);

    /// That many units.
    ///
    /// # Panics
    /// If it is no multiple of a half or over 256; in a `const` that is a compile error. Text that is read at run time
    /// is parsed.
    #[track_caller]
    pub const fn new(units: f64) -> Self {
        match Self::of(units) {
            Some(units) => units,
            None => panic!("Aurora capacity is a multiple of 0.5 from 0 to 256"),
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is lost is seen by comparing")]
    #[expect(clippy::float_cmp, reason = "halves up to 512 are exact")]
    const fn of(units: f64) -> Option<Self> {
        let halves = units * 2.0;
        let whole = halves as u16;
        if halves >= 0.0 && whole as f64 == halves && whole <= 512 { Some(Self(whole)) } else { None }
    }

    /// The number of units.
    pub fn units(self) -> f64 {
        f64::from(self.0) / 2.0
    }
}

impl fmt::Display for Acu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.units())
    }
}

/// A text that is not an amount of Aurora capacity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an amount of Aurora capacity: expected a multiple of 0.5 from 0 to 256, like `0.5`")]
pub struct ParseAcuError(String);

impl FromStr for Acu {
    type Err = ParseAcuError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().ok().and_then(Self::of).ok_or_else(|| ParseAcuError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_halves_up_to_256_are_taken() {
        assert_eq!(Acu::new(256.0).to_string(), "256");
        for text in ["-0.5", "0.25", "256.5", "NaN", "inf", ""] {
            assert!(text.parse::<Acu>().is_err(), "{text}");
        }
    }
}
