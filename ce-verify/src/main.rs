//! `ce-verify <facts.toml> <env>[@profile]=<folder>… [--due <section>,…]`: prints what came of the facts.
//!
//! Exits with 1 when a due fact does not hold, with 2 when something can't be read. Without `--due` every section is.

use std::env;
use std::process::ExitCode;

use ce_verify::{Assemblies, Assembly, Facts, Scope, judge};

const USAGE: &str = "usage: ce-verify <facts.toml> <env>[@profile]=<folder>… [--due <section>,…]";

fn main() -> ExitCode {
    match run(env::args().skip(1)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let facts = Facts::load(arguments.next().ok_or(USAGE)?)?;
    let mut assemblies = Assemblies::new();
    let mut due: Vec<String> = Vec::new();
    while let Some(argument) = arguments.next() {
        if argument == "--due" {
            let sections = arguments.next().ok_or(USAGE)?;
            due.extend(sections.split(',').map(|section| section.trim().to_owned()));
            continue;
        }
        let (place, folder) = argument.split_once('=').ok_or(USAGE)?;
        let assembly = Assembly::read(folder)?;
        assemblies = match place.split_once('@') {
            Some((environment, profile)) => assemblies.with_profile(environment, profile, assembly),
            None => assemblies.with(place, assembly),
        };
    }
    let scope = if due.is_empty() { Scope::default() } else { Scope::default().due(due) };
    let report = judge(&facts, &assemblies, &scope);
    println!("{report}");
    let failed = report.failed().next().is_some();
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
