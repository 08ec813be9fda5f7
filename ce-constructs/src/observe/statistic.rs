//! How the samples of a period become one number.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// How CloudWatch turns the samples of a period into one number.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statistic {
    /// The mean.
    Average,
    /// All samples added.
    Sum,
    /// The smallest.
    Minimum,
    /// The largest.
    Maximum,
    /// How many samples there were.
    SampleCount,
    /// The value that this share of samples does not exceed.
    Percentile(Percentile),
}

impl Statistic {
    /// Its name in a metric query: `Average`, `p95`.
    pub fn name(self) -> Cow<'static, str> {
        match self.plain() {
            Some(name) => name.into(),
            None => self.to_string().into(),
        }
    }

    /// The name of one that is not a percentile.
    pub(crate) const fn plain(self) -> Option<&'static str> {
        match self {
            Self::Average => Some("Average"),
            Self::Sum => Some("Sum"),
            Self::Minimum => Some("Minimum"),
            Self::Maximum => Some("Maximum"),
            Self::SampleCount => Some("SampleCount"),
            Self::Percentile(_) => None,
        }
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percentile(percentile) => percentile.fmt(f),
            other => f.write_str(other.plain().unwrap_or_default()),
        }
    }
}

/// A percentile in tenths of a percent, `p99.9`.
///
/// ```
/// use ce_constructs::observe::Percentile;
/// assert_eq!(Percentile::P99.to_string(), "p99");
/// assert_eq!("p99.9".parse(), Ok(Percentile::tenths(999)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentile(u16);

impl Percentile {
    /// `p50`, the median.
    pub const P50: Self = Self::tenths(500);
    /// `p90`.
    pub const P90: Self = Self::tenths(900);
    /// `p95`.
    pub const P95: Self = Self::tenths(950);
    /// `p99`.
    pub const P99: Self = Self::tenths(990);

    /// That many tenths of a percent: 999 is `p99.9`.
    ///
    /// # Panics
    /// If it is 0 or over 1,000; in a `const` that is a compile error.
    #[track_caller]
    pub const fn tenths(tenths: u16) -> Self {
        assert!(0 < tenths && tenths <= 1_000, "a percentile is above 0 and at most 100 percent");
        Self(tenths)
    }
}

impl fmt::Display for Percentile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "p{whole}"),
            (whole, tenth) => write!(f, "p{whole}.{tenth}"),
        }
    }
}

/// A text that is not a percentile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a percentile: expected `p` and a number above 0 up to 100, like `p95` or `p99.9`")]
pub struct ParsePercentileError(String);

impl FromStr for Percentile {
    type Err = ParsePercentileError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let tenths = || {
            let number = text.strip_prefix('p')?;
            let (whole, tenth) = number.split_once('.').unwrap_or((number, "0"));
            let tenth = (tenth.len() == 1).then(|| tenth.parse::<u16>().ok())??;
            let tenths = whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(tenth)?;
            (0 < tenths && tenths <= 1_000).then_some(Self(tenths))
        };
        tenths().ok_or_else(|| ParsePercentileError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_are_inverse() {
        for tenths in [1, 9, 10, 500, 995, 999, 1_000] {
            let percentile = Percentile::tenths(tenths);
            assert_eq!(percentile.to_string().parse(), Ok(percentile));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "p", "95", "p0", "p101", "p99.99", "p9999", "p-1", "p1."] {
            assert!(text.parse::<Percentile>().is_err(), "{text}");
        }
    }
}
