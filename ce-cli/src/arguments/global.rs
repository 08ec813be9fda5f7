//! Flags of every command.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[expect(clippy::doc_markdown, reason = "these are help texts")]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// The app to run, as a command line, or the folder of an assembly that is there [default: `app` in ce.toml]
    #[arg(long, short, global = true, hide_env = true, env = "CE_APP", value_name = "COMMAND|DIR")]
    pub(crate) app: Option<String>,
    /// A value that the app reads; may be given more than once
    #[arg(long, short, global = true, value_name = "KEY=VALUE")]
    pub(crate) context: Vec<String>,
    /// The profile whose credentials are used [default: AWS_PROFILE, else `default`]
    #[arg(long, global = true, hide_env = true, env = "CE_PROFILE", value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// The region where an assembly does not say it [default: the profile's]
    #[arg(long, global = true, hide_env = true, env = "CE_REGION", value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// The account where an assembly does not say it
    #[arg(long, global = true, hide_env = true, env = "CE_ACCOUNT", value_name = "DIGITS")]
    pub(crate) account: Option<String>,
    /// A role to assume first, before the roles of the assembly
    #[arg(long, global = true, hide_env = true, env = "CE_ROLE", value_name = "ARN")]
    pub(crate) role: Option<String>,
    /// Send everything to this address: an emulator [default: AWS_ENDPOINT_URL]
    #[arg(long, global = true, hide_env = true, env = "CE_ENDPOINT_URL", value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,
    /// Let the assembly run programs of its own on this machine
    #[arg(long, global = true, hide_env = true, env = "CE_TRUST_ASSEMBLY")]
    pub(crate) trust_assembly: bool,
    /// Print the result as JSON
    #[arg(long, global = true, hide_env = true, env = "CE_JSON", conflicts_with = "markdown")]
    pub(crate) json: bool,
    /// Print the result as Markdown, for a pull request
    #[arg(long = "md", global = true, hide_env = true, env = "CE_MD")]
    pub(crate) markdown: bool,
    /// Append what happens to this file, a JSON object a line
    #[arg(long, global = true, hide_env = true, env = "CE_EVENTS", value_name = "FILE")]
    pub(crate) events: Option<PathBuf>,
    /// Where journals are kept [default: $XDG_STATE_HOME/ce, else ~/.local/state/ce]
    #[arg(long, global = true, hide_env = true, env = "CE_STATE_DIR", value_name = "DIR")]
    pub(crate) state_dir: Option<PathBuf>,
    /// Say less: results and failures only
    #[arg(long, short, global = true, hide_env = true, env = "CE_QUIET", conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more; twice for every call. Secrets are never shown
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Whether to use colours
    #[arg(long, global = true, hide_env = true, env = "CE_COLOR", value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

/// Whether to use colours.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
