//! What people and programs see.
//!
//! Results go to standard output, progress to standard error, in CI as on a terminal. Every text that somebody else
//! wrote goes through [`Screen::foreign`].

mod approval;
mod changes;
mod clean;
mod evidence;
mod hiding;
mod lines;
pub(crate) mod move_text;
pub(crate) mod outcome;
mod output;
mod pipeline;
pub(crate) mod plan_text;
mod prompt;
mod records;
mod reports;
mod risks;
pub(crate) mod story;
mod telling;
mod tree;

pub(crate) use approval::go_on;
pub(crate) use clean::clean;
pub(crate) use lines::{counted, written};
pub(crate) use output::{Screen, style};
pub(crate) use prompt::{Detail, Prompt};
pub(crate) use telling::Telling;
