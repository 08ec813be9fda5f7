//! Sizes of cache nodes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::instance_class::has_form;

/// A size of cache nodes, such as `cache.r6g.large`.
///
/// ```
/// use ce_constructs::data::NodeType;
/// const LARGE: NodeType = NodeType::new("cache.r6g.large");
/// assert_eq!("cache.r6g.large".parse(), Ok(LARGE));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeType(Cow<'static, str>);

impl NodeType {
    /// `cache.t4g.micro`: 0.5 GiB, CPU that bursts.
    pub const T4G_MICRO: Self = Self(Cow::Borrowed("cache.t4g.micro"));
    /// `cache.t4g.medium`: 3.09 GiB, CPU that bursts.
    pub const T4G_MEDIUM: Self = Self(Cow::Borrowed("cache.t4g.medium"));
    /// `cache.m7g.large`: 6.38 GiB.
    pub const M7G_LARGE: Self = Self(Cow::Borrowed("cache.m7g.large"));
    /// `cache.r6g.large`: 13.07 GiB.
    pub const R6G_LARGE: Self = Self(Cow::Borrowed("cache.r6g.large"));
    /// `cache.r7g.large`: 13.07 GiB.
    pub const R7G_LARGE: Self = Self(Cow::Borrowed("cache.r7g.large"));

    /// The node type of this name.
    ///
    /// # Panics
    /// If the name has not the form `cache.family.size`; in a `const` that is a compile error. Text that is read at
    /// run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(has_form(name.as_bytes(), b"cache."), "a node type has the form `cache.family.size`: cache.r6g.large");
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

    /// Whether it is of a family whose CPU bursts, `t3` or `t4g`.
    pub fn bursts(&self) -> bool {
        self.family().starts_with('t')
    }
}

impl fmt::Display for NodeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is not a node type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a node type: expected `cache.family.size`, like `cache.r6g.large`")]
pub struct ParseNodeTypeError(String);

impl FromStr for NodeType {
    type Err = ParseNodeTypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if has_form(text.as_bytes(), b"cache.") {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(ParseNodeTypeError(text.to_owned()))
        }
    }
}
