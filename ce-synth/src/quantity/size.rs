//! An amount of memory or storage.

use std::fmt;
use std::str::FromStr;

/// An amount of memory or storage in whole MiB.
///
/// AWS says GB and means GiB; here the unit is written as what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size(u64);

impl Size {
    /// That many MiB (2^20 bytes).
    pub const fn mib(mib: u32) -> Self {
        Self(mib as u64)
    }

    /// That many GiB (2^30 bytes).
    pub const fn gib(gib: u32) -> Self {
        Self(gib as u64 * 1_024)
    }

    /// In MiB.
    pub const fn as_mib(self) -> u64 {
        self.0
    }

    /// In whole GiB, if it is that.
    pub const fn as_gib(self) -> Option<u64> {
        if self.0.is_multiple_of(1_024) { Some(self.0 / 1_024) } else { None }
    }

    /// In bytes.
    pub const fn as_bytes(self) -> u64 {
        self.0 << 20
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_gib() {
            Some(gib) => write!(f, "{gib}GiB"),
            None => write!(f, "{}MiB", self.0),
        }
    }
}

/// A text that is not a size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a size: expected a whole number and `MiB` or `GiB`, like `4GiB`")]
pub struct ParseSizeError(String);

impl FromStr for Size {
    type Err = ParseSizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = |number: &str, make: fn(u32) -> Self| number.parse().map(make).ok();
        let mib = text.strip_suffix("MiB").and_then(|number| parse(number, Self::mib));
        let gib = || text.strip_suffix("GiB").and_then(|number| parse(number, Self::gib));
        mib.or_else(gib).ok_or_else(|| ParseSizeError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_are_inverse() {
        for size in [Size::mib(512), Size::gib(0), Size::gib(4)] {
            assert_eq!(size.to_string().parse(), Ok(size));
        }
        assert!("4GB".parse::<Size>().is_err());
    }
}
