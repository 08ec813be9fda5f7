//! Pipelines.

use ce_synth::Scope;

use super::deployment::Chain;
use super::{ContainerImage, Deployer, SecurityScan, Target, checks, image_jobs};
use crate::delivery::{AssumedRole, Concurrency, Job, Trigger, Workflow, WorkflowFile, rules};

/// The way from a commit to production, as workflows of GitHub Actions.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const STAGING: Environment = Environment::new("staging", Account::new("222222222222"), Region::EU_WEST_1, Tier::Staging);
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::{Approval, AssumedRole, Pipeline, Program, Target};
/// # let app = App::new();
/// # let stack = app.stack("Delivery", PROD);
/// let staging = AssumedRole::named(STAGING, "shop-staging-deploy");
/// let production = AssumedRole::named(PROD, "shop-prod-deploy");
/// let program = Program::example("prod");
/// Pipeline::builder()
///     .target(Target::new("staging", STAGING, staging, program.clone().context("environment", "staging")))
///     .target(Target::new("production", PROD, production, program).approval(Approval::new("production-approval")))
///     .build(stack, "Pipeline");
/// let assembly = app.synth()?;
/// assert!(assembly.file("workflows/deploy.yml").unwrap().contains("deploy_production:"));
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// By default a push to `main` is checked, tested, scanned, synthesized and deployed to every target that is not
/// production; production follows on request. Pull requests are checked and tested.
#[derive(Clone, Debug)]
pub struct Pipeline {
    deploy: WorkflowFile,
    checks: Option<WorkflowFile>,
}

impl Pipeline {
    /// A pipeline without targets.
    pub fn builder() -> PipelineBuilder {
        let lint = ["cargo fmt --all --check", "cargo clippy --workspace --all-targets --locked -- -D warnings"];
        PipelineBuilder {
            branch: "main".to_owned(),
            toolchain: "stable".to_owned(),
            lint: lint.map(str::to_owned).to_vec(),
            test: vec!["cargo test --workspace --locked".to_owned()],
            scan: Some(SecurityScan::new()),
            images: Vec::new(),
            builder: None,
            targets: Vec::new(),
            deployer: Deployer::default(),
            pull_requests: true,
            jobs: Vec::new(),
        }
    }

    /// The workflow that deploys.
    pub fn deploy(&self) -> &WorkflowFile {
        &self.deploy
    }

    /// The workflow that checks pull requests.
    pub fn checks(&self) -> Option<&WorkflowFile> {
        self.checks.as_ref()
    }
}

/// Settings of a [`Pipeline`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct PipelineBuilder {
    branch: String,
    toolchain: String,
    lint: Vec<String>,
    test: Vec<String>,
    scan: Option<SecurityScan>,
    images: Vec<ContainerImage>,
    builder: Option<AssumedRole>,
    targets: Vec<Target>,
    deployer: Deployer,
    pull_requests: bool,
    jobs: Vec<(String, Job)>,
}

impl PipelineBuilder {
    /// The branch that is deployed. Default: `main`.
    pub fn branch(mut self, name: impl Into<String>) -> Self {
        self.branch = name.into();
        self
    }

    /// The version of Rust. Default: `stable`; a `rust-toolchain.toml` of the repository goes first.
    pub fn toolchain(mut self, version: impl Into<String>) -> Self {
        self.toolchain = version.into();
        self
    }

    /// The commands that look at the code. Default: `cargo fmt` and `cargo clippy`.
    pub fn lint<S: Into<String>>(mut self, commands: impl IntoIterator<Item = S>) -> Self {
        self.lint = commands.into_iter().map(Into::into).collect();
        self
    }

    /// The commands that test it. Default: `cargo test`.
    pub fn test<S: Into<String>>(mut self, commands: impl IntoIterator<Item = S>) -> Self {
        self.test = commands.into_iter().map(Into::into).collect();
        self
    }

    /// How code and images are scanned. Default: by CodeQL and Snyk, see [`SecurityScan`].
    pub fn scan(mut self, scan: SecurityScan) -> Self {
        self.scan = Some(scan);
        self
    }

    /// Scans nothing. Default: by CodeQL and Snyk.
    pub fn without_scan(mut self) -> Self {
        self.scan = None;
        self
    }

