//! What somebody must agree to before it is done.
//!
//! A [`Risk`] is one reason to ask: a permission that grows, a way in that opens, a safeguard that goes, data that would
//! be lost, a resource that is not there for a while. It names the resource, the line that made it, what causes it, and
//! what it takes to go on.

mod assess;
mod change;
mod class;
mod finding;
mod held;
mod kind;
mod network;
mod overview;
pub mod policy;
mod rules;
mod settings;

pub use assess::assess;
pub use class::{Consent, Gravity, RiskClass};
pub use finding::Risk;
pub(crate) use held::held_export;
pub use kind::Kind;
pub use overview::{OfClass, OfKind, Overview, Shown};
pub use settings::assess_settings;
