//! Fuzz targets: what any bytes may do to a reader of ours. Nothing, is the claim: no panic, no endless loop, no heap
//! without bound; and what was read and written again reads the same.
//!
//! Each is run by cargo-fuzz from `fuzz/corpus` (see the README), and for a while with fixed seeds by plain tests:
//! `deploy` by `cargo test -p ce-deploy --features wire --test fuzz`, `command` by `cargo test -p ce-cli --test fuzz`.

mod command;
mod deploy;

#[path = "../../ce-cli/src/simulate/times.rs"]
#[allow(dead_code, reason = "the command uses the rest")]
mod times;

/// What the command line's flags name, where they expect it.
mod simulate {
    pub(crate) use super::times::Times;
}

pub use command::{arguments, screen, selection, settings};
pub use deploy::{
    assets, change_set, difference, events, evidence, journal, json, manifest, network, plan, policy, template, wire,
};
