//! What can go wrong, as data.
//!
//! A [`Fault`] is a kind and when it strikes. A schedule is a list of them; the same schedule, settings and calls make
//! the same run. Faults strike a number of times and then are over: a cloud always heals.
//!
//! ```
//! use ce_deploy::simulator::{Fault, FaultKind};
//! let fault = Fault::new(FaultKind::Throttle).on("DescribeStackEvents").nth(3).times(5);
//! assert_eq!(fault.to_string(), "Throttle on DescribeStackEvents nth 3 times 5");
//! ```

mod active;
#[expect(clippy::module_inception, reason = "the type of the module's name has a file as every other")]
mod fault;
mod kind;
mod schedule;
mod written;

pub(super) use active::Active;
pub(super) use active::Struck;
pub use fault::Fault;
pub use kind::{Chance, FaultKind};
pub use schedule::Schedule;
pub use written::FaultSyntax;
