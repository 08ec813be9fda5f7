//! Steps of jobs.

use ce_synth::{Document, Duration, Region};

use super::action_ref::SIGN_IN;
use super::{ActionRef, Yaml};
use crate::delivery::AssumedRole;

/// A step of a [`Job`](super::Job): a script, or an action.
///
/// ```
/// use ce_constructs::delivery::{ActionRef, JobStep};
/// const CACHE: ActionRef = ActionRef::new("actions/cache@0123456789abcdef0123456789abcdef01234567");
/// let cache = JobStep::uses("Cache", CACHE).with("path", "target").with("key", "${{ hashFiles('Cargo.lock') }}");
/// let test = JobStep::run("Test", "cargo test --locked").env("RUST_BACKTRACE", "1");
/// # let _ = (cache, test);
/// ```
///
/// A script may name resources of the app ([`Document`]). What others say (the title of a pull request, the name of a
/// branch) does not belong into a script, where it would run: hand it over as a variable, or it is a finding (`CE8505`).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a step does nothing until it is given to a job"]
pub struct JobStep {
    name: String,
    id: Option<String>,
    condition: Option<String>,
    work: Work,
    env: Vec<(String, String)>,
    folder: Option<String>,
    goes_on: bool,
    timeout: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
enum Work {
    Script(Document),
    Action(ActionRef, Vec<(String, String)>),
}

impl JobStep {
    fn new(name: impl Into<String>, work: Work) -> Self {
        let (id, condition, env, folder, goes_on, timeout) = Default::default();
        Self { name: name.into(), id, condition, work, env, folder, goes_on, timeout }
    }

    /// Runs a script with bash, which ends at the first command that fails.
    pub fn run(name: impl Into<String>, script: impl Into<Document>) -> Self {
        Self::new(name, Work::Script(script.into()))
    }

    /// Uses an action.
    pub fn uses(name: impl Into<String>, action: ActionRef) -> Self {
        Self::new(name, Work::Action(action, Vec::new()))
    }

    /// Checks the repository out, and leaves no token behind.
    pub fn check_out() -> Self {
        Self::uses("Check out", super::CHECKOUT).with("persist-credentials", "false")
    }

    /// Takes a role of AWS on, with the token of this run. The job may write that token then.
    pub fn sign_in(role: &AssumedRole, region: Region) -> Self {
        Self::uses("Sign in to AWS", SIGN_IN)
            .with("role-to-assume", role.arn())
            .with("aws-region", region.as_str())
            .with("allowed-account-ids", role.account().to_string())
    }

    /// An input of its action; a script takes variables instead. Default: none.
    pub fn with(mut self, input: impl Into<String>, value: impl Into<String>) -> Self {
        if let Work::Action(_, inputs) = &mut self.work {
            inputs.push((input.into(), value.into()));
        }
        self
    }

    /// A variable. Default: those of the job.
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// The name that expressions know it by: `steps.<id>.outputs`. Default: none.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Only if an expression is true. Default: if the steps before it succeeded.
    pub fn when(mut self, condition: impl Into<String>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    /// The folder a script runs in. Default: the repository's.
    pub fn folder(mut self, folder: impl Into<String>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Goes on with the next step when it fails. Default: the job fails.
    pub fn goes_on_after_failure(mut self) -> Self {
        self.goes_on = true;
        self
    }

    /// How long it may take, in whole minutes. Default: as long as the job.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }

    pub(super) fn step_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The name, for findings.
    pub(in crate::delivery) fn name(&self) -> &str {
        &self.name
    }

    pub(in crate::delivery) fn action(&self) -> Option<&ActionRef> {
        match &self.work {
            Work::Action(action, _) => Some(action),
            Work::Script(_) => None,
        }
    }

    pub(in crate::delivery) fn script(&self) -> Option<&Document> {
        match &self.work {
            Work::Action(..) => None,
            Work::Script(script) => Some(script),
        }
    }

    pub(super) fn signs_in(&self) -> bool {
        self.action().is_some_and(|action| action.as_str().starts_with("aws-actions/configure-aws-credentials@"))
    }

    /// Every text that may hold an expression.
    pub(super) fn expressions(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.env.iter().map(|(_, value)| value.clone()).collect();
        match &self.work {
            Work::Script(script) => texts.extend(script.texts().map(str::to_owned)),
            Work::Action(_, inputs) => texts.extend(inputs.iter().map(|(_, value)| value.clone())),
        }
        texts.extend(self.condition.as_ref().map(|condition| format!("${{{{ {condition} }}}}")));
        texts
    }

    pub(super) fn yaml(&self) -> Yaml {
        let (uses, with, run) = match &self.work {
            Work::Script(script) => (None, None, Some(Yaml::Script(script.clone()))),
            Work::Action(action, inputs) => (Some(action_text(action)), Yaml::pairs(inputs), None),
        };
        Yaml::map([
            ("name", Some(Yaml::text(&self.name))),
            ("id", self.id.as_ref().map(Yaml::text)),
            ("if", self.condition.as_ref().map(Yaml::text)),
            ("uses", uses),
            ("with", with),
            ("env", Yaml::pairs(&self.env)),
            ("working-directory", self.folder.as_ref().map(Yaml::text)),
            ("continue-on-error", self.goes_on.then_some(Yaml::Bool(true))),
            ("timeout-minutes", self.timeout.map(minutes)),
            ("run", run),
        ])
    }
}

fn action_text(action: &ActionRef) -> Yaml {
    match action.comment() {
        Some(version) => Yaml::Commented(action.as_str().to_owned(), version),
        None => Yaml::text(action.as_str()),
    }
}

pub(super) fn minutes(time: Duration) -> Yaml {
    Yaml::Number(time.as_seconds().div_ceil(60))
}
