//! The simulated cloud, for a person: played in an instant, or served to any tool on this machine.
//!
//! `ce simulate --listen 4566` answers CloudFormation, S3, STS, Systems Manager and ECR on `127.0.0.1` only. Point
//! `AWS_ENDPOINT_URL` at it and give twelve digits as the access key id: they are the account.
//!
//! By default a second takes a second, nothing fails, and everything that is asked for, roles and buckets say, is there.

mod budget;
mod clock;
mod cloud;
mod fault;
mod server;
mod tally;
mod times;

pub use clock::Clock;
pub use cloud::Cloud;
pub use fault::{Fault, FaultKind, FaultSyntax};
pub use server::Server;
pub use tally::Tally;
pub use times::{Times, TimesSyntax};
