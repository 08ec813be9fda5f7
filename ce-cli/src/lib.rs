//! The `ce` command: deploys a cloud assembly.
//!
//! What is decided is decided in `ce-deploy`, which knows no network; here is what carries it out and what shows it.
//! This is the only crate that links the AWS SDK and an async runtime, so nobody who only synthesizes builds them.
//!
//! | module | is |
//! |---|---|
//! | `arguments` | flags and variables, one file a group of commands |
//! | `commands` | one file a command |
//! | `project` | `ce.toml`, `ce.drift.json`, running the app, selecting stacks |
//! | `aws` | calls carried out with the SDK |
//! | `bootstrap` | what accounts and regions are prepared with |
//! | [`simulate`] | a simulated cloud: an assembly played on it, or served to any tool on this machine |
//! | `drive` | the loop that carries out what the engine wants |
//! | `screen` | what people and programs see |
//! | `exit`, `stop` | the numbers that a command ends with, and why |

mod arguments;
mod aws;
mod bootstrap;
mod commands;
mod drive;
mod exit;
mod project;
mod screen;
mod session;
pub mod simulate;
mod stop;

use std::process::ExitCode;

use ce_deploy::engine::Exit;
use screen::Screen;
use session::Session;
use stop::Stop;

/// Runs the command that the process's arguments name.
pub fn main() -> ExitCode {
    let exit = match arguments::read(std::env::args_os()) {
        Ok(arguments) => run(arguments),
        Err(exit) => exit,
    };
    exit.code().into()
}

fn run(arguments: arguments::Arguments) -> Exit {
    let arguments::Arguments { command, global } = arguments;
    let screen = match Screen::new(&global) {
        Ok(screen) => screen,
        Err(error) => {
            eprintln!("error: cannot write the events: {error}");
            return Exit::Usage;
        }
    };
    let name = command.name();
    let json = global.json;
    let session = match Session::begin(global, screen) {
        Ok(session) => session,
        Err(stop) => {
            eprintln!("error: {}", screen::clean(&stop.message));
            return stop.exit;
        }
    };
    let outcome = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(commands::run(&session, command)),
        Err(error) => Err(Stop::new(Exit::Unclassified, error.to_string())),
    };
    outcome.unwrap_or_else(|stop| {
        commands::explain_stop(&session, name, json, &stop);
        stop.exit
    })
}
