//! The entry point of an app: `fn main() -> ExitCode { ce::run(platform) }`.
//!
//! ```no_run
//! use ce::prelude::*;
//!
//! fn platform(app: &App) {
//!     app.stack("Network", Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production));
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     ce::run(platform)
//! }
//! ```
//!
//! By default it writes to `ce.out/` (or where `CDK_OUTDIR` says, so that `cdk --app "cargo run"` works), keeps
//! `ce.lock` beside `Cargo.toml`, prints stacks on standard output and findings on standard error.
//!
//! | exit code | means |
//! |---|---|
//! | 0 | the assembly is written |
//! | 1 | there are findings that are errors; nothing is written |
//! | 2 | the flags are wrong |
//! | 3 | the assembly or the lock cannot be read or written |
//!
//! What an app adds to its assembly once that is synthesized, such as a report on it, is named before it runs; see
//! [`app`].
//!
//! It does not deploy.

mod arguments;
mod attachment;
mod program;
mod report;
mod screen;
mod synthesis;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ce_synth::assembly::{AttachError, WriteError};
use ce_synth::lock::{Lock, Mode, ReadLockError};
use ce_synth::{App, Assembly, Findings};

use arguments::{Arguments, Format, Request};
pub use arguments::{Surroundings, UsageError};
pub use attachment::Attachment;
pub use program::{Program, app};
pub use synthesis::Synthesis;

/// Why an app ended without an assembly.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The flags are wrong.
    #[error("{0}")]
    Usage(#[from] UsageError),
    /// The app has errors.
    #[error("the app has errors")]
    Findings(Findings),
    /// The lock cannot be read.
    #[error(transparent)]
    ReadLock(#[from] ReadLockError),
    /// The lock cannot be written.
    #[error("cannot write `{}`", path.display())]
    WriteLock {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The assembly cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What an app computes from its assembly cannot be computed.
    #[error("cannot compute a report of the app")]
    Report(#[source] Box<dyn Error>),
    /// What an app computes from its assembly cannot be added to it.
    #[error(transparent)]
    Attach(#[from] AttachError),
    /// Standard output cannot be written.
    #[error("cannot write to standard output")]
    Output(#[from] io::Error),
}

impl RunError {
    const fn exit_code(&self) -> u8 {
        match self {
            Self::Findings(_) => 1,
            Self::Usage(_) => 2,
            _ => 3,
        }
    }
}

/// Builds the app with `build`, synthesizes and writes it; the process's arguments and variables say how.
pub fn run(build: impl FnOnce(&App)) -> ExitCode {
    let surroundings = Surroundings::of_process();
    ExitCode::from(run_in(&surroundings, build, &mut io::stdout().lock(), &mut io::stderr().lock()))
}

/// [`run`] with everything it takes from the process given, for tests of an app's entry point; gives the exit code.
pub fn run_in(
    surroundings: &Surroundings,
    build: impl FnOnce(&App),
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> u8 {
    finish(surroundings, build, |_, _| Ok(Vec::new()), output, errors)
}

/// Computes what is added to an assembly, given the values that the app was built with.
type Report<'a> = dyn FnOnce(&Assembly, &Arguments) -> Result<Vec<Attachment>, RunError> + 'a;

fn finish(
    surroundings: &Surroundings,
    build: impl FnOnce(&App),
    report: impl FnOnce(&Assembly, &Arguments) -> Result<Vec<Attachment>, RunError>,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> u8 {
    let Err(error) = attempt(surroundings, build, Box::new(report), output, errors) else { return 0 };
    let code = error.exit_code();
    // A reader that closed the pipe has seen what it wanted; there is nobody to complain to.
    explain(&error, surroundings, output, errors).ok();
    code
}

fn explain(
    error: &RunError,
    surroundings: &Surroundings,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<()> {
    if let RunError::Findings(findings) = error {
        if surroundings.wants_json() {
            writeln!(output, "{}", findings.to_json())?;
        }
        write!(errors, "{findings}")?;
        return writeln!(errors, "{}", screen::verdict(findings));
    }
    writeln!(errors, "error: {error}")?;
    let mut cause = Error::source(error);
    while let Some(error) = cause {
        writeln!(errors, "   = because: {error}")?;
        cause = error.source();
    }
    Ok(())
}

fn attempt(
    surroundings: &Surroundings,
    build: impl FnOnce(&App),
    report: Box<Report<'_>>,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<(), RunError> {
    let arguments = match Arguments::read(surroundings)? {
        Request::Help => return Ok(output.write_all(arguments::HELP.as_bytes())?),
        Request::Explain(code) => return explained(&code, output),
        Request::Synthesize(arguments) => arguments,
    };
    let mut assembly = synthesize(&surroundings.program, &arguments.context, build).map_err(RunError::Findings)?;
    let attachments = report(&assembly, &arguments)?;
    for (path, text) in attachments.iter().flat_map(Attachment::files) {
        assembly.attach(path, text)?;
    }
    let lock = lock(&assembly, &arguments)?;
    let written = assembly.write(&arguments.out)?;
    if let Some((lock, path)) = lock {
        lock.write(&path).map_err(|source| RunError::WriteLock { path, source })?;
    }
    write!(errors, "{}", assembly.findings())?;
    match arguments.format {
        Format::Text => write!(output, "{}", screen::screen(&assembly, &written, &attachments))?,
        Format::Json => writeln!(output, "{:#}", report::report(&assembly, &written, &attachments))?,
    }
    // The process ends here: to take the tree apart node by node would be time for nothing.
    mem::forget(assembly);
    Ok(())
}

/// An app that is built with these values, with all rules on.
fn synthesize(name: &str, context: &BTreeMap<String, String>, build: impl FnOnce(&App)) -> Result<Assembly, Findings> {
    let app = App::new();
    app.named(name).use_schemas(&ce_cfn::SCHEMAS);
    for (key, value) in context {
        app.set_context(key, value);
    }
    build(&app);
    app.synth()
}

/// Every rule of the core and the blocks, sorted by code.
pub fn rules() -> Vec<&'static ce_synth::Rule> {
    let mut rules = [ce_synth::rules::RULES, &ce_constructs::rules()].concat();
    rules.sort_by_key(|rule| rule.code);
    rules
}

fn explained(code: &str, output: &mut dyn Write) -> Result<(), RunError> {
    let wanted = |rule: &&ce_synth::Rule| rule.code.as_str().eq_ignore_ascii_case(code);
    let rule = rules().into_iter().find(wanted).ok_or_else(|| UsageError::Code(code.to_owned()))?;
    writeln!(output, "{}: {}\n\n{}", rule.code, rule.title, rule.about)?;
    if rule.code.can_be_accepted() {
        writeln!(output, "\nAccept it where it is meant: `scope.accept(Code::new(\"{}\"), \"why\")`", rule.code)?;
    }
    Ok(())
}

/// The lock as it should be written after the assembly; nothing when it is off or must not change.
fn lock(assembly: &Assembly, arguments: &Arguments) -> Result<Option<(Lock, PathBuf)>, RunError> {
    let Some(path) = &arguments.lock else { return Ok(None) };
    let known = Lock::read(path)?;
    let mode = if arguments.locked { Mode::Locked } else { Mode::Open };
    let findings = known.check(assembly, mode);
    if findings.errors() > 0 {
        return Err(RunError::Findings(findings));
    }
    Ok((!arguments.locked).then(|| (known.updated(assembly), Path::to_owned(path))))
}
