//! What is done when something happens: rules of EventBridge.

mod event_rule;
mod matching;
mod pattern;
mod target;

pub use event_rule::{EventRule, EventRuleBuilder};
pub use matching::Match;
pub use pattern::{AlarmState, EventPattern};
pub use target::EventTarget;
