//! Versions of engines.

use std::borrow::Cow;
use std::fmt;

/// A version of an engine, as AWS writes it: `15.17`, `8.0.mysql_aurora.3.10.6`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EngineVersion(Cow<'static, str>);

impl EngineVersion {
    pub(super) const fn literal(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first `count` parts, `8.4` of `8.4.11`.
    pub(super) fn line(&self, count: usize) -> String {
        self.0.split('.').take(count).collect::<Vec<_>>().join(".")
    }

    /// The one of `known` a reader most probably wants instead: the next newer of the same line, else the newest of
    /// it, else the newest of all. `known` is in ascending order.
    pub(in crate::data) fn nearest<'k>(&self, known: &[&'k str], line: usize) -> Option<&'k str> {
        let given = numbers(&self.0);
        let same_line =
            || known.iter().filter(|version| numbers(version).iter().take(line).eq(given.iter().take(line)));
        let newer = same_line().find(|version| numbers(version) > given);
        newer.or_else(|| same_line().next_back()).or(known.last()).copied()
    }
}

fn numbers(version: &str) -> Vec<u32> {
    let digits = version.split(|letter: char| !letter.is_ascii_digit());
    digits.filter(|part| !part.is_empty()).map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

impl From<&'static str> for EngineVersion {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for EngineVersion {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl fmt::Display for EngineVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_version_is_the_next_of_the_same_line() {
        let known = ["14.24", "15.10", "15.12", "17.11"];
        let nearest = |text: &'static str| EngineVersion::from(text).nearest(&known, 1);
        assert_eq!(nearest("15.3"), Some("15.10"));
        assert_eq!(nearest("15.11"), Some("15.12"));
        assert_eq!(nearest("15.99"), Some("15.12"));
        assert_eq!(nearest("9.6"), Some("17.11"));
        assert_eq!(nearest("banana"), Some("17.11"));
    }
}
