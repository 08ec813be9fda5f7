//! `ce doctor`: what stands in the way of a deployment, looked for before it.
//!
//! For each account and region of the assembly, as each role that it is worked on with: the clock, the credentials, what
//! they may do, the bootstrap, the quota of stacks; then what earlier runs left. What cannot be known is said, and stands
//! in nobody's way.

mod check;
mod permissions;
mod place;
mod run;
mod strays;

pub(super) use run::run;
