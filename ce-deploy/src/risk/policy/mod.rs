//! Policies of IAM, compared by what they allow.
//!
//! Two documents are compared as sets of requests. The new one is broader if it allows a request that the old one does
//! not, or no longer denies one. Each statement is cut into the smallest parts (an action, a resource, a principal, under
//! a condition); a part is no news if one part of the old document covers it.
//!
//! ```
//! use ce_deploy::risk::policy::Policy;
//! let policy = |action: &str| {
//!     let text = format!(r#"{{"Statement": {{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}}}"#);
//!     Policy::parse(text.as_bytes())
//! };
//! assert!(policy("s3:GetObject").gains_over(&policy("s3:Get*")).is_empty());
//! assert_eq!(policy("s3:*").gains_over(&policy("s3:Get*")).len(), 1);
//! ```
//!
//! What cannot be read or compared counts as broader. What is not done: to know which actions a service has, so that
//! two patterns for the same actions are different.

mod condition;
mod document;
mod gain;
mod patterns;
mod principals;
mod statement;
mod wildcard;

pub use document::Policy;
pub(crate) use gain::Gain;
pub(crate) use principals::Accounts;
