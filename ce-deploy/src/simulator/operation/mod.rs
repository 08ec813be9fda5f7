//! An operation on a stack: resource by resource, forward, and back when it fails.
//!
//! An operation goes through phases. [`Phase::Forward`] makes the stack what its template says, [`Phase::Back`] makes it
//! what it was, [`Phase::Cleanup`] deletes what is no longer wanted, [`Phase::Delete`] deletes all. A phase is a set of
//! steps, one a resource; a step begins when those it waits for have ended.

mod back;
mod begin;
mod cancel;
mod delete;
mod end;
mod event;
mod forward;
mod live;
mod nested;
mod phase;
mod provide;
mod running;
mod step;
mod watch;

pub(super) use begin::Order;
pub(super) use live::Live;
pub(super) use running::{Kind, Options, Phase, Running, Step, StepState};
