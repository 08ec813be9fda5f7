//! Actions that steps use.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An action of the marketplace at a version, `owner/name@ref`, or one of the repository itself, `./path`.
///
/// ```
/// use ce_constructs::delivery::ActionRef;
/// const CACHE: ActionRef = ActionRef::new("example/cache@0123456789abcdef0123456789abcdef01234567").version("v1.2.3");
/// assert!(CACHE.is_pinned());
/// assert!(!"example/cache@v1".parse::<ActionRef>()?.is_pinned());
/// # Ok::<(), ce_constructs::delivery::ParseActionRefError>(())
/// ```
///
/// A tag may be moved to other code by whoever owns the action; a commit may not. What is not pinned to a commit is a
/// finding (`CE8504`).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ActionRef {
    text: Cow<'static, str>,
    version: Option<&'static str>,
}

/// The actions that workflows of this chapter use, by the commits that their repositories tag with these versions.
const fn pinned(text: &'static str, version: &'static str) -> ActionRef {
    ActionRef::new(text).version(version)
}

/// <https://github.com/actions/checkout>
pub(in crate::delivery) const CHECKOUT: ActionRef =
    pinned("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1");
/// <https://github.com/actions/upload-artifact>
pub(in crate::delivery) const UPLOAD: ActionRef =
    pinned("actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0");
/// <https://github.com/actions/download-artifact>
pub(in crate::delivery) const DOWNLOAD: ActionRef =
    pinned("actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1");
/// <https://github.com/aws-actions/configure-aws-credentials>
pub(in crate::delivery) const SIGN_IN: ActionRef =
    pinned("aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c", "v6.2.3");
/// <https://github.com/github/codeql-action>
pub(in crate::delivery) const CODEQL_INIT: ActionRef =
    pinned("github/codeql-action/init@8aad20d150bbac5944a9f9d289da16a4b0d87c1e", "v4.36.2");
/// <https://github.com/github/codeql-action>
pub(in crate::delivery) const CODEQL_ANALYZE: ActionRef =
    pinned("github/codeql-action/analyze@8aad20d150bbac5944a9f9d289da16a4b0d87c1e", "v4.36.2");
/// <https://github.com/snyk/actions>, whose tags are older than what its page recommends.
pub(in crate::delivery) const SNYK: ActionRef =
    pinned("snyk/actions/setup@10a13eb1b556d09c820d6dbc05233e68b30f10b0", "master of 2025-08-25");

impl ActionRef {
    /// The action.
    ///
    /// # Panics
    /// If it is neither `owner/name@ref` nor `./path`; in a `const` that is a compile error. Text that is read at run
    /// time is parsed.
    #[track_caller]
    pub const fn new(text: &'static str) -> Self {
        assert!(
            well_formed(text.as_bytes()),
            "an action is an owner, a name and a version, like \"actions/checkout@v4\""
        );
        Self { text: Cow::Borrowed(text), version: None }
    }

    /// The version that its commit is, for those who read the workflow. Default: none.
    pub const fn version(mut self, version: &'static str) -> Self {
        self.version = Some(version);
        self
    }

    /// The text, as a workflow has it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether its code cannot change: it is that of a commit, or of the repository itself.
    pub fn is_pinned(&self) -> bool {
        let of_commit =
            |reference: &str| reference.len() == 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.text.starts_with("./") || self.text.rsplit_once('@').is_some_and(|(_, reference)| of_commit(reference))
    }

    pub(super) fn comment(&self) -> Option<&'static str> {
        self.version
    }
}

const fn well_formed(text: &[u8]) -> bool {
    let (mut slashes, mut at, mut place) = (0, 0, 0);
    while place < text.len() {
        match text[place] {
            b'/' => slashes += 1,
            b'@' if at == 0 && slashes > 0 => at = place,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {}
            _ => return false,
        }
        place += 1;
    }
    let own = text.len() > 2 && text[0] == b'.' && text[1] == b'/';
    own || (at > 2 && at + 1 < text.len() && text[0] != b'/')
}

impl fmt::Display for ActionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ActionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A text that is not an action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an action: expected an owner, a name and a version, like `actions/checkout@v4`")]
pub struct ParseActionRefError(String);

impl FromStr for ActionRef {
    type Err = ParseActionRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        let action = || Self { text: Cow::Owned(text.to_owned()), version: None };
        formed.then(action).ok_or_else(|| ParseActionRefError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        for text in ["actions/checkout@v4", "github/codeql-action/init@abc", "./.github/actions/build"] {
            assert_eq!(text.parse::<ActionRef>().map(|action| action.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "checkout", "actions/checkout", "actions/checkout@", "@v4", "a/b@c@d", "a/b@${{ x }}"] {
            assert!(text.parse::<ActionRef>().is_err(), "{text}");
        }
    }

    #[test]
    fn all_of_our_own_are_pinned() {
        for action in [CHECKOUT, UPLOAD, DOWNLOAD, SIGN_IN, CODEQL_INIT, CODEQL_ANALYZE, SNYK] {
            assert!(action.is_pinned() && action.comment().is_some(), "{action}");
        }
    }
}
