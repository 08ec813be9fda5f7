//! Names of repositories on GitHub.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A repository on GitHub, `owner/name`, checked when it is made.
///
/// ```
/// use ce_constructs::delivery::GitHubRepository;
/// const SHOP: GitHubRepository = GitHubRepository::new("example/shop"); // checked by the compiler
/// assert_eq!("example/shop".parse(), Ok(SHOP));
/// assert!("example/*".parse::<GitHubRepository>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GitHubRepository(Cow<'static, str>);

impl GitHubRepository {
    /// The repository of this name.
    ///
    /// # Panics
    /// If it is not `owner/name`; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(well_formed(name.as_bytes()), "a repository is an owner and a name, like \"example/shop\"");
        Self(Cow::Borrowed(name))
    }

    /// `owner/name`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters, digits, `-`, and in the name `.` and `_` too; one slash between.
const fn well_formed(name: &[u8]) -> bool {
    let mut place = 0;
    let mut slash = 0;
    while place < name.len() {
        let letter = name[place];
        let plain = letter.is_ascii_alphanumeric() || letter == b'-' || letter == b'_' || (letter == b'.' && slash > 0);
        if letter == b'/' && slash == 0 {
            slash = place;
        } else if !plain {
            return false;
        }
        place += 1;
    }
    slash > 0 && slash + 1 < name.len() && name.len() <= 140
}

impl fmt::Display for GitHubRepository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for GitHubRepository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is not a repository.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a repository: expected an owner and a name, like `example/shop`")]
pub struct ParseGitHubRepositoryError(String);

impl FromStr for GitHubRepository {
    type Err = ParseGitHubRepositoryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        formed.then(|| Self(Cow::Owned(text.to_owned()))).ok_or_else(|| ParseGitHubRepositoryError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        for text in ["example/shop", "Ex-ample/.github", "a/b_c.d"] {
            assert_eq!(text.parse::<GitHubRepository>().map(|name| name.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "shop", "/shop", "example/", "a/b/c", "example/*", "a b/c", "repo:a/b"] {
            assert!(text.parse::<GitHubRepository>().is_err(), "{text}");
        }
    }
}
