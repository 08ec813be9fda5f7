//! What people and programs see.
//!
//! Results go to standard output, progress to standard error, in CI as on a terminal. Every text that somebody else
//! wrote goes through [`Screen::foreign`].

mod clean;
mod hiding;
mod output;

pub(crate) use clean::{clean, clean_lines};
pub(crate) use output::{Screen, Sinks, style};
