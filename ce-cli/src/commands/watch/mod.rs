//! `ce watch`: brings the cloud to what the app says whenever a file changes, in the fastest way that is safe.
//!
//! | file | is |
//! |---|---|
//! | `run` | rounds, one after the other, until somebody wants an end |
//! | `changes` | which files matter, and when a change is complete |
//! | `round` | a round: the app is run, its assembly checked, then one rung after the other |
//! | `hotswapping` | the first rung: what needs no deployment |
//! | `deploying` | the others: express, then standard |

mod changes;
mod deploying;
mod hotswapping;
mod round;
mod run;

pub(super) use run::run;
