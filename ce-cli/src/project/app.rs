//! The app that makes the assembly, run the way the stock CLI runs one.
//!
//! Source: the protocol of cloud assemblies: `CDK_OUTDIR` says where to write, `CDK_CONTEXT_JSON` what the app may read.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use ce_deploy::assembly::{Assembly, AssemblyError, Reading};
use serde_json::{Map, Value};
use tokio::process::Command;

use super::SettingsError;

/// Where an assembly goes if nothing else is said.
pub(crate) const FOLDER: &str = "ce.out";

/// Where the assembly comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// A folder that is there already.
    Folder(PathBuf),
    /// An app that is run.
    App(App),
}

/// An app.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct App {
    /// Its command line.
    pub(crate) command: String,
    /// Where it runs.
    pub(crate) folder: PathBuf,
    /// Where it writes to.
    pub(crate) out: PathBuf,
    /// What is run before it.
    pub(crate) build: Option<String>,
    /// What it may read.
    pub(crate) context: Map<String, Value>,
    /// Whether it is one of the stock CLI, which tells its apps the account and region of the credentials.
    pub(crate) is_stock: bool,
    /// The account and region where a stack does not say its own.
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
}

/// There is no assembly.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppError {
    #[error(
        "no app is known; help: give a folder, `--app \"cargo run\"`, or write `app = \"cargo run\"` in ce.toml; a \
         `cdk.json` in this folder is read too"
    )]
    Unknown,
    #[error("no app is known, and no assembly is in `{0}`; help: give the folder that has its `manifest.json`")]
    NoAssembly(String),
    #[error("`{0}` is not a context value; help: write `-c key=value`")]
    Context(String),
    #[error("cannot run `{command}`: {source}")]
    Start { command: String, source: io::Error },
    #[error("`{command}` ended with {status}")]
    Failed { command: String, status: ExitStatus },
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

impl Source {
    /// Runs the app, if there is one; what it prints goes to `output`.
    pub(crate) async fn make(&self, output: Stdio) -> Result<(), AppError> {
        match self {
            Self::App(app) => app.run(output).await,
            Self::Folder(_) => Ok(()),
        }
    }

    /// The assembly that is there.
    pub(crate) async fn assembly(&self, reading: Reading) -> Result<Assembly, AppError> {
        // Reading takes digests of every file: work for a thread that may block.
        let folder = self.folder().to_owned();
        let read = tokio::task::spawn_blocking(move || reading.read(folder)).await;
        read.map_err(|error| AssemblyError::File { path: PathBuf::new(), source: io::Error::other(error) })?
            .map_err(Into::into)
    }

    /// Where the assembly lies.
    pub(crate) fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder,
            Self::App(app) => &app.out,
        }
    }
}

impl App {
    /// Runs it. What it prints goes to `output`, what it complains of to our standard error.
    async fn run(&self, output: Stdio) -> Result<(), AppError> {
        if let Some(build) = &self.build {
            self.run_one(build, shell(build), Stdio::piped()).await?;
        }
        let failed = |source| AppError::Start { command: self.command.clone(), source };
        std::fs::create_dir_all(&self.out).map_err(failed)?;
        let out = self.out.canonicalize().map_err(failed)?;
        let mut command = shell(&self.command);
        command.env("CDK_OUTDIR", out).env("CDK_CONTEXT_JSON", Value::Object(self.context.clone()).to_string());
        if let Some(account) = &self.account {
            command.env("CDK_DEFAULT_ACCOUNT", account);
        }
        if let Some(region) = &self.region {
            command.env("CDK_DEFAULT_REGION", region);
        }
        self.run_one(&self.command, command, output).await
    }

    async fn run_one(&self, line: &str, mut command: Command, output: Stdio) -> Result<(), AppError> {
        let failed = |source| AppError::Start { command: line.to_owned(), source };
        command.current_dir(&self.folder).stdin(Stdio::null()).stdout(output).kill_on_drop(true);
        let output = command.spawn().map_err(failed)?.wait_with_output().await.map_err(failed)?;
        if output.status.success() {
            return Ok(());
        }
        Err(AppError::Failed { command: line.to_owned(), status: output.status })
    }
}

fn shell(command: &str) -> Command {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(shell);
    shell.arg(flag).arg(command);
    shell
}
