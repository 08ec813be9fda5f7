//! What the `ce` command reads and shows.
//!
//! The files of `ce-cli` that are tried stand here by themselves: with the crate, a target would be built with the whole
//! SDK of AWS.

mod arguments;
#[path = "../deploy/folder.rs"]
mod folder;
mod screen;
mod selection;
mod settings;
#[path = "../deploy/stacks.rs"]
#[allow(dead_code, reason = "other targets use the rest")]
mod stacks;

pub use arguments::arguments;
pub use screen::screen;
pub use selection::selection;
pub use settings::settings;
