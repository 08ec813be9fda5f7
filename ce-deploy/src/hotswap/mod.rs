//! Changes that need no deployment: which they are, and what is sent to make them.
//!
//! What for: while somebody works on an app, most changes are a function's code, a container's image or a variable. A
//! hotswap sets such a property past CloudFormation, through Cloud Control, in seconds. CloudFormation does not hear of
//! it: the stack then differs from what it knows, which is drift made on purpose. So it is written to the
//! [journal](crate::journal) first, and the next deployment brings the stack back in step.
//!
//! ```
//! use ce_deploy::hotswap::is_swappable;
//! assert!(is_swappable("AWS::Lambda::Function", "Code"));
//! assert!(!is_swappable("AWS::Lambda::Function", "Role"));
//! assert!(!is_swappable("AWS::DynamoDB::Table", "BillingMode"));
//! ```
//!
//! What you get: [`decide`] says of every difference of a stack whether it can be swapped, and where one cannot, which and
//! why. All of them can, or none is. Only the properties in one short list are ever set; nothing that holds data, gives
//! a permission or opens a network is in it, and whatever somebody would be asked about is not swapped either.
//!
//! What it does not do: nested stacks, tags, outputs, published versions of functions. `docs/hotswap.md` says why.

mod aim;
mod back;
mod decide;
mod identity;
mod known;
mod obstacle;
mod patch;
mod pointer;
mod revision;
mod swappable;
mod typed;

pub use aim::{Aim, Decision};
pub(crate) use back::back;
pub use decide::{Question, decide};
pub(crate) use known::Known;
pub use obstacle::Obstacle;
pub(crate) use patch::{Order, order, values};
pub use swappable::{is_swappable, types};
