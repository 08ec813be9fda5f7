//! The command line.
//!
//! Every flag has a variable of the same name, `CE_REQUIRE_APPROVAL` for `--require-approval`; the flag wins. An unknown
//! flag is an error.

mod adopt;
mod asking;
mod chosen;
mod deploying;
mod errands;
mod global;
mod looking;
mod simulate;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};

pub(crate) use adopt::{Adopt, Forget, Import, Move};
pub(crate) use asking::{AskWord, ask};
use ce_deploy::engine::Exit;
pub(crate) use chosen::Chosen;
pub(crate) use deploying::{Apply, Deploy, Failing, Guarding, Inputs, Manner, Plan};
pub(crate) use errands::{Bootstrap, Destroy, Drift, Errand, Recover, Validate, Watch};
pub(crate) use global::{Color, Global};
pub(crate) use looking::Looking;
pub(crate) use simulate::Simulate;

/// Deploys AWS CloudFormation stacks from a cloud assembly: plans, asks once, applies, and recovers.
#[derive(Parser, Debug)]
#[command(name = "ce", version, disable_help_subcommand = true, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Run the app, and write its assembly
    #[command(alias = "synthesize")]
    Synth(Synth),
    /// List the stacks, in the order they are deployed in
    #[command(alias = "list")]
    Ls(Chosen),
    /// Play a deployment with faults and no account, or serve a simulated cloud
    Simulate(Simulate),
    /// Work out what would change, and what is risky about it
    Plan(Plan),
    /// Do what an earlier plan says, or nothing if anything is not as it was
    Apply(Apply),
    /// Plan, ask once, apply
    Deploy(Deploy),
    /// Delete stacks, each before those it needs; asks first
    Destroy(Destroy),
    /// Say in which state every stack is, and what can be done with it
    Status(Chosen),
    /// Wait for what goes on, whoever began it
    Attach(Errand),
    /// Have updates that go on put back
    Cancel(Errand),
    /// Say what can be done about stacks that take no update, and do it
    Recover(Recover),
    /// Say what differs from the templates; accept it, or put it back
    Drift(Drift),
    /// Take resources into a stack, out of one, or into another, without touching them
    #[command(subcommand, arg_required_else_help = true)]
    Adopt(Adopt),
    /// Check the assembly: its findings, CloudFormation's limits and, if asked, the service
    Validate(Validate),
    /// Hotswap or deploy whenever a file changes
    ///
    /// The app is run, and its assembly checked. Then the fastest way that does it all: what differs is hotswapped, which
    /// changes resources past CloudFormation within seconds, if that is safe for every difference; else it is deployed in
    /// express mode, and in standard mode where that is refused. What is hotswapped is drift until the next deployment.
    Watch(Watch),
    /// Prepare an account and region: a bucket, a repository, roles
    Bootstrap(Bootstrap),
    /// Look for what stands in the way of a deployment
    Doctor(Chosen),
    /// The same as `plan`, under the name of the stock CLI
    Diff(Plan),
    /// Say what a finding, an exit code or a risk means
    Explain {
        /// The code, such as `CE0411`, `5`, `broadening` or `trust-policy`; without one all are listed
        code: Option<String>,
    },
    /// Write the script that completes commands and flags for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Synth {
    /// Where to write to [default: ce.out]
    #[arg(long, short, alias = "output", hide_env = true, env = "CE_OUT", value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

impl Command {
    /// The name it is called by.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Synth(_) => "synth",
            Self::Ls(_) => "ls",
            Self::Simulate(_) => "simulate",
            Self::Plan(_) => "plan",
            Self::Apply(_) => "apply",
            Self::Deploy(_) => "deploy",
            Self::Diff(_) => "diff",
            Self::Destroy(_) => "destroy",
            Self::Status(_) => "status",
            Self::Attach(_) => "attach",
            Self::Cancel(_) => "cancel",
            Self::Recover(_) => "recover",
            Self::Drift(_) => "drift",
            Self::Adopt(adopt) => adopt.name(),
            Self::Validate(_) => "validate",
            Self::Watch(_) => "watch",
            Self::Bootstrap(_) => "bootstrap",
            Self::Doctor(_) => "doctor",
            Self::Explain { .. } => "explain",
            Self::Completions { .. } => "completions",
        }
    }
}

/// Reads the command line. Help and the version are printed here, mistakes too.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Exit> {
    Arguments::try_parse_from(arguments).map_err(|error| {
        error.print().ok();
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done,
            _ => Exit::Usage,
        }
    })
}

/// The whole command line as data, for help texts and completions.
pub(crate) fn whole() -> clap::Command {
    Arguments::command()
}
