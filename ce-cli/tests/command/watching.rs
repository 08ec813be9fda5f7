//! `ce watch`, from the first deployment to Ctrl-C. What it hotswaps is in `hotswapping`.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr};

use crate::ran::Desk;

/// Nothing takes so long; a test that waits for what never comes fails then.
const PATIENCE: Duration = Duration::from_mins(2);
/// Copies what it finds, unless that is no template; counts its runs beside the project.
const APP: &str = r#"echo run >> "$HOME/runs"
[ ! -e "$HOME/slow" ] || sleep 60
grep -q Resources Shop.template.json || { echo "the app is broken" >&2; exit 3; }
cp manifest.json Shop.template.json "$CDK_OUTDIR"
"#;

/// A watch over a project.
pub(crate) struct Guard {
    child: Child,
    lines: Lines<BufReader<ChildStderr>>,
    pub(crate) shown: String,
}

impl Guard {
    pub(crate) fn over(desk: &Desk) -> Self {
        Self::with(desk, &[])
    }

    pub(crate) fn with(desk: &Desk, more: &[&str]) -> Self {
        // Files of its own in the project are no changes of it.
        let own = ["--events", "events.ndjson", "--outputs", "outputs.json", "--state-dir", "state"];
        let mut command = desk.command(&[&["watch", "--require-approval", "never"], &own[..], more].concat());
        command.current_dir(desk.folder.join("project")).stderr(Stdio::piped()).stdout(Stdio::null());
        // As a shell starts it: Ctrl-C reaches all that it runs.
        command.process_group(0);
        let mut child = tokio::process::Command::from(command).kill_on_drop(true).spawn().expect("it runs");
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        Self { child, lines, shown: String::new() }
    }

    pub(crate) async fn wait_for(&mut self, text: &str) {
        loop {
            let line = tokio::time::timeout(PATIENCE, self.lines.next_line()).await;
            let line = line.unwrap_or_else(|_| panic!("`{text}` never comes: {}", self.shown));
            let line = line.expect("text").unwrap_or_else(|| panic!("it ended without `{text}`: {}", self.shown));
            self.shown += &line;
            self.shown.push('\n');
            if line.contains(text) {
                return;
            }
        }
    }

    /// Ends it as if the machine lost power.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("it is gone");
    }

    /// Presses Ctrl-C; the exit code.
    pub(crate) async fn interrupt(mut self) -> Option<i32> {
        let group = format!("-{}", self.child.id().expect("it runs"));
        Command::new("kill").args(["-INT", "--", &group]).status().expect("kill runs");
        tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("it ends").expect("it ended").code()
    }
}

pub(crate) fn project(desk: &Desk) {
    let folder = desk.folder.join("project");
    fs::create_dir_all(&folder).expect("a folder");
    let stack = json!({ "type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1",
        "properties": { "templateFile": "Shop.template.json", "stackName": "shop" } });
    let manifest = json!({ "version": "36.0.0", "artifacts": { "Shop": stack } });
    for (name, text) in [
        ("ce.toml", "app = \"sh app.sh\"\n".to_owned()),
        ("app.sh", APP.to_owned()),
        ("manifest.json", manifest.to_string()),
    ] {
        fs::write(folder.join(name), text).expect("a file");
    }
    write(desk, &topic("a"));
}

/// A topic that is called something; another name replaces nothing.
fn topic(name: &str) -> String {
    let topic = json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": name } });
    json!({ "Resources": { "News": topic } }).to_string()
}

pub(crate) fn write(desk: &Desk, template: &str) {
    fs::write(desk.folder.join("project/Shop.template.json"), template).expect("a file");
}

#[tokio::test]
async fn a_change_is_deployed_a_mistake_is_told_and_it_goes_on() {
    let desk = Desk::with_cloud("watch").await;
    project(&desk);
    let mut guard = Guard::over(&desk);
    guard.wait_for("exit code 0; waiting for changes").await;
    assert_eq!(desk.operations("ExecuteChangeSet"), 1);

    write(&desk, &topic("b"));
    guard.wait_for("exit code 0; waiting for changes").await;
    assert_eq!(desk.operations("ExecuteChangeSet"), 2);

    write(&desk, "oops");
    guard.wait_for("the app is broken").await;
    guard.wait_for("ended with").await;
    assert_eq!(desk.operations("ExecuteChangeSet"), 2);

    write(&desk, &topic("c"));
    guard.wait_for("exit code 0; waiting for changes").await;
    assert_eq!(desk.operations("ExecuteChangeSet"), 3);

    assert_eq!(guard.interrupt().await, Some(0));
    let runs = fs::read_to_string(desk.folder.join("runs")).expect("runs");
    assert_eq!(runs.lines().count(), 4, "once at first, and once for each change");
}

#[tokio::test]
async fn a_project_that_never_deployed_is_left_alone_by_ctrl_c() {
    let desk = Desk::with_cloud("watch-broken").await;
    project(&desk);
    write(&desk, "oops");
    let mut guard = Guard::over(&desk);
    guard.wait_for("ended with").await;
    write(&desk, &topic("a"));
    guard.wait_for("exit code 0; waiting for changes").await;
    assert_eq!(guard.interrupt().await, Some(0));
}

#[tokio::test]
async fn ctrl_c_while_the_app_is_built_is_the_end_of_it() {
    let desk = Desk::with_cloud("watch-building").await;
    project(&desk);
    let mut guard = Guard::over(&desk);
    guard.wait_for("exit code 0; waiting for changes").await;
    fs::write(desk.folder.join("slow"), "").expect("a file");
    write(&desk, &topic("b"));
    while fs::read_to_string(desk.folder.join("runs")).expect("runs").lines().count() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(guard.interrupt().await, Some(130));
    assert_eq!(desk.operations("ExecuteChangeSet"), 1);
}
