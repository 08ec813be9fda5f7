//! Carries out what the engine wants done, and tells it what came of it.
//!
//! Calls go out side by side; timers are the runtime's; a line of the journal is on disk before anything after it is
//! begun. Nothing is decided here.

mod archive;
mod clock;
mod driver;
mod image;
mod journal_file;
mod packing;
mod signals;
mod trace_key;

pub(crate) use clock::now;
pub(crate) use driver::{Audience, Driver};
pub(crate) use journal_file::{JournalFile, state_folder};
pub(crate) use trace_key::trace_key;
