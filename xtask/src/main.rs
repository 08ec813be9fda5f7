//! The workspace's tasks: `cargo xtask <task>`.

mod cfn;
mod measure;
mod prediction;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let result = match words.first().map(String::as_str) {
        Some("cfn") => cfn::run(&words[1..]).map_err(|failure| failure.to_string()),
        Some("measure") => measure::run(),
        Some("prediction") => prediction::run(&words[1..]).map_err(|failure| failure.to_string()),
        _ => Err("name a task\nhelp: `cargo xtask cfn`, `cargo xtask measure` or `cargo xtask prediction`".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
