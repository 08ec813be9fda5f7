//! Reviews of changes of the infrastructure.

use ce_synth::{Duration, Scope};

use super::pipeline::toolchain;
use super::{AssumedRole, DeployFreeze, Deployer, Job, JobStep, Target, Trigger, Workflow, WorkflowFile, rules};

/// A workflow that shows what a pull request would change, and applies it after an approval.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::{AssumedRole, InfrastructureReview, Program, Target};
/// # let app = App::new();
/// # let stack = app.stack("Delivery", PROD);
/// let reader = AssumedRole::named(PROD, "shop-prod-read");
/// let target = Target::new("infrastructure", PROD, AssumedRole::named(PROD, "shop-prod-deploy"), Program::example("prod"));
/// InfrastructureReview::builder(target, reader).paths(["infrastructure/**", "Cargo.lock"]).build(stack, "Review");
/// # app.synth().unwrap();
/// ```
///
/// A pull request gets three jobs: what changes, which rights and ports it opens, and what it costs. Whoever starts the
/// workflow has it applied, after the reviewers of the target's environment agreed, one run at a time.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct InfrastructureReview {
    target: Target,
    reader: AssumedRole,
    paths: Vec<String>,
    toolchain: String,
    deployer: Deployer,
}

const HEAD: &str = "ce.out/head";
const BASE: &str = "ce.out/base";

impl InfrastructureReview {
    /// A review of what a target would become. The reader sees its stacks and trusts pull requests
    /// ([`Subject::PullRequest`](super::Subject::PullRequest)).
    pub fn builder(target: Target, reader: impl Into<AssumedRole>) -> Self {
        let (paths, deployer) = Default::default();
        Self { target, reader: reader.into(), paths, toolchain: "stable".to_owned(), deployer }
    }

    /// The files that make a pull request one of the infrastructure. Default: any.
    pub fn paths<S: Into<String>>(mut self, paths: impl IntoIterator<Item = S>) -> Self {
        self.paths.extend(paths.into_iter().map(Into::into));
        self
    }

    /// The version of Rust. Default: `stable`.
    pub fn toolchain(mut self, version: impl Into<String>) -> Self {
        self.toolchain = version.into();
        self
    }

    /// What compares and deploys. Default: the stock CLI of the CDK.
    pub fn deployer(mut self, deployer: Deployer) -> Self {
        self.deployer = deployer;
        self
    }

    /// Adds the workflow `infrastructure.yml`.
    #[track_caller]
    pub fn build(self, scope: Scope<'_>, id: &str) -> WorkflowFile {
        rules::role_of_target::check(scope, &self.target.name, &self.target.role);
        let pull_request = match &self.paths[..] {
            [] => Trigger::pull_request(),
            paths => Trigger::pull_request().paths(paths.iter().cloned()),
        };
        let review = |job: Job| job.when("github.event_name == 'pull_request'");
        Workflow::new("Infrastructure")
            .on(pull_request)
            .on(self.target.requested())
            .job("diff", review(self.compared("What changes", &self.deployer.diff(HEAD, &self.target.stacks))))
            .job(
                "iam_diff",
                review(self.compared("Rights and ports", &self.deployer.security_diff(HEAD, &self.target.stacks))),
            )
            .job("cost_diff", review(self.costs()))
            .job("apply", self.apply())
            .build(scope, id)
    }

    fn prepared(&self, name: &str) -> Job {
        let job = Job::new().named(name).step(JobStep::check_out()).step(toolchain(&self.toolchain));
        job.step(JobStep::run("Synthesize", self.target.program.line(HEAD)))
    }

    fn compared(&self, name: &str, diff: &str) -> Job {
        self.prepared(name)
            .step(JobStep::sign_in(&self.reader, self.target.environment.region))
            .step(JobStep::run("Compare with what is deployed", summarized(diff)))
    }

    /// The cost model of both assemblies, side by side; it needs no account.
    fn costs(&self) -> Job {
        let base = format!(
            "git fetch --quiet --depth 1 origin \"$BASE\"\n\
             git worktree add --quiet ../base FETCH_HEAD\n\
             folder=$PWD\n\
             cd ../base && {}\n",
            self.target.program.line(&format!("\"$folder/{BASE}\""))
        );
        let compare = format!(
            "for side in base head; do jq --sort-keys '.cost // {{}}' \"ce.out/$side/ce.json\" > \"$side.json\"; done\n{}",
            summarized("diff --unified base.json head.json || true")
        );
        Job::new()
            .named("Costs")
            .step(JobStep::uses("Check out", super::workflow::CHECKOUT))
            .step(toolchain(&self.toolchain))
            .step(JobStep::run("Synthesize", self.target.program.line(HEAD)))
            .step(JobStep::run("Synthesize the base", base).env("BASE", "${{ github.base_ref }}"))
            .step(JobStep::run("Compare", compare))
    }

    fn apply(&self) -> Job {
        let target = &self.target;
        let job = self
            .prepared("Apply")
            .when("github.event_name == 'workflow_dispatch'")
            .environment(&target.name)
            .concurrency(target.queue())
            .timeout(Duration::hours(2))
            .step(JobStep::sign_in(&target.role, target.environment.region))
            .steps(target.freeze.as_ref().map(DeployFreeze::heeded));
        job.step(JobStep::run("Deploy", self.deployer.deploy(HEAD, &target.stacks, &target.execution)))
    }
}

/// A command whose answer people read in the summary of the run.
fn summarized(command: &str) -> String {
    format!("exec > >(tee -a \"$GITHUB_STEP_SUMMARY\") 2>&1\necho '```'\n{command}\necho '```'\n")
}
