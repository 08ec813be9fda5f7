//! What canaries run on.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A version of what a canary's script runs on, `syn-nodejs-5.2`.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_Library.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CanaryRuntime(Cow<'static, str>);

impl CanaryRuntime {
    /// `syn-nodejs-5.2`: Node.js 22 without a browser.
    pub const NODEJS_5_2: Self = Self::new("syn-nodejs-5.2");

    /// A version by its name.
    ///
    /// # Panics
    /// If it does not begin with `syn-`; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(well_formed(name.as_bytes()), "a runtime of canaries begins with `syn-`");
        Self(Cow::Borrowed(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn well_formed(name: &[u8]) -> bool {
    name.len() > 4 && name[0] == b's' && name[1] == b'y' && name[2] == b'n' && name[3] == b'-'
}

impl fmt::Display for CanaryRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no runtime of canaries.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a runtime of canaries: expected a name like `syn-nodejs-5.2`")]
pub struct ParseCanaryRuntimeError(String);

impl FromStr for CanaryRuntime {
    type Err = ParseCanaryRuntimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        formed.then(|| Self(Cow::Owned(text.to_owned()))).ok_or_else(|| ParseCanaryRuntimeError(text.to_owned()))
    }
}
