//! The flags and variables of an app.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

pub(super) const HELP: &str = "\
Synthesizes this app into AWS CloudFormation templates.

Usage: cargo run [--example NAME] -- [OPTIONS]

Options:
  -o, --out DIR            where to write the assembly [default: $CDK_OUTDIR, else ce.out]
  -c, --context KEY=VALUE  a value the app reads with `app.context(\"KEY\")`, such as environment=staging
      --format FORMAT      what to print: text or json [default: text]
      --lock FILE          the identity lock [default: ce.lock beside Cargo.toml]
      --locked             fail if the lock would change; for CI
      --no-lock            neither read nor write the lock
      --no-reports         leave out what the app computes from its assembly, such as a report on it
      --explain CODE       say what a finding's code means, such as CE0411
  -h, --help               print this
";

/// What an app takes from its process.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The name of the program, which names the app unless it names itself.
    pub program: String,
    /// The arguments after the program.
    pub arguments: Vec<OsString>,
    /// The variables.
    pub variables: BTreeMap<String, String>,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        let mut arguments = std::env::args_os();
        let program = arguments.next().map(PathBuf::from);
        let program = program.as_deref().and_then(|path| path.file_stem()).and_then(|name| name.to_str());
        let variables = std::env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self { program: program.unwrap_or("app").to_owned(), arguments: arguments.collect(), variables }
    }

    /// Whether JSON was asked for; looked at when flags could not be read as a whole, too.
    pub(super) fn wants_json(&self) -> bool {
        let pairs = self.arguments.windows(2);
        pairs.into_iter().any(|pair| pair[0] == "--format" && pair[1] == "json")
            || self.arguments.iter().any(|argument| argument == "--format=json")
    }
}

/// Flags that cannot be understood.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// An unknown flag, or a flag without its value.
    #[error("{0}\n   = help: see `--help`")]
    Flag(#[from] lexopt::Error),
    /// A context value without a key.
    #[error("`{0}` is not a context value\n   = help: write `-c key=value`")]
    Context(String),
    /// An unknown format.
    #[error("`{0}` is not a format\n   = help: write `--format text` or `--format json`")]
    Format(String),
    /// A variable that the stock CLI sets is not what it sets.
    #[error("`CDK_CONTEXT_JSON` is not a JSON object")]
    ContextVariable,
    /// A code that no rule of ce has.
    #[error(
        "no rule has the code `{0}`\n   = help: codes look like `CE0411`; an app's own codes are explained by the app"
    )]
    Code(String),
    /// Two flags that say the opposite.
    #[error("`--locked` and `--no-lock` contradict each other\n   = help: drop one of them")]
    Lock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
}

pub(super) enum Request {
    Help,
    Explain(String),
    Synthesize(Arguments),
}

pub(super) struct Arguments {
    pub(super) out: PathBuf,
    pub(super) format: Format,
    pub(super) context: BTreeMap<String, String>,
    pub(super) lock: Option<PathBuf>,
    pub(super) locked: bool,
    /// The folder of the app's package, when cargo runs it.
    pub(super) home: Option<PathBuf>,
    pub(super) reports: bool,
}

impl Arguments {
    pub(super) fn read(surroundings: &Surroundings) -> Result<Request, UsageError> {
        let mut arguments = Self::from_variables(&surroundings.variables)?;
        let mut no_lock = false;
        let mut parser = lexopt::Parser::from_args(surroundings.arguments.iter().cloned());
        while let Some(argument) = parser.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(Request::Help),
                Short('o') | Long("out") => arguments.out = parser.value()?.into(),
                Short('c') | Long("context") => {
                    let pair = parser.value()?.string()?;
                    let (key, value) = pair.split_once('=').ok_or_else(|| UsageError::Context(pair.clone()))?;
                    arguments.context.insert(key.to_owned(), value.to_owned());
                }
                Long("format") => arguments.format = format(&parser.value()?.string()?)?,
                Long("lock") => arguments.lock = Some(parser.value()?.into()),
                Long("locked") => arguments.locked = true,
                Long("no-lock") => no_lock = true,
                Long("no-reports") => arguments.reports = false,
                Long("explain") => return Ok(Request::Explain(parser.value()?.string()?)),
                _ => return Err(argument.unexpected().into()),
            }
        }
        if no_lock && arguments.locked {
            return Err(UsageError::Lock);
        }
        if no_lock {
            arguments.lock = None;
        }
        Ok(Request::Synthesize(arguments))
    }

    fn from_variables(variables: &BTreeMap<String, String>) -> Result<Self, UsageError> {
        let out = variables.get("CDK_OUTDIR").map_or("ce.out", String::as_str);
        let home = variables.get("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let context = variables.get("CDK_CONTEXT_JSON").map(|json| context(json)).transpose()?;
        Ok(Self {
            out: out.into(),
            format: Format::Text,
            context: context.unwrap_or_default(),
            lock: Some(home.clone().unwrap_or_default().join("ce.lock")),
            locked: false,
            home,
            reports: true,
        })
    }
}

fn format(name: &str) -> Result<Format, UsageError> {
    match name {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        _ => Err(UsageError::Format(name.to_owned())),
    }
}

/// The context of the stock CLI: what `cdk -c key=value` and `cdk.json` say, and settings of its own.
fn context(json: &str) -> Result<BTreeMap<String, String>, UsageError> {
    let value: serde_json::Value = serde_json::from_str(json).map_err(|_| UsageError::ContextVariable)?;
    let entries = value.as_object().ok_or(UsageError::ContextVariable)?;
    Ok(entries.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect())
}
