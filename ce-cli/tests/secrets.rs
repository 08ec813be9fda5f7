//! Secrets show in nothing that the program writes: not on its streams, not in its events, journal or plan.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use ce_cli::simulate::{Clock, Cloud, Fault, Server};
use ce_deploy::digest::sha256;
use ce_deploy::simulator::{Settings, Simulator};
use ce_deploy::wire::Simulated;
use tokio::process::Command;

/// Each has its fault and runs the program seven times.
const RUNS: u64 = 32;
/// A hidden parameter that is copied into a property and an output, as templates do.
const TEMPLATE: &str = r#"{"Parameters":{"Password":{"Type":"String","NoEcho":true}},
    "Resources":{"Value":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":{"Ref":"Password"}}}},
    "Outputs":{"Copy":{"Value":{"Ref":"Password"}}}}"#;
const MANIFEST: &str = r#"{"version":"36.0.0","artifacts":{"Shop":{"type":"aws:cloudformation:stack",
    "environment":"aws://111111111111/eu-west-1","properties":{"templateFile":"Shop.template.json"}}}}"#;
const FAULTS: [&str; 8] = [
    "throttle=any:10%",
    "unavailable=CreateChangeSet",
    "lost-answer=ExecuteChangeSet",
    "broken-answer=DescribeStacks:2",
    "garbled-answer=DescribeChangeSet",
    "denied=CreateChangeSet:9",
    "expired-token=DescribeStacks:9",
    "internal=any:5%",
];

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ce-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).expect("a folder");
        fs::write(path.join("manifest.json"), MANIFEST).expect("a file");
        fs::write(path.join("Shop.template.json"), TEMPLATE).expect("a file");
        Self(path)
    }

    /// Every file below it, one after another.
    fn everything(&self) -> String {
        fn read(folder: &Path, into: &mut String) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    read(&path, into);
                } else {
                    into.push_str(&String::from_utf8_lossy(&fs::read(path).expect("a file")));
                }
            }
        }
        let mut text = String::new();
        read(&self.0, &mut text);
        text
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

async fn server(seed: u64) -> Server {
    let which = usize::try_from(seed).unwrap_or_default() % FAULTS.len();
    let fault: Fault = FAULTS[which].parse().expect("a fault");
    let simulated = Simulated::new(Simulator::new(Settings::default().seed(seed), &ce_cfn::SCHEMAS));
    let cloud = Cloud::new(simulated).clock(Clock::start(500.0)).seed(seed).faults([fault]);
    Server::start(cloud, 0).await.expect("a free port")
}

/// What a command says on both streams.
async fn ce(server: &Server, folder: &Folder, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ce"));
    command.args(arguments).arg(&folder.0).arg("--state-dir").arg(folder.0.join("state"));
    command.arg("--events").arg(folder.0.join("events.ndjson")).arg("-vvv").env_clear();
    for (name, value) in [("AWS_ACCESS_KEY_ID", "111111111111"), ("AWS_SECRET_ACCESS_KEY", "any")] {
        command.env(name, value);
    }
    command.env("AWS_ENDPOINT_URL", server.url()).env("AWS_REGION", "eu-west-1").env("RUST_BACKTRACE", "1");
    command.env("HOME", &folder.0).env("AWS_EC2_METADATA_DISABLED", "true").current_dir(&folder.0);
    let output = command.stdin(Stdio::null()).output().await.expect("it runs");
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn no_secret_is_written() {
    let runs: Vec<_> = (0..RUNS).map(|seed| tokio::spawn(writes_nothing(seed))).collect();
    let mut deployed = 0;
    for run in runs {
        deployed += u64::from(run.await.expect("no canary shows"));
    }
    assert!(deployed > RUNS / 2, "only {deployed} runs deployed anything");
}

/// Looks at one run; whether it deployed anything.
async fn writes_nothing(seed: u64) -> bool {
    let canary = format!("canary-{}", &sha256(format!("{seed}"))[..20]);
    let parameter = format!("Shop:Password={canary}");
    let (server, folder) = (server(seed).await, Folder::new(&format!("secret-{seed}")));
    let plan = folder.0.join("plan.json").display().to_string();
    let planned = ce(&server, &folder, &["plan", "--json", "--out", &plan, "-p", &parameter]).await;
    let said = ce(&server, &folder, &["deploy", "--require-approval", "never", "-p", &parameter]).await;
    let again = ce(&server, &folder, &["deploy", "--json", "--require-approval", "never", "-p", &parameter]).await;
    // The flag's variable, a file of parameters, the other forms; a command that is wrong; and one on the simulator.
    let given = format!(r#"{{"Shop": {{"Password": "{canary}"}}}}"#);
    let file = folder.0.parent().unwrap_or(&folder.0).join(format!("ce-secret-{seed}-{}.json", std::process::id()));
    fs::write(&file, given).expect("a file");
    let path = file.display().to_string();
    let differs = ce(&server, &folder, &["diff", "--md", "--params-file", &path]).await;
    let wrong = ce(&server, &folder, &["deploy", "--mode", "none", "-p", &parameter]).await;
    let played = ce(&server, &folder, &["simulate", "--fault", "resource-fails", "-p", &parameter]).await;
    let drifts = ce(&server, &folder, &["drift", "--json"]).await;
    fs::remove_file(file).ok();
    let all = [planned, said, again, differs, wrong, played, drifts, folder.everything()].concat();
    assert!(!all.contains(&canary), "seed {seed} shows {canary}");
    server.tally().operations.contains_key("ExecuteChangeSet")
}
