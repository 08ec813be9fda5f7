//! Alarms and dashboards from the constructs that they are about.

#[expect(clippy::module_inception, reason = "the chapter is named by its main type")]
mod watch;
mod watched;
mod watchlist;

pub use watch::{Watch, WatchBuilder};
pub use watched::Watched;
pub use watchlist::Watchlist;
