//! Fuzz targets: what any bytes may do to a reader of ours. Nothing, is the claim: no panic, no endless loop, no heap
//! without bound; and what was read and written again reads the same.
//!
//! Each is run by cargo-fuzz (`cargo +nightly fuzz run template`) from `fuzz/corpus`, and for a while with fixed seeds by
//! `cargo test -p ce-deploy --features wire --test fuzz`.

mod change_set;
mod events;
mod journal;
mod json;
mod manifest;
mod plan;
mod policy;
mod request;
mod template;
mod wire;

pub use change_set::change_set;
pub use events::events;
pub use journal::journal;
pub use json::json;
pub use manifest::manifest;
pub use plan::plan;
pub use policy::policy;
pub use template::template;
pub use wire::wire;
