//! `ce adopt`: resources get into a stack, out of one, or into another, and are not touched.
//!
//! The app comes first: it has the resource where it shall be. `ce adopt` then makes the account agree, and a deployment
//! afterwards finds nothing to do. CloudFormation takes in only what it shall retain, so a resource whose deletion policy
//! the app does not say is retained until the next deployment, which asks.

mod forget;
mod import;
mod moving;
mod resource;
mod run;

pub(super) use run::run;
