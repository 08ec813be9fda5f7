//! How resources change the stack they are in, without being touched.

use ce_deploy::engine::Span;
use clap::{Args, Subcommand};

use super::deploying::span;
use super::{AskWord, Inputs, Manner};

#[derive(Subcommand, Debug)]
pub(crate) enum Adopt {
    /// Take resources that are there into a stack; nothing else of it is changed
    Import(Import),
    /// Move resources between stacks of one account and region
    Move(Move),
    /// Take resources out of their stacks, and leave them in the account
    Forget(Forget),
}

impl Adopt {
    /// The name it is called by.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Import(_) => "adopt import",
            Self::Move(_) => "adopt move",
            Self::Forget(_) => "adopt forget",
        }
    }
}

#[derive(Args, Debug)]
#[command(override_usage = "ce adopt import [OPTIONS] [DIR] <STACK> <RESOURCE=IDENTIFIER>...")]
pub(crate) struct Import {
    /// The stack that takes resources in; then each resource of its template and what it is in the account:
    /// `Inbox=https://…`, or `Inbox=Key=Value,Key=Value` with the properties that identify its type. The folder of an
    /// assembly may stand before them
    #[arg(required = true, num_args = 2.., value_names = ["STACK", "RESOURCE=IDENTIFIER"])]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

#[derive(Args, Debug)]
#[command(override_usage = "ce adopt move [OPTIONS] [DIR] <STACK.RESOURCE> <STACK.RESOURCE>...")]
pub(crate) struct Move {
    /// Where a resource is and where the app has it now, one pair after the other; the folder of an assembly may stand
    /// before them
    #[arg(required = true, num_args = 2.., value_name = "STACK.RESOURCE")]
    pub(crate) places: Vec<String>,
    /// Agree to the plan with this digest
    #[arg(long, hide_env = true, env = "CE_APPROVE", value_name = "sha256:DIGEST")]
    pub(crate) approve: Option<String>,
    /// Ask before anything is moved: `any`; a move has no risk of a class
    #[arg(long, hide_env = true, env = "CE_REQUIRE_APPROVAL", value_name = "CLASSES", value_delimiter = ',')]
    pub(crate) require_approval: Vec<AskWord>,
    /// Stop waiting after this time, such as 90m or 2h; what was begun goes on
    #[arg(long, hide_env = true, env = "CE_TIMEOUT", default_value = "4h", value_parser = span, value_name = "TIME")]
    pub(crate) timeout: Span,
}

#[derive(Args, Debug)]
#[command(override_usage = "ce adopt forget [OPTIONS] [DIR] <STACK.RESOURCE>...")]
pub(crate) struct Forget {
    /// A resource that is deployed, and that the app no longer has; the folder of an assembly may stand before them
    #[arg(required = true, value_name = "STACK.RESOURCE")]
    pub(crate) resources: Vec<String>,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) manner: Manner,
}
