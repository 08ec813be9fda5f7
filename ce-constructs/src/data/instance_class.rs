//! Sizes of database instances.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A size of database instances, such as `db.r6g.large`.
///
/// ```
/// use ce_constructs::data::InstanceClass;
/// const LARGE: InstanceClass = InstanceClass::new("db.r6g.large");
/// assert_eq!("db.r6g.large".parse(), Ok(LARGE));
/// assert!("r6g.large".parse::<InstanceClass>().is_err());
/// ```
///
/// Whether an engine takes it is a finding of the database that uses it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InstanceClass(Cow<'static, str>);

impl InstanceClass {
    /// `db.t4g.medium`: 2 vCPU that burst, 4 GiB.
    pub const T4G_MEDIUM: Self = Self(Cow::Borrowed("db.t4g.medium"));
    /// `db.t4g.large`: 2 vCPU that burst, 8 GiB.
    pub const T4G_LARGE: Self = Self(Cow::Borrowed("db.t4g.large"));
    /// `db.r6g.large`: 2 vCPU, 16 GiB.
    pub const R6G_LARGE: Self = Self(Cow::Borrowed("db.r6g.large"));
    /// `db.r6g.xlarge`: 4 vCPU, 32 GiB.
    pub const R6G_XLARGE: Self = Self(Cow::Borrowed("db.r6g.xlarge"));
    /// `db.r7g.large`: 2 vCPU, 16 GiB.
    pub const R7G_LARGE: Self = Self(Cow::Borrowed("db.r7g.large"));
    /// `db.serverless`: sized by its load. Set by `Capacity::Serverless`.
    pub(crate) const SERVERLESS: Self = Self(Cow::Borrowed("db.serverless"));

    /// The class of this name.
    ///
    /// # Panics
    /// If the name has not the form `db.family.size`; in a `const` that is a compile error. Text that is read at run
    /// time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(has_form(name.as_bytes(), b"db."), "an instance class has the form `db.family.size`: db.r6g.large");
        Self(Cow::Borrowed(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part between the dots, `r6g`.
    pub fn family(&self) -> &str {
        self.0.split('.').nth(1).unwrap_or_default()
    }

    /// The part after the second dot, `large`.
    pub fn size(&self) -> &str {
        self.0.splitn(3, '.').nth(2).unwrap_or_default()
    }

    /// Its memory, in GiB; none of what has no size of its own, or a family that is not known here.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html>
    pub(crate) fn memory_gib(&self) -> Option<f64> {
        let large = match self.family().get(..1)? {
            "m" | "t" => 8.0,
            "r" => 16.0,
            "x" => 32.0,
            _ => return None,
        };
        let share = match self.size() {
            "micro" => 0.125,
            "small" => 0.25,
            "medium" => 0.5,
            "large" => 1.0,
            "xlarge" => 2.0,
            more => 2.0 * f64::from(more.strip_suffix("xlarge")?.parse::<u16>().ok()?),
        };
        Some(large * share)
    }

    /// Whether it is of a family whose CPU bursts, `t3` or `t4g`.
    pub fn bursts(&self) -> bool {
        self.family().starts_with('t')
    }
}

/// `prefix`, then a family and a size of small letters, digits and `-`, with a dot between.
pub(crate) const fn has_form(name: &[u8], prefix: &[u8]) -> bool {
    if name.len() <= prefix.len() {
        return false;
    }
    let mut place = 0;
    let mut dots = 0;
    while place < name.len() {
        let letter = name[place];
        if place < prefix.len() && letter != prefix[place] {
            return false;
        }
        if letter == b'.' {
            dots += 1;
            if place + 1 == name.len() || name[place + 1] == b'.' {
                return false;
            }
        } else if !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && letter != b'-' {
            return false;
        }
        place += 1;
    }
    dots == 2
}

impl fmt::Display for InstanceClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is not an instance class.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an instance class: expected `db.family.size`, like `db.r6g.large`")]
pub struct ParseInstanceClassError(String);

impl FromStr for InstanceClass {
    type Err = ParseInstanceClassError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if has_form(text.as_bytes(), b"db.") {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(ParseInstanceClassError(text.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read() {
        let class = InstanceClass::new("db.t3.micro");
        assert_eq!((class.family(), class.size(), class.bursts()), ("t3", "micro", true));
        assert_eq!(class.memory_gib(), Some(1.0));
    }

    #[test]
    fn memory_follows_family_and_size() {
        let gib = |name: &'static str| InstanceClass::new(name).memory_gib();
        assert_eq!((gib("db.t3.medium"), gib("db.m7g.xlarge")), (Some(4.0), Some(16.0)));
        assert_eq!((gib("db.r6g.large"), gib("db.r5.24xlarge")), (Some(16.0), Some(768.0)));
        assert_eq!((gib("db.x2g.16xlarge"), gib("db.z1d.large")), (Some(1_024.0), None));
        assert_eq!(InstanceClass::SERVERLESS.memory_gib(), None);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in
            ["", "db", "db.", "db.r6g", "db..large", "db.r6g.", "db.R6g.large", "cache.r6g.large", "db.r6g.large.x"]
        {
            assert!(text.parse::<InstanceClass>().is_err(), "{text}");
        }
    }
}
