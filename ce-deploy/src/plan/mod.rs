//! What will be done, as a file that can be read, agreed to and carried out later.
//!
//! What for: `plan` writes it, people and programs read it, `apply` carries out exactly this or refuses.
//!
//! ```
//! use ce_deploy::{engine::Moment, plan::Plan};
//! let plan = Plan::new("6b1f", Moment(86_400_000), vec![]);
//! let text = plan.to_json();
//! assert_eq!(Plan::read(&text), Ok(plan.clone()));
//! assert!(Plan::read(&text.replace("6b1f", "6b1e")).is_err());
//! ```
//!
//! By default it is deterministic: the same assembly on the same stacks gives the same bytes but for the names AWS gives
//! to change sets, and its digest does not depend on those. It holds no secret: of each parameter only a short fingerprint, which shows that a value changed and
//! not which it is.
//!
//! What it does not do: promise. The service may change between plan and apply; whatever can be compared is compared
//! again before anything is executed.

mod approval;
mod content;
mod document;
mod fingerprint;
mod moving;
mod order;
mod step;

pub use approval::{Approval, Ask, Decision};
pub use document::{Plan, PlanError};
pub use fingerprint::Fingerprint;
pub use moving::{MovePlan, MovingResource, MovingStack};
pub use order::{Direction, Order};
pub(crate) use step::digest_of_changes;
pub use step::{ChangeSetPlan, Later, Seen, StackPlan, Step, Then};
