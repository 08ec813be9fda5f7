//! Plans that move everything from one region to the other, in order.

mod freeze;
mod local;
mod permissions;
mod plan;
mod step;
mod template;

pub use plan::{RegionSwitch, RegionSwitchBuilder};
pub use step::SwitchStep;
