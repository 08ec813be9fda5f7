//! What is done before and after a deployment.

use ce_synth::{Document, Duration};

use super::service_version::ServiceVersion;
use super::{ContainerImage, checks};
use crate::compute::FargateService;
use crate::delivery::{Job, JobStep};
use crate::operations::AutomationDocument;

/// Something that is done before or after a deployment, as a job of its own: tests, a snapshot, a migration.
///
/// ```
/// use ce_constructs::delivery::Task;
/// use ce_synth::Duration;
/// let tests = Task::run("integration_tests", "cargo test --locked --test integration").timeout(Duration::hours(1));
/// # let _ = tests;
/// ```
///
/// By default it has the repository at hand, the target's role and its environment, and half an hour.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a task does nothing until it is given to a target"]
pub struct Task {
    id: String,
    steps: Vec<JobStep>,
    acts: bool,
    checks_out: bool,
    timeout: Duration,
}

impl Task {
    /// A script, by the id of its job.
    pub fn run(id: impl Into<String>, script: impl Into<Document>) -> Self {
        let id = id.into();
        let name = sentence(&id);
        Self {
            id,
            steps: vec![JobStep::run(name, script)],
            acts: true,
            checks_out: true,
            timeout: Duration::minutes(30),
        }
    }

    /// Starts a runbook and waits for its end. The role may, once it is told so with
    /// [`GitHubRole::starts`](crate::delivery::GitHubRole::starts).
    pub fn automation(id: impl Into<String>, document: &AutomationDocument<'_>) -> Self {
        let region = document.scope().region();
        let start = Document::from(format!(
            "execution=$(aws ssm start-automation-execution --region {region} \\\n  --document-name "
        ))
        .shell(document.name())
        .text(" --query AutomationExecutionId --output text)\n")
        .text(format!(
            "echo \"execution $execution\"\nwhile status=$(aws ssm get-automation-execution --region {region} \\\n"
        ))
        .text("    --automation-execution-id \"$execution\" \\\n")
        .text("    --query AutomationExecution.AutomationExecutionStatus --output text); do\n")
        .text("  case \"$status\" in\n    Success) exit 0 ;;\n    Pending | InProgress | Waiting) sleep 15 ;;\n")
        .text("    *) echo \"::error::the runbook ended as $status\"; exit 1 ;;\n  esac\ndone\n");
        Self { timeout: Duration::hours(1), ..Self::run(id, start) }.without_code()
    }

    /// Runs a command once, in a task like a service's with the image of the commit, and waits for its end: a migration.
    /// The role may, once it is told so with [`GitHubRole::releases`](crate::delivery::GitHubRole::releases). Words of the
    /// command are letters, digits and `-_./:=`.
    pub fn once<W: AsRef<str>>(
        id: impl Into<String>,
        service: &FargateService<'_>,
        image: &ContainerImage,
        command: impl IntoIterator<Item = W>,
    ) -> Self {
        let version = ServiceVersion::of(service, image);
        Self { timeout: Duration::hours(1), ..Self::run(id, version.once(command)) }.without_code()
    }

    /// Another step, after those before. Default: the one it was made with.
    pub fn step(mut self, step: JobStep) -> Self {
        self.steps.push(step);
        self
    }

    /// Has the assemblies of all targets at hand, in `ce.out/` and the target's name, and not the code. Default: the code.
    pub fn with_assemblies(mut self) -> Self {
        self.steps.insert(0, checks::take_assemblies());
        self.without_code()
    }

    fn without_code(self) -> Self {
        Self { checks_out: false, ..self }
    }

    /// Neither signs in to AWS nor enters the target's environment: what only talks to the deployed app. Default: both.
    pub fn without_role(mut self) -> Self {
        self.acts = false;
        self
    }

    /// How long it may take, in whole minutes. Default: half an hour; an hour for a runbook.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// The id of its job.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn acts(&self) -> bool {
        self.acts
    }

    /// The job, with the steps that prepare it.
    pub(super) fn job(&self, prepared: impl IntoIterator<Item = JobStep>) -> Job {
        let check_out = self.checks_out.then(JobStep::check_out);
        let steps = check_out.into_iter().chain(prepared).chain(self.steps.iter().cloned());
        Job::new().named(sentence(&self.id)).timeout(self.timeout).steps(steps)
    }
}

/// `integration_tests` as people read it: `Integration tests`.
pub(super) fn sentence(id: &str) -> String {
    let spaced = id.replace(['_', '-'], " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
