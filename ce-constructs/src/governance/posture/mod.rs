//! How well the account keeps to standards: Security Hub.

mod hub;
mod insight;
mod standard;

pub use hub::{SecurityPosture, SecurityPostureBuilder};
pub use insight::{GroupBy, Insight};
pub use standard::Standard;
