//! Running the command, away from the user's files and credentials.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ce_cli::simulate::{Clock, Cloud, Server};
use ce_deploy::simulator::{Fault, Settings, Simulator};
use ce_deploy::wire::Simulated;

/// How a run of the command ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Ran {
    /// Runs a command to its end.
    pub(crate) async fn of(mut command: Command) -> Self {
        let run = tokio::task::spawn_blocking(move || command.output()).await.expect("a thread").expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Self { code: run.status.code().unwrap_or(-1), output: text(run.stdout), errors: text(run.stderr) }
    }

    /// Everything that was shown.
    pub(crate) fn shown(&self) -> String {
        format!("{}{}", self.output, self.errors)
    }

    /// The result, read as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.output).unwrap_or_else(|error| panic!("{error}: {}", self.shown()))
    }

    /// Fails if it ended with another code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.shown());
        self
    }
}

/// A folder of its own for a test, and a simulated cloud that is served.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    server: Option<Server>,
}

impl Desk {
    /// Without a cloud.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("ce-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder, server: None }
    }

    /// With a simulated cloud, in which time passes quickly.
    pub(crate) async fn with_cloud(name: &str) -> Self {
        Self::with_faults(name, &[]).await
    }

    /// With a simulated cloud in which something goes wrong.
    pub(crate) async fn with_faults(name: &str, faults: &[Fault]) -> Self {
        let mut simulator = Simulator::new(Settings::default(), &ce_cfn::SCHEMAS);
        simulator.add_faults(faults);
        Self::on(name, simulator).await
    }

    /// With a cloud in which something happened already.
    pub(crate) async fn on(name: &str, simulator: Simulator) -> Self {
        Self::at_speed(20.0, name, simulator).await
    }

    /// With a cloud in which so many seconds pass in one.
    pub(crate) async fn at_speed(speed: f64, name: &str, simulator: Simulator) -> Self {
        Self::of(name, Cloud::new(Simulated::new(simulator)).clock(Clock::start(speed))).await
    }

    /// With this cloud.
    pub(crate) async fn of(name: &str, cloud: Cloud) -> Self {
        let server = Server::start(cloud, 0).await.expect("a port");
        let mut desk = Self::new(name);
        desk.server = Some(server);
        desk
    }

    /// Runs the command.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[]).await
    }

    /// Runs the command with variables.
    pub(crate) async fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        Ran::of(command).await
    }

    /// Where the cloud is.
    pub(crate) fn url(&self) -> String {
        self.server.as_ref().map(Server::url).unwrap_or_default()
    }

    /// How often the cloud was asked for something.
    pub(crate) fn operations(&self, name: &str) -> u64 {
        let tally = self.server.as_ref().map(Server::tally);
        tally.and_then(|tally| tally.operations.get(name).copied()).unwrap_or_default()
    }

    /// The command, not begun yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ce"));
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", &self.folder).env("AWS_EC2_METADATA_DISABLED", "true");
        if let Some(server) = &self.server {
            command.env("AWS_ENDPOINT_URL", server.url());
            command.env("AWS_ACCESS_KEY_ID", "111111111111").env("AWS_SECRET_ACCESS_KEY", "secret");
        }
        command
    }

    /// Everything that was written to files.
    pub(crate) fn files(&self) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        collect(&self.folder, &mut found);
        found
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            let text = std::fs::read(&path).unwrap_or_default();
            found.push((path, String::from_utf8_lossy(&text).into_owned()));
        }
    }
}
