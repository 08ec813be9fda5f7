//! The reducer: what happened goes in, what to do comes out.
//!
//! A deployment is a value that is stepped: `step(now, event)` changes it and gives [`Action`]s. It never waits and never
//! looks at a clock; a [`Moment`] comes with each event. Whoever drives it carries the actions out in order and reports.
//!
//! | folder | is |
//! |---|---|
//! | `traffic` | calls on their way: pace, retries, reminders |
//! | `watch` | waiting for operations: one loop a place, and how an end is told from a stale answer |
//! | `run` | what every run does: whose accounts, what is there, files, waiting, why it failed |
//! | `swap` | resources that are changed past CloudFormation |
//! | `deployment` | plan, approve, apply |
//! | `hotswap` | what needs no deployment, while somebody works on an app |
//! | `errand` | wait, cancel, recover, look for drift, destroy |
//! | `evidence` | what other services say about a failure, once it is over |

mod action;
mod deployment;
mod errand;
mod event;
mod evidence;
mod exit;
mod hotswap;
mod moment;
mod operation;
mod options;
mod outcome;
mod progress;
mod run;
mod swap;
mod traffic;
mod watch;

pub use action::{Action, CallId, Question, TimerId};
pub use deployment::{Case, Deployment, Judge, Judgement};
pub use errand::{Errand, Loss, Move, Recovery, Remedy, Report};
pub use event::{Event, Packed, Pushed, Signal, Stop};
pub use evidence::{Depth, Evidence, Explained, Note, Source};
pub use exit::Exit;
pub use hotswap::{Hotswap, HotswapReport};
pub use moment::{Moment, Span};
pub use operation::Operation;
pub use options::{Concurrency, OnFailure, Options};
pub use outcome::{End, Outcome, Problem, StackOutcome};
pub use progress::{PlannedStep, Progress, ResourceEvent};
