//! The zone that times are of.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A time zone by its name in the IANA database, `Europe/Berlin`.
///
/// ```
/// use ce_constructs::operations::TimeZone;
/// const BERLIN: TimeZone = TimeZone::new("Europe/Berlin"); // its form is checked by the compiler
/// assert_eq!("Europe/Berlin".parse(), Ok(BERLIN));
/// assert!("CET+1 hour".parse::<TimeZone>().is_err());
/// ```
///
/// Its form is checked, not that there is such a zone: the database is not ours to keep.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TimeZone(Cow<'static, str>);

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: Self = Self::new("UTC");

    /// The zone of this name.
    ///
    /// # Panics
    /// If it cannot be one; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(well_formed(name.as_bytes()), "a time zone is like \"Europe/Berlin\" or \"UTC\"");
        Self(Cow::Borrowed(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `UTC`, or an area and a place of letters, digits, `_`, `+` and `-`.
const fn well_formed(name: &[u8]) -> bool {
    if name.len() == 3 && name[0] == b'U' && name[1] == b'T' && name[2] == b'C' {
        return true;
    }
    let (mut place, mut part, mut parts) = (0, 0, 1);
    while place < name.len() {
        let letter = name[place];
        if letter == b'/' && part > 0 {
            parts += 1;
            part = 0;
        } else if letter.is_ascii_alphanumeric() || letter == b'_' || letter == b'+' || letter == b'-' {
            part += 1;
        } else {
            return false;
        }
        place += 1;
    }
    parts >= 2 && parts <= 3 && part > 0
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time zone: expected a name like `Europe/Berlin` or `UTC`")]
pub struct ParseTimeZoneError(String);

impl FromStr for TimeZone {
    type Err = ParseTimeZoneError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        formed.then(|| Self(Cow::Owned(text.to_owned()))).ok_or_else(|| ParseTimeZoneError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        for text in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"] {
            assert_eq!(text.parse::<TimeZone>().map(|zone| zone.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "Berlin", "/Berlin", "Europe/", "a/b/c/d", "Europe/Ber lin", "utc"] {
            assert!(text.parse::<TimeZone>().is_err(), "{text}");
        }
    }
}
