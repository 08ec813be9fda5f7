//! Any bytes as a command line, an argument a line.

use clap::Parser;

#[path = "../../../ce-cli/src/arguments/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "the command uses the rest")]
mod read;

/// A command line is taken or refused, and again the same.
pub fn arguments(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let words = || std::iter::once("ce").chain(text.lines().take(40));
    let told = |error: clap::Error| error.to_string();
    let read = read::Arguments::try_parse_from(words()).map_err(told);
    let again = read::Arguments::try_parse_from(words()).map_err(told);
    assert_eq!(format!("{read:?}"), format!("{again:?}"));
}
