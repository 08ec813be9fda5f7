//! Who hears of what, by how much it hurts.

mod channel;
mod chat;
#[expect(clippy::module_inception, reason = "the chapter is named by its main type")]
mod escalation;
mod tier;

pub use channel::{Channel, SlackChannel};
pub use escalation::{Escalation, EscalationBuilder};
pub use tier::AlarmTier;
