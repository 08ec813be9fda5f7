//! The simulated cloud, for a person: played in an instant, or served to any tool on this machine.
//!
//! `ce simulate ce.out` plays a deployment of an assembly in virtual time, with faults, and tells what happened.
//!
//! `ce simulate --listen 4566` answers CloudFormation, S3, STS, Systems Manager and ECR on `127.0.0.1` only. Point
//! `AWS_ENDPOINT_URL` at it and give twelve digits as the access key id: they are the account.
//!
//! By default a served second takes a second, nothing fails, and everything that is asked for, roles and buckets say, is there.

mod budget;
mod clock;
mod cloud;
mod fault;
mod schedules;
mod server;
mod stand_ins;
mod story;
mod tally;
mod times;

pub use clock::Clock;
pub use cloud::Cloud;
pub use fault::{Fault, FaultKind, FaultSyntax};
pub(crate) use schedules::Verdict;
pub use server::Server;
pub(crate) use stand_ins::stand_in;
pub(crate) use story::{Chapter, Story};
pub use tally::Tally;
pub use times::{Times, TimesSyntax};
