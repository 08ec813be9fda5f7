//! A trace of a value in the journal: who has the key can tell whether another value is the same.
//!
//! The values of parameters are often short or few, so a plain digest of one is found by trying. The key is random, and
//! is kept beside the journals, never in them: a journal that is copied or sent to somebody tells nothing.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cloud::Secret;
use crate::digest::hexadecimal;

/// What traces are made with: 32 random bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct TraceKey([u8; 32]);

impl TraceKey {
    /// A key of these bytes, which must be random and shown to nobody.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for TraceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹hidden›")
    }
}

/// A trace of a parameter's value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Trace(String);

impl Trace {
    /// The trace of a value; without a key it is like no other.
    ///
    /// ```
    /// use ce_deploy::cloud::Secret;
    /// use ce_deploy::journal::{Trace, TraceKey};
    /// let key = TraceKey::new([7; 32]);
    /// let trace = Trace::of(Some(&key), "shop", "Size", &Secret::new("1"));
    /// assert!(trace.is_of(Some(&key), "shop", "Size", &Secret::new("1")));
    /// assert!(!trace.is_of(Some(&key), "shop", "Size", &Secret::new("2")));
    /// assert!(!trace.is_of(None, "shop", "Size", &Secret::new("1")));
    /// ```
    pub fn of(key: Option<&TraceKey>, stack: &str, parameter: &str, value: &Secret) -> Self {
        let Some(TraceKey(key)) = key else { return Self("none".to_owned()) };
        // Each part says its length first. A hash of a hash, as in HMAC: what is known of the inner one helps nobody.
        let mut inner = Sha256::new();
        inner.update(key);
        for part in [stack, parameter, value.reveal()] {
            inner.update((part.len() as u64).to_be_bytes());
            inner.update(part);
        }
        let outer = Sha256::new().chain_update(key).chain_update(inner.finalize());
        Self(hexadecimal(&outer.finalize()))
    }

    /// That of a value which the service hides.
    pub fn hidden() -> Self {
        Self("kept".to_owned())
    }

    /// Whether it is of a value which the service hides.
    pub fn is_hidden(&self) -> bool {
        *self == Self::hidden()
    }

    /// Whether it is the trace of a value. What was traced without a key, or with another, is of none.
    pub fn is_of(&self, key: Option<&TraceKey>, stack: &str, parameter: &str, value: &Secret) -> bool {
        key.is_some() && *self == Self::of(key, stack, parameter, value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Trace, TraceKey};
    use crate::cloud::Secret;

    #[test]
    fn it_is_long_and_another_with_another_key() {
        let trace = |key: u8, stack: &str, name: &str| {
            Trace::of(Some(&TraceKey::new([key; 32])), stack, name, &Secret::new("hunter2"))
        };
        assert_eq!(trace(1, "shop", "Word").0.len(), 64);
        assert_ne!(trace(1, "shop", "Word"), trace(2, "shop", "Word"));
        assert_ne!(trace(1, "shop", "Word"), trace(1, "sho", "pWord"));
        assert_eq!(format!("{:?}", TraceKey::new([1; 32])), "‹hidden›");
    }

    #[test]
    fn what_an_earlier_version_wrote_is_of_no_value() {
        let earlier: Trace = serde_json::from_str("\"1f3a\"").unwrap();
        assert!(!earlier.is_of(Some(&TraceKey::new([1; 32])), "shop", "Size", &Secret::new("1")));
        assert!(serde_json::from_str::<Trace>("\"kept\"").unwrap().is_hidden());
    }
}