    /// Builds an image, and pushes it with a role that trusts the branch. Default: none.
    pub fn image(mut self, image: ContainerImage, role: impl Into<AssumedRole>) -> Self {
        self.images.push(image);
        self.builder = Some(role.into());
        self
    }

    /// Deploys to a target, after those before. Default: none.
    pub fn target(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// What deploys. Default: the stock CLI of the CDK.
    pub fn deployer(mut self, deployer: Deployer) -> Self {
        self.deployer = deployer;
        self
    }

    /// Whether pull requests are checked and tested. Default: they are.
    pub fn pull_requests(mut self, on: bool) -> Self {
        self.pull_requests = on;
        self
    }

    /// A job of your own in the workflow that deploys. Default: none.
    pub fn job(mut self, id: impl Into<String>, job: Job) -> Self {
        self.jobs.push((id.into(), job));
        self
    }

    /// Adds the workflows `deploy.yml` and, for pull requests, `checks.yml`.
    #[track_caller]
    pub fn build(self, scope: Scope<'_>, id: &str) -> Pipeline {
        let scope = scope.child(id);
        for target in &self.targets {
            rules::gate::check(scope, target);
            rules::role_of_target::check(scope, &target.name, &target.role);
        }
        rules::target_names::check(scope, &self.targets);
        let checks = self.pull_requests.then(|| self.pull_request_workflow().build(scope, "Checks"));
        let deploy = self.deploy_workflow().build(scope, "Deploy");
        Pipeline { deploy, checks }
    }

    /// Lint and test, which nothing comes before.
    fn looking(&self) -> Vec<(String, Job)> {
        let commands = |name, commands: &[String]| checks::commands(name, &self.toolchain, commands);
        let mut jobs = Vec::new();
        if !self.lint.is_empty() {
            jobs.push(("lint".to_owned(), commands("Lint", &self.lint)));
        }
        if !self.test.is_empty() {
            jobs.push(("test".to_owned(), commands("Test", &self.test)));
        }
        jobs
    }

    fn pull_request_workflow(&self) -> Workflow {
        let group = Concurrency::newest("checks-${{ github.ref }}");
        let workflow = Workflow::new("Checks").on(Trigger::pull_request()).concurrency(group);
        let jobs =
            self.looking().into_iter().chain([("synth".to_owned(), checks::synth(&self.toolchain, &self.targets))]);
        jobs.fold(workflow, |workflow, (id, job)| workflow.job(id, job))
    }

    fn deploy_workflow(&self) -> Workflow {
        let mut jobs = self.looking();
        let mut gates: Vec<String> = jobs.iter().map(|(id, _)| id.clone()).collect();
        let after = |job: Job, needed: &[String]| needed.iter().fold(job, |job, id| job.needs(id));
        if let Some(scan) = &self.scan {
            jobs.push(("security_scan".to_owned(), after(scan.job(), &gates)));
            gates = vec!["security_scan".to_owned()];
        }
        let mut ready = vec!["synth".to_owned()];
        if let Some(role) = &self.builder {
            let job = image_jobs::build_images(&self.images, role, self.scan.as_ref());
            jobs.push(("build_image".to_owned(), after(job, &gates)));
            ready.push("build_image".to_owned());
        }
        jobs.push(("synth".to_owned(), after(checks::synth(&self.toolchain, &self.targets), &gates)));
        for (place, target) in self.targets.iter().enumerate() {
            let chain = Chain::of(&self.targets[..place], target, &self.deployer, &ready);
            ready = chain.last;
            jobs.extend(chain.jobs);
        }
        jobs.extend(self.jobs.iter().cloned());
        let on_request = match self.targets.iter().find(|target| target.freeze.is_some()) {
            Some(frozen) => frozen.requested(),
            None => Trigger::on_request(),
        };
        let triggers = [Trigger::push([&self.branch]), on_request];
        // No two runs deploy to a target at once; a run that waits for its approval holds up no other.
        let workflow = Workflow::new("Deploy").file("deploy");
        let workflow = triggers.into_iter().fold(workflow, Workflow::on);
        jobs.into_iter().fold(workflow, |workflow, (id, job)| workflow.job(id, job))
    }
}
