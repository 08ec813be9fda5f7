//! What is done with stacks that are there, and around them.

use ce_deploy::engine::Span;
use clap::Args;

use super::deploying::span;
use super::{Chosen, Inputs, Looking, Manner};

/// Waiting, cancelling.
#[derive(Args, Debug)]
pub(crate) struct Errand {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// Stop waiting after this time, such as 90m or 2h; what was begun goes on
    #[arg(long, hide_env = true, env = "CE_TIMEOUT", default_value = "4h", value_parser = span, value_name = "TIME")]
    pub(crate) timeout: Span,
    #[command(flatten)]
    pub(crate) looking: Looking,
}

#[derive(Args, Debug)]
pub(crate) struct Recover {
    #[command(flatten)]
    pub(crate) errand: Errand,
    /// Do what has this number in the list; give one stack with it
    #[arg(long, value_name = "NUMBER")]
    pub(crate) apply: Option<usize>,
}

#[derive(Args, Debug)]
pub(crate) struct Drift {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// Accept what differs now: it is written down in ce.drift.json, without values, and is no drift from then on
    #[arg(long, conflicts_with = "revert")]
    pub(crate) accept: bool,
    /// Put back what others changed, in the stacks that drifted: planned and asked about as any deployment
    #[arg(long, conflicts_with = "mode")]
    pub(crate) revert: bool,
    /// Taken for scripts of the stock CLI: drift ends with exit code 7 without it too
    #[arg(long)]
    pub(crate) fail: bool,
    #[command(flatten, next_help_heading = "With --revert")]
    pub(crate) inputs: Inputs,
    #[command(flatten, next_help_heading = "With --revert")]
    pub(crate) manner: Manner,
}

#[derive(Args, Debug)]
pub(crate) struct Destroy {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

#[derive(Args, Debug)]
pub(crate) struct Validate {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// Ask CloudFormation too: a change set is made for each stack, and deleted again
    #[arg(long, hide_env = true, env = "CE_ONLINE")]
    pub(crate) online: bool,
}

/// A deployment of a watch does not wait until everything is stable, if nothing else is said.
#[derive(Args, Debug)]
#[command(mut_arg("mode", |mode| mode.default_value("express")))]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// Deploy every change: never change a resource past CloudFormation
    #[arg(long, hide_env = true, env = "CE_NO_HOTSWAP")]
    pub(crate) no_hotswap: bool,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) manner: Manner,
    /// A file or folder whose changes matter [default: the folder of ce.toml]
    #[arg(long, value_name = "PATH")]
    pub(crate) path: Vec<std::path::PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Bootstrap {
    /// Where: `ACCOUNT/REGION`, more than once [default: the places of the assembly]
    #[arg(value_name = "ACCOUNT/REGION")]
    pub(crate) places: Vec<String>,
    /// Print the template, and do nothing
    #[arg(long)]
    pub(crate) show: bool,
    /// Accounts that may deploy to this one
    #[arg(long, value_name = "ACCOUNT", value_delimiter = ',')]
    pub(crate) trust: Vec<String>,
    /// The policies CloudFormation works with in the account [default: `AdministratorAccess`]
    #[arg(long, value_name = "ARN", value_delimiter = ',')]
    pub(crate) execution_policies: Vec<String>,
    /// What stands in all names
    #[arg(long, default_value = "hnb659fds", value_name = "WORD")]
    pub(crate) qualifier: String,
    #[command(flatten)]
    pub(crate) manner: Manner,
}
