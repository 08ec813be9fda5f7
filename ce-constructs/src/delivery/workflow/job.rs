//! Jobs of workflows.

use ce_synth::Duration;

use super::step::minutes;
use super::{Concurrency, JobStep, PermissionScope, Permissions, Yaml};

/// The system that jobs run on; a fixed one, so that a new release does not break a deployment.
const RUNNER: &str = "ubuntu-24.04";

/// A job of a [`Workflow`](super::Workflow): steps on one machine.
///
/// ```
/// use ce_constructs::delivery::{Job, JobStep};
/// let test = Job::new().needs("lint").step(JobStep::check_out()).step(JobStep::run("Test", "cargo test --locked"));
/// # let _ = test;
/// ```
///
/// By default it runs on a fixed release of Ubuntu, for half an hour at most, with a token that may read the code; a
/// job that signs in to AWS may write the token that AWS trusts as well.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a job does nothing until it is given to a workflow"]
pub struct Job {
    name: Option<String>,
    needs: Vec<String>,
    condition: Option<String>,
    runner: String,
    environment: Option<String>,
    permissions: Option<Permissions>,
    concurrency: Option<Concurrency>,
    outputs: Vec<(String, String)>,
    env: Vec<(String, String)>,
    timeout: Duration,
    steps: Vec<JobStep>,
}

impl Default for Job {
    fn default() -> Self {
        Self::new()
    }
}

impl Job {
    /// A job without steps, which is a finding (`CE8502`).
    pub fn new() -> Self {
        let (name, needs, condition, environment, permissions, concurrency, outputs, env, steps) = Default::default();
        let (runner, timeout) = (RUNNER.to_owned(), Duration::minutes(30));
        Self { name, needs, condition, runner, environment, permissions, concurrency, outputs, env, timeout, steps }
    }

    /// What people call it. Default: its id.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Waits for another job; called again, for that one too. Default: it waits for none.
    pub fn needs(mut self, job: impl Into<String>) -> Self {
        let job = job.into();
        if !self.needs.contains(&job) {
            self.needs.push(job);
        }
        self
    }

    /// Only if an expression is true. Default: if the jobs it needs succeeded.
    pub fn when(mut self, condition: impl Into<String>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    /// The machine it runs on. Default: `ubuntu-24.04`.
    pub fn runs_on(mut self, runner: impl Into<String>) -> Self {
        self.runner = runner.into();
        self
    }

    /// The environment of GitHub it is for, whose reviewers it waits for and whose secrets it sees. Default: none.
    pub fn environment(mut self, name: impl Into<String>) -> Self {
        self.environment = Some(name.into());
        self
    }

    /// What its token may do. Default: what the workflow's may; for a job that signs in to AWS, reading the code and
    /// writing the token that AWS trusts.
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = Some(permissions);
        self
    }

    /// What it may not run beside. Default: any number of runs.
    pub fn concurrency(mut self, concurrency: Concurrency) -> Self {
        self.concurrency = Some(concurrency);
        self
    }

    /// Something that jobs which need it may read: `needs.<job>.outputs.<name>`. Default: nothing.
    pub fn output(mut self, name: impl Into<String>, expression: impl Into<String>) -> Self {
        self.outputs.push((name.into(), expression.into()));
        self
    }

    /// A variable of its steps. Default: none.
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// How long it may take, in whole minutes, six hours at most (`CE8502`). Default: half an hour.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// A step, after those before. Default: none.
    pub fn step(mut self, step: JobStep) -> Self {
        self.steps.push(step);
        self
    }

    /// Steps, after those before. Default: none.
    pub fn steps(mut self, steps: impl IntoIterator<Item = JobStep>) -> Self {
        self.steps.extend(steps);
        self
    }

    pub(in crate::delivery) fn needed(&self) -> &[String] {
        &self.needs
    }

    pub(in crate::delivery) fn all_steps(&self) -> &[JobStep] {
        &self.steps
    }

    pub(in crate::delivery) fn time(&self) -> Duration {
        self.timeout
    }

    pub(in crate::delivery) fn output_names(&self) -> impl Iterator<Item = &str> {
        self.outputs.iter().map(|(name, _)| name.as_str())
    }

    pub(in crate::delivery) fn step_ids(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(JobStep::step_id)
    }

    /// Whether it signs in to AWS with a token that it may not write.
    pub(in crate::delivery) fn lacks_token(&self) -> bool {
        let may = |permissions: &Permissions| permissions.may_write(PermissionScope::IdToken);
        self.steps.iter().any(JobStep::signs_in) && self.permissions.as_ref().is_some_and(|given| !may(given))
    }

    /// Every text that may hold an expression.
    pub(in crate::delivery) fn expressions(&self) -> Vec<String> {
        let own = self.env.iter().chain(&self.outputs).map(|(_, value)| value.clone());
        let condition = self.condition.as_ref().map(|condition| format!("${{{{ {condition} }}}}"));
        own.chain(condition).chain(self.steps.iter().flat_map(JobStep::expressions)).collect()
    }

    pub(super) fn yaml(&self) -> Yaml {
        let signs_in = self.steps.iter().any(JobStep::signs_in);
        let token = || Permissions::read_code().write(PermissionScope::IdToken);
        let permissions = self.permissions.clone().or_else(|| signs_in.then(token));
        Yaml::map([
            ("name", self.name.as_ref().map(Yaml::text)),
            ("needs", (!self.needs.is_empty()).then(|| Yaml::texts(&self.needs))),
            ("if", self.condition.as_ref().map(Yaml::text)),
            ("runs-on", Some(Yaml::text(&self.runner))),
            ("environment", self.environment.as_ref().map(Yaml::text)),
            ("permissions", permissions.as_ref().map(Permissions::yaml)),
            ("concurrency", self.concurrency.as_ref().map(Concurrency::yaml)),
            ("timeout-minutes", Some(minutes(self.timeout))),
            ("outputs", Yaml::pairs(&self.outputs)),
            ("env", Yaml::pairs(&self.env)),
            ("steps", Some(Yaml::List(self.steps.iter().map(JobStep::yaml).collect()))),
        ])
    }
}
