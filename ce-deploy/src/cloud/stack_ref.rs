//! How a call names a stack.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A stack's name or its ARN (`StackId`).
///
/// A name can come to mean another stack after a deletion, an ARN cannot: once an ARN is known, it is used.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StackRef(String);

impl StackRef {
    /// By name.
    pub fn name(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// By ARN.
    pub fn id(arn: impl Into<String>) -> Self {
        Self(arn.into())
    }

    /// The text a call carries.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is an ARN.
    pub fn is_id(&self) -> bool {
        self.0.starts_with("arn:")
    }
}

impl fmt::Display for StackRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
