//! The command line.
//!
//! Every flag has a variable of the same name, `CE_REQUIRE_APPROVAL` for `--require-approval`; the flag wins. An unknown
//! flag is an error.

mod global;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::exit::Exit;
pub(crate) use global::{Color, Global};

/// Deploys AWS CloudFormation stacks from a cloud assembly: plans, asks once, applies, and recovers.
#[derive(Parser, Debug)]
#[command(name = "ce", version, disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Write the script that completes commands and flags for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Reads the command line. Help and the version are printed here, mistakes too.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Exit> {
    Arguments::try_parse_from(arguments).map_err(|error| {
        error.print().ok();
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Success,
            _ => Exit::Usage,
        }
    })
}

/// The whole command line as data, for help texts and completions.
pub(crate) fn whole() -> clap::Command {
    Arguments::command()
}
