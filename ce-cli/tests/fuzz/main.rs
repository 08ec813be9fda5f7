//! The fuzz targets of what the command reads and shows, as plain tests.

#[path = "../../../fuzz/plain/mod.rs"]
mod plain;
#[path = "../../../fuzz/src/command/mod.rs"]
#[allow(unreachable_pub, reason = "a crate of its own for cargo-fuzz")]
mod targets;

// What the command line's flags name, where they expect it.
use ce_cli::simulate;

plain::plain_tests! {
    arguments: 1_000;
    screen: 10_000;
    selection: 5_000;
    settings: 3_000;
}
