//! Jobs that look at the code.

use ce_synth::{Document, Duration};

use super::Target;
use crate::delivery::workflow::{DOWNLOAD, UPLOAD};
use crate::delivery::{Job, JobStep};

/// The name that assemblies are handed from job to job by.
const ASSEMBLIES: &str = "assemblies";

/// The step that fetches what [`synth`] handed on.
pub(super) fn take_assemblies() -> JobStep {
    JobStep::uses("Take the assemblies", DOWNLOAD).with("name", ASSEMBLIES).with("path", "ce.out")
}

/// A committed workflow that is not the synthesized one would deploy by old rules.
const COMPARE: &str = "for file in ce.out/*/workflows/*.yml; do
  [ -e \"$file\" ] || continue
  cmp \"$file\" \".github/workflows/$(basename \"$file\")\"
done
";

pub(in crate::delivery) fn toolchain(version: &str) -> JobStep {
    let install =
        format!("rustup toolchain install {version} --profile minimal --component clippy --component rustfmt");
    JobStep::run("Install Rust", format!("{install}\nrustup default {version}\n"))
}

pub(super) fn commands(name: &str, version: &str, commands: &[String]) -> Job {
    let steps = commands.iter().map(|command| JobStep::run(command.clone(), command.clone()));
    Job::new().named(name).step(JobStep::check_out()).step(toolchain(version)).steps(steps).timeout(Duration::hours(1))
}

/// Synthesizes for every target, and hands the assemblies on.
pub(super) fn synth(version: &str, targets: &[Target]) -> Job {
    let mut job = Job::new().named("Synthesize").step(JobStep::check_out()).step(toolchain(version));
    for target in targets {
        let line = target.program.line(&target.folder());
        job = job.step(JobStep::run(format!("Synthesize for {}", target.name), Document::from(line)));
    }
    let keep = JobStep::uses("Keep the assemblies", UPLOAD)
        .with("name", ASSEMBLIES)
        .with("path", "ce.out")
        .with("if-no-files-found", "error")
        .with("include-hidden-files", "true");
    job.step(JobStep::run("Compare the workflows with those that are committed", COMPARE)).step(keep)
}
