//! A trace of a value that does not show it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cloud::Secret;
use crate::digest::sha256;

/// Sixteen bits of the SHA-256 of a parameter's name and value: enough to see that a value changed, too few to find it
/// by trying (of a thousand million guesses fifteen thousand fit).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of a parameter's value.
    pub fn of(stack: &str, parameter: &str, value: &Secret) -> Self {
        let mut digest = sha256(format!("{stack}\n{parameter}\n{}", value.reveal()));
        digest.truncate(4);
        Self(digest)
    }

    /// That of a value which the stack keeps, whatever it is.
    pub fn kept() -> Self {
        Self("kept".to_owned())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
