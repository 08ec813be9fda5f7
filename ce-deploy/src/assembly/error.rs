//! Why an assembly is not taken.

use std::io;
use std::path::PathBuf;

use crate::json::{JsonError, Misshapen};

/// Why an assembly is not taken. Nothing was asked of AWS, and nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AssemblyError {
    /// A file is missing or cannot be read.
    #[error("cannot read `{}`", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder is no assembly.
    #[error("`{}` holds no `manifest.json`; help: give the folder that synthesis wrote, `ce.out` or `cdk.out`", path.display())]
    NoManifest {
        /// The folder.
        path: PathBuf,
    },
    /// A path leads out of the assembly.
    #[error("`{path}` leads out of the assembly's folder")]
    Outside {
        /// The path as it is written.
        path: String,
    },
    /// Something is neither a file nor a folder, such as a device.
    #[error("`{path}` is neither a file nor a folder")]
    Special {
        /// The path as it is written.
        path: String,
    },
    /// A file is larger than it may be.
    #[error("`{path}` has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// A file is no JSON, or one that readers could take differently.
    #[error("`{file}` is not read: {source}")]
    Json {
        /// The file.
        file: String,
        /// Why.
        source: JsonError,
    },
    /// A file holds something of the wrong kind.
    #[error("in `{file}`, `{at}` must be {expected}")]
    Shape {
        /// The file.
        file: String,
        /// Where in it.
        at: String,
        /// What it must be.
        expected: &'static str,
    },
    /// The assembly is of a version that is not known here.
    #[error("`{file}` is of version `{version}`; versions up to {known} are known here; help: use a newer `ce`")]
    Version {
        /// The file.
        file: String,
        /// Its version.
        version: String,
        /// The newest that is known.
        known: u32,
    },
    /// Context is missing, which only the tool that runs the app can look up.
    #[error("the assembly lacks context ({}); help: run `cdk synth` once and commit `cdk.context.json`", keys.join(", "))]
    MissingContext {
        /// What is missing.
        keys: Vec<String>,
    },
    /// The app reported errors.
    #[error("the app reported errors: {}", messages.join("; "))]
    Blocked {
        /// They, with the constructs they are about.
        messages: Vec<String>,
    },
    /// A stack does not say where it belongs.
    #[error("`{stack}` does not say its {what}; help: give `--account` and `--region`, or an environment in the app")]
    NoPlace {
        /// The stack.
        stack: String,
        /// What is missing.
        what: &'static str,
    },
    /// Something depends on what is not there.
    #[error("`{from}` depends on `{on}`, which the assembly does not have")]
    Dangling {
        /// What depends.
        from: String,
        /// On what.
        on: String,
    },
    /// Stacks wait for each other.
    #[error("these stacks wait for each other: {}", stacks.join(", "))]
    Circle {
        /// They.
        stacks: Vec<String>,
    },
    /// Two things have one name.
    #[error("{what} `{name}` is there twice")]
    Twice {
        /// What.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// An asset would run a program on this machine.
    #[error(
        "`{what}` {does} on this machine; help: if you trust who made the assembly, allow it with `--trust-assembly`"
    )]
    Untrusted {
        /// The asset.
        what: String,
        /// What it would do.
        does: String,
    },
    /// The assembly uses what is not supported.
    #[error("`{what}` {reason}")]
    Unsupported {
        /// Where.
        what: String,
        /// What, and what to do instead.
        reason: &'static str,
    },
}

impl AssemblyError {
    pub(super) fn shape(file: &str) -> impl Fn(Misshapen) -> Self {
        move |wrong| Self::Shape { file: file.to_owned(), at: wrong.at, expected: wrong.expected }
    }
}
