//! The name of something IAM may allow or deny.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An action of a service, `service:Name`, as policies name it.
///
/// A literal is checked when it is made, by the compiler in a `const`; text that is read at run time is parsed:
///
/// ```
/// use ce_constructs::security::Action;
/// const READ: Action = Action::new("s3:GetObject");
/// assert_eq!("s3:GetObject".parse(), Ok(READ));
/// assert!("GetObject".parse::<Action>().is_err());
/// ```
///
/// The service's prefix and the action's name are not looked up: the list at
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
/// grows every week.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action(Cow<'static, str>);

impl Action {
    /// The action of this name.
    ///
    /// # Panics
    /// If it is not `service:Name`; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(well_formed(name.as_bytes()), "an action is a service and a name, like \"s3:GetObject\"");
        Self(Cow::Borrowed(name))
    }

    /// The name, as a policy has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it stands for more than one action, as `s3:Get*` does.
    pub fn is_wildcard(&self) -> bool {
        self.0.contains(['*', '?'])
    }
}

/// `*`, or a lower-case service prefix, a colon, and a name of letters, digits and wildcards.
const fn well_formed(name: &[u8]) -> bool {
    if name.len() == 1 && name[0] == b'*' {
        return true;
    }
    let mut place = 0;
    while place < name.len()
        && (name[place].is_ascii_lowercase() || name[place].is_ascii_digit() || name[place] == b'-')
    {
        place += 1;
    }
    if place == 0 || place + 1 >= name.len() || name[place] != b':' {
        return false;
    }
    place += 1;
    while place < name.len() && (name[place].is_ascii_alphanumeric() || name[place] == b'*' || name[place] == b'?') {
        place += 1;
    }
    place == name.len()
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is not an action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an action: expected a service and a name, like `s3:GetObject`")]
pub struct ParseActionError(String);

impl FromStr for Action {
    type Err = ParseActionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        formed.then(|| Self(Cow::Owned(text.to_owned()))).ok_or_else(|| ParseActionError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        for text in
            ["s3:GetObject", "kms:GenerateDataKey*", "*", "application-autoscaling:RegisterScalableTarget", "s3:*"]
        {
            assert_eq!(text.parse::<Action>().map(|action| action.to_string()), Ok(text.to_owned()));
        }
        for text in ["", ":", "s3:", "s3", ":Get", "S3:GetObject", "s3:Get Object", "s3:Get:Object", "**"] {
            assert!(text.parse::<Action>().is_err(), "{text}");
        }
    }

    #[test]
    fn wildcards_are_seen() {
        assert!(Action::new("s3:Get*").is_wildcard());
        assert!(Action::new("s3:Ge?Object").is_wildcard());
        assert!(!Action::new("s3:GetObject").is_wildcard());
    }
}
