//! The `ce` command: deploys a cloud assembly.
//!
//! What is decided is decided in `ce-deploy`, which knows no network; here is what carries it out and what shows it.
//! This is the only crate that links the AWS SDK and an async runtime, so nobody who only synthesizes builds them.
//!
//! | module | is |
//! |---|---|
//! | `arguments` | flags and variables, one file a group of commands |
//! | `exit` | the numbers that a command ends with |
//! | [`simulate`] | a simulated cloud, served to any tool on this machine |

mod arguments;
mod exit;
pub mod simulate;

use std::process::ExitCode;

use exit::Exit;

/// Runs the command that the process's arguments name.
pub fn main() -> ExitCode {
    match arguments::read(std::env::args_os()) {
        Ok(_) => Exit::Success.into(),
        Err(exit) => exit.into(),
    }
}
