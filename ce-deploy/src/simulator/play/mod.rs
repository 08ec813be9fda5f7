//! Playing an engine on the simulated cloud, in virtual time, with faults; and judging what came of it.
//!
//! ```
//! use std::sync::Arc;
//! use ce_deploy::assembly::Assembly;
//! use ce_deploy::engine::{Deployment, Exit, Judge, Options};
//! use ce_deploy::simulator::play::Scenario;
//! use ce_synth::schema::Schemas;
//!
//! static NONE: Schemas = Schemas::new(b"");
//! let nothing = Arc::new(Assembly { folder: "ce.out".into(), digest: String::new(), stacks: vec![], assets: vec![] });
//! let played = Scenario::new(vec![nothing], Judge::new(|_| vec![])).play(&NONE);
//! assert_eq!(played.breaches(), []);
//! assert_eq!(played.runs[0].outcome.as_ref().unwrap().exit, Exit::Done);
//! ```
//!
//! A [`Scenario`] deploys one assembly after another. A run that is killed is begun again, with the journal it left. In
//! the end all faults are healed and the last assembly is deployed once more: now it must end. [`Played::breaches`]
//! holds the whole against what must always hold, I1 to I13 of the design; [`Scenario::shrink`] makes a scenario that
//! breaks it as small as it can, and [`Scenario::code`] writes it down as a test.

mod breach;
mod disk;
mod driver;
mod judging;
mod run;
mod scenario;
mod shrink;
mod surroundings;
mod world;

pub use breach::{Breach, Invariant};
pub use run::{Command, Left, Run, Sent, Stopped};
pub use scenario::{Played, Scenario};
