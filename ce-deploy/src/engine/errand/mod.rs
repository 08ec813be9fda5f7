//! What is done with stacks that are there: wait, cancel, recover, look for drift, move
//! resources, destroy.
//!
//! What for: everything but a deployment. Each errand looks whose account it is and what is there, then goes to each stack.
//!
//! ```
//! use std::sync::Arc;
//! use ce_deploy::assembly::Assembly;
//! use ce_deploy::engine::{Errand, Event, Moment, Operation, Options};
//! # let assembly = Arc::new(Assembly { folder: "ce.out".into(), digest: String::new(), stacks: vec![], assets: vec![] });
//! let mut errand = Errand::attach(assembly, Options::default());
//! let actions = errand.step(Moment(0), Event::Started);
//! # let _ = actions;
//! ```
//!
//! By default all stacks of the assembly are meant. A deletion asks first, and never lifts the protection of a stack.
//! What it does not do: change a template. That is a deployment's.

mod attaching;
mod cancelling;
mod destroying;
mod drifting;
mod ending;
mod moving;
mod purpose;
mod recovering;
mod reducer;
mod remedy;
mod report;
mod subject;
mod watching;

pub use moving::Move;
pub use reducer::Errand;
pub use remedy::{Loss, Recovery, Remedy};
pub use report::Report;
