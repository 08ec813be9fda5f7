//! Changes that need no deployment, made past CloudFormation: all of them, or none.
//!
//! What for: `ce watch`. It compares each stack with what CloudFormation knows of it. If every difference of every stack
//! can be swapped ([`decide`](crate::hotswap::decide)), files are published, the journal is written, and the resources are
//! changed. If one cannot, nothing is called that changes anything, and the outcome says why for each.
//!
//! ```
//! use std::sync::Arc;
//! use ce_deploy::assembly::Assembly;
//! use ce_deploy::engine::{Event, Hotswap, Moment, Operation, Options};
//! # let assembly = Arc::new(Assembly { folder: "ce.out".into(), digest: String::new(), stacks: vec![], assets: vec![] });
//! let mut hotswap = Hotswap::new(assembly, &ce_cfn::SCHEMAS, Options::default());
//! let actions = hotswap.step(Moment(0), Event::Started);
//! # let _ = actions;
//! ```
//!
//! What it does not do: make a stack, ask anybody, or fall back to a deployment. That is its caller's.

mod deciding;
mod ending;
mod purpose;
mod reducer;
mod report;
mod swapping;
mod work;

pub use reducer::Hotswap;
pub use report::HotswapReport;
