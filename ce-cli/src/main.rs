//! The `ce` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ce_cli::main()
}
