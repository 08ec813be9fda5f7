//! Which stacks of which assembly.

use clap::Args;

#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Chosen {
    /// Patterns of stacks, such as `Network` or `Shop/*`; one of them may be the folder of an assembly [default: all]
    #[arg(value_name = "STACKS|DIR")]
    pub(crate) stacks: Vec<String>,
    /// Take every stack, as without patterns
    #[arg(long)]
    pub(crate) all: bool,
    /// Take these stacks alone: not those that they need; with `destroy`, not those that need them
    #[arg(long, short, hide_env = true, env = "CE_EXCLUSIVELY")]
    pub(crate) exclusively: bool,
}
