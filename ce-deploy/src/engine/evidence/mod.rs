//! What other services say about a failure, asked once it is over.
//!
//! What for: CloudFormation often passes on no more than that something did not become stable, or that somebody may not.
//! An [`Explained`] operation runs as it would alone. When it ended, and stacks failed, the services that know more are
//! asked: ECS why tasks stopped, CloudWatch Logs what a custom resource's function wrote, CloudTrail which call was refused.
//!
//! ```
//! use std::sync::Arc;
//! use ce_deploy::assembly::Assembly;
//! use ce_deploy::engine::{Depth, Errand, Event, Explained, Moment, Operation, Options};
//! # let assembly = Arc::new(Assembly { folder: "ce.out".into(), digest: String::new(), stacks: vec![], assets: vec![] });
//! let mut errand = Errand::attach(Arc::clone(&assembly), Options::default());
//! let mut explained = Explained::new(&mut errand, assembly, Depth::Services);
//! let actions = explained.step(Moment(0), Event::Started);
//! # let _ = actions;
//! ```
//!
//! By default at most three causes are looked into, each with at most six calls that read, for at most eight seconds; a call
//! that is throttled is sent again.
//! They go to the role that the assembly names for looking, or to the one that deploys. Who may not look, and what gives
//! no answer, costs a line that says so.
//!
//! What it does not do: change anything, least of all the outcome, which it hands on as it is. Lines of logs are not read
//! unless they are asked for: programs of the user wrote them, and nobody can know what is in them.

mod explained;
mod finding;
mod function;
mod lead;
mod search;
mod service;
mod trail;

pub use explained::{Depth, Explained};
pub use finding::{Evidence, Note, Source};
