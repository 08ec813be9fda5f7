//! The app that makes the assembly, run the way the stock CLI runs one.
//!
//! Source: the protocol of cloud assemblies: `CDK_OUTDIR` says where to write, `CDK_CONTEXT_JSON` what the app may read.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use ce_deploy::assembly::{Assembly, AssemblyError, Reading};
use tokio::process::Command;

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
    /// What it may read.
    pub(crate) context: BTreeMap<String, String>,
    /// The region where a stack does not say its own.
    pub(crate) region: Option<String>,
}

/// There is no assembly.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppError {
    #[error("no app is known; help: give a folder, `--app \"cargo run\"`, or write `app = \"cargo run\"` in ce.toml")]
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
}

impl Source {
    /// The assembly, made anew if an app makes it.
    pub(crate) async fn assembly(&self, reading: Reading) -> Result<Assembly, AppError> {
        if let Self::App(app) = self {
            app.run(Stdio::piped()).await?;
        }
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
    pub(crate) async fn run(&self, output: Stdio) -> Result<(), AppError> {
        let failed = |source| AppError::Start { command: self.command.clone(), source };
        std::fs::create_dir_all(&self.out).map_err(failed)?;
        let out = self.out.canonicalize().map_err(failed)?;
        let context = serde_json::to_string(&self.context).unwrap_or_default();
        let mut command = shell(&self.command);
        command
            .current_dir(&self.folder)
            .env("CDK_OUTDIR", out)
            .env("CDK_CONTEXT_JSON", context)
            .stdin(Stdio::null())
            .stdout(output)
            .kill_on_drop(true);
        if let Some(region) = &self.region {
            command.env("CDK_DEFAULT_REGION", region);
        }
        let output = command.spawn().map_err(failed)?.wait_with_output().await.map_err(failed)?;
        if output.status.success() {
            return Ok(());
        }
        Err(AppError::Failed { command: self.command.clone(), status: output.status })
    }
}

fn shell(command: &str) -> Command {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(shell);
    shell.arg(flag).arg(command);
    shell
}
