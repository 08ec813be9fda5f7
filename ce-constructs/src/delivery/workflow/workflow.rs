//! Workflows.

use ce_synth::Scope;

use super::{Concurrency, Job, Permissions, Trigger, Yaml};
use crate::delivery::rules;

/// The folder of the assembly that workflows lie in.
const FOLDER: &str = "workflows";

/// A workflow of GitHub Actions; a file of the assembly that is copied to `.github/workflows` and committed.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::{Job, JobStep, Trigger, Workflow};
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// Workflow::new("Checks")
///     .on(Trigger::pull_request())
///     .job("test", Job::new().step(JobStep::check_out()).step(JobStep::run("Test", "cargo test --locked")))
///     .build(stack, "Checks");
/// let assembly = app.synth()?;
/// assert!(assembly.file("workflows/checks.yml").unwrap().contains("run: cargo test --locked"));
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// By default its token may read the code and nothing else, and any number of runs go on at the same time.
#[derive(Clone, Debug)]
#[must_use = "a workflow does nothing until `build`"]
pub struct Workflow {
    name: String,
    file: Option<String>,
    triggers: Vec<Trigger>,
    permissions: Permissions,
    concurrency: Option<Concurrency>,
    env: Vec<(String, String)>,
    jobs: Vec<(String, Job)>,
}

/// A workflow that was added to the assembly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowFile {
    path: String,
    jobs: Vec<String>,
}

impl WorkflowFile {
    /// Its path below the assembly's folder.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The ids of its jobs, in order.
    pub fn jobs(&self) -> &[String] {
        &self.jobs
    }
}

impl Workflow {
    /// A workflow by the name that people see.
    pub fn new(name: impl Into<String>) -> Self {
        let (file, triggers, concurrency, env, jobs) = Default::default();
        Self { name: name.into(), file, triggers, permissions: Permissions::read_code(), concurrency, env, jobs }
    }

    /// The name of its file, without folder and ending. Default: its name in small letters, with hyphens for spaces.
    pub fn file(mut self, name: impl Into<String>) -> Self {
        self.file = Some(name.into());
        self
    }

    /// What starts it; called again, it adds. Default: nothing, which is a finding (`CE8502`).
    pub fn on(mut self, trigger: Trigger) -> Self {
        match self.triggers.iter_mut().find(|known| known.event() == trigger.event()) {
            Some(known) => known.merge(&trigger),
            None => self.triggers.push(trigger),
        }
        self
    }

    /// What the token of its jobs may do. Default: reading the code.
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = permissions;
        self
    }

    /// What it may not run beside. Default: any number of runs.
    pub fn concurrency(mut self, concurrency: Concurrency) -> Self {
        self.concurrency = Some(concurrency);
        self
    }

    /// A variable of all its jobs. Default: none.
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// A job, by the id that others need it by.
    pub fn job(mut self, id: impl Into<String>, job: Job) -> Self {
        self.jobs.push((id.into(), job));
        self
    }

    /// Adds the file.
    #[track_caller]
    pub fn build(self, scope: Scope<'_>, id: &str) -> WorkflowFile {
        let scope = scope.child(id);
        rules::check_workflow(scope, &self);
        let path = format!("{FOLDER}/{}.yml", self.file_name());
        scope.file(&path, self.yaml().document());
        WorkflowFile { path, jobs: self.jobs.into_iter().map(|(id, _)| id).collect() }
    }

    fn file_name(&self) -> String {
        let spaced = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
        self.file.clone().unwrap_or_else(|| self.name.chars().map(spaced).collect())
    }

    pub(in crate::delivery) fn name(&self) -> &str {
        &self.name
    }

    pub(in crate::delivery) fn jobs(&self) -> &[(String, Job)] {
        &self.jobs
    }

    pub(in crate::delivery) fn is_started(&self) -> bool {
        !self.triggers.is_empty()
    }

    pub(in crate::delivery) fn crons(&self) -> impl Iterator<Item = &str> {
        self.triggers.iter().flat_map(Trigger::crons).map(String::as_str)
    }

    fn yaml(&self) -> Yaml {
        let events = self.triggers.iter().map(|trigger| (trigger.event().to_owned(), trigger.yaml()));
        let jobs = self.jobs.iter().map(|(id, job)| (id.clone(), job.yaml()));
        let mut yaml =
            vec![("name".to_owned(), Yaml::text(&self.name)), ("on".to_owned(), Yaml::Map(events.collect()))];
        yaml.push(("permissions".to_owned(), self.permissions.yaml()));
        yaml.extend(self.concurrency.as_ref().map(|group| ("concurrency".to_owned(), group.yaml())));
        yaml.extend(Yaml::pairs(&self.env).map(|env| ("env".to_owned(), env)));
        yaml.push(("jobs".to_owned(), Yaml::Map(jobs.collect())));
        Yaml::Map(yaml)
    }
}
