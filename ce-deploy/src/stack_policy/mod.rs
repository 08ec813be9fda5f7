//! Stack policies: what the service itself refuses to do to a resource, whoever asks.
//!
//! What for: a stack policy holds CloudFormation to what was agreed to, also where ce missed something, and also against
//! a person in the console or another tool. [`StackPolicy`] is anybody's, [`Held`] the one that ce writes.
//!
//! ```
//! use ce_deploy::stack_policy::{Held, StackPolicy, Update};
//! let text = Held::new(["Orders".to_owned()]).text();
//! let policy: StackPolicy = text.parse()?;
//! assert!(policy.denial(Update::Replace, "Orders", "AWS::DynamoDB::Table").is_some());
//! assert!(policy.denial(Update::Modify, "Orders", "AWS::DynamoDB::Table").is_none());
//! # Ok::<(), ce_deploy::stack_policy::NoStackPolicy>(())
//! ```
//!
//! What it does not do: hold a stack against its deletion. A stack policy applies only while a stack is updated.
//! Source: user guide, "Prevent updates to stack resources".

mod held;
mod pattern;
mod policy;
mod update;

pub use held::Held;
pub use policy::{NoStackPolicy, StackPolicy};
pub use update::Update;

/// So many bytes a policy has at most. Source: the service model `cloudformation/2010-05-15`, `StackPolicyBody`.
pub const LARGEST: usize = 16_384;
