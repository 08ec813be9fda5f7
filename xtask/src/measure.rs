//! `cargo xtask measure`: what a user of the example waits for.
//!
//! Prints lines of Markdown for `docs/performance.md`: a cold build, the number of crates, the time from an edit to
//! templates on disk, and one run of the program with its peak memory. Crates must have been fetched before.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

const EXAMPLE: &str = "prod";
const SOURCE: &str = "examples/prod/main.rs";
/// How often each short measurement is taken; the median is printed.
const ROUNDS: usize = 5;

pub(crate) fn run() -> Result<(), String> {
    let scratch = std::env::temp_dir().join(format!("ce-measure-{}", std::process::id()));
    let result = measure(&scratch);
    std::fs::remove_dir_all(&scratch).ok();
    result
}

fn measure(scratch: &Path) -> Result<(), String> {
    println!("| what | measured |\n|---|---|");
    println!("| crates built for `cargo run --example {EXAMPLE}` | {} |", crates()?);
    let (target, out) = (scratch.join("target"), scratch.join("out"));
    let cold = timed(&mut cargo(&target, &["build", "--offline", "--example", EXAMPLE]))?;
    println!("| cold debug build of the example | {:.1} s |", cold.as_secs_f64());
    let out = out.display().to_string();
    let run = ["run", "--offline", "-q", "--example", EXAMPLE, "--", "--no-lock", "--out", &out];
    let edit = median(|| {
        touch(Path::new(SOURCE))?;
        timed(&mut cargo(&target, &run))
    })?;
    println!("| edit to templates on disk | {:.2} s |", edit.as_secs_f64());
    timed(&mut cargo(&target, &["build", "--offline", "--release", "--example", EXAMPLE]))?;
    for profile in ["debug", "release"] {
        let program = target.join(profile).join("examples").join(EXAMPLE);
        for (what, more) in [("all rules on", &["--no-reports"][..]), ("all rules on and judged", &[])] {
            let arguments = [&["--no-lock", "--out", &*out], more].concat();
            let once = median(|| timed(Command::new(&program).args(&arguments).stdout(Stdio::null())))?;
            let memory = peak_memory(&program, &arguments)?;
            let millis = once.as_secs_f64() * 1e3;
            println!("| one run, {profile}, {what} | {millis:.1} ms, {} MiB |", memory / 1024);
        }
    }
    Ok(())
}

fn cargo(target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).env("CARGO_TARGET_DIR", target).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn timed(command: &mut Command) -> Result<Duration, String> {
    let start = Instant::now();
    let status = command.status().map_err(|error| format!("cannot run {command:?}: {error}"))?;
    if status.success() { Ok(start.elapsed()) } else { Err(format!("{command:?} failed")) }
}

fn median(mut once: impl FnMut() -> Result<Duration, String>) -> Result<Duration, String> {
    let mut times = (0..ROUNDS).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
    times.sort();
    Ok(times[ROUNDS / 2])
}

/// As saving the file in an editor does: its content may be the same, its time is new.
fn touch(path: &Path) -> Result<(), String> {
    let file =
        File::options().append(true).open(path).map_err(|error| format!("cannot open {}: {error}", path.display()))?;
    file.set_modified(SystemTime::now()).map_err(|error| format!("cannot touch {}: {error}", path.display()))
}

/// The distinct crates that are compiled for the root package, without what only tests need.
fn crates() -> Result<usize, String> {
    let arguments = ["tree", "--offline", "-p", "ce", "-e", "normal,build,dev", "--prefix", "none", "--format", "{p}"];
    let output = Command::new("cargo").args(arguments).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let names: BTreeSet<&str> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    Ok(names.len())
}

/// The largest resident size in KiB, sampled while the program runs; memory is not given back before its end.
fn peak_memory(program: &PathBuf, arguments: &[&str]) -> Result<u64, String> {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().map_err(|error| error.to_string())?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let size = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(size.unwrap_or(0));
    }
    Ok(peak)
}
