//! A simulator of CloudFormation, in virtual time.
//!
//! What for: the engine is tried on it with thousands of faults, and `ce simulate` plays a deployment of an assembly
//! without an account. It speaks the language of [`cloud`](crate::cloud), as the AWS SDK does.
//!
//! What you get by default: a service that answers at once and truly, takes three seconds for a resource, and never
//! fails. [`Settings`] make it slow and late.
//!
//! What it does not do: make anything. It knows a resource as properties and an id; no policy of IAM is evaluated and no
//! macro run. Each behaviour is documented, observed or assumed; `docs/simulator.md` says which.

mod answer;
mod bucket;
mod budget;
mod change_set;
mod control;
mod dice;
mod drift;
mod evidence;
mod export;
mod fault;
mod gate;
mod intruder;
mod ledger;
mod mutate;
mod operation;
mod paging;
mod parameters;
mod patch;
mod place;
pub mod play;
mod provider;
mod read;
mod refactor;
mod service;
mod settings;
#[expect(clippy::module_inception, reason = "the type of the module's name has a file as every other")]
mod simulator;
mod stack;
mod stack_policy;
mod template;
mod truth;
mod words;

pub use dice::Dice;
pub use fault::{Chance, Fault, FaultKind, FaultSyntax, Schedule};
pub use ledger::{Clash, Deed, Loss};
pub use provider::Act;
pub use settings::{Budget, RepeatedExecution, ServiceTimes, Settings};
pub use simulator::Simulator;
pub use truth::{KnownChangeSet, Truth};
