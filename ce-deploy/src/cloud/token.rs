//! The token that makes an operation ours.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digest::sha256;

/// A client request token: the same for the same operation of the same plan, so that a killed run finds its own
/// operation again and CloudFormation takes a repeated request once.
///
/// At most 128 characters of `[a-zA-Z0-9][-a-zA-Z0-9]*`.
/// Source: CloudFormation API reference, `ClientRequestToken`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Token(String);

impl Token {
    /// The token of an operation: what plan it belongs to, on which stack, what it does, and which try it is.
    ///
    /// ```
    /// use ce_deploy::cloud::Token;
    /// let token = Token::of("6b1f", "shop-network", "execute", 1);
    /// assert_eq!(token, Token::of("6b1f", "shop-network", "execute", 1));
    /// assert_ne!(token, Token::of("6b1f", "shop-network", "execute", 2));
    /// assert!(token.as_str().starts_with("ce-execute-1-"));
    /// ```
    pub fn of(plan: &str, stack: &str, operation: &str, attempt: u32) -> Self {
        let digest = sha256(format!("{plan}\n{stack}\n{operation}\n{attempt}"));
        Self(format!("ce-{operation}-{attempt}-{}", &digest[..32]))
    }

    /// A token that a service or a journal gave; it may be anybody's.
    pub fn given(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether ce made it, whoever ran it.
    pub fn is_of_ce(&self) -> bool {
        self.0.starts_with("ce-")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
