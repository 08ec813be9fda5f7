//! Tests of recovery.

use ce_synth::{Document, Duration, Scope};

use super::{Deployer, Job, JobStep, Target, Trigger, Workflow, WorkflowFile, rules};

/// A workflow that deploys from what was backed up, looks whether it works, and cleans up, at set times.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const STAGING: Environment = Environment::new("staging", Account::new("222222222222"), Region::EU_WEST_1, Tier::Staging);
/// use ce_constructs::delivery::{AssumedRole, Program, RecoveryTest, Target};
/// # let app = App::new();
/// # let stack = app.stack("Delivery", STAGING);
/// let role = AssumedRole::named(STAGING, "shop-recovery");
/// let target = Target::new("recovery-test", STAGING, role, Program::example("prod")).stacks(["recovery-*"]);
/// RecoveryTest::builder(target, "s3://shop-backups/assemblies/latest", "https://recovery.example.com/health")
///     .test("./tests/recovery.sh https://recovery.example.com")
///     .build(stack, "Recovery");
/// # app.synth().unwrap();
/// ```
///
/// By default it runs on Monday at half past four, deploys the kept assembly, asks the health address for ten minutes,
/// and deletes what it deployed, whatever happened before.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct RecoveryTest {
    target: Target,
    backup: Document,
    health: String,
    cron: String,
    deploy: Option<Document>,
    test: Option<Document>,
    clean_up: Option<Document>,
    returns: Option<Document>,
    deployer: Deployer,
}

/// Where the kept assembly is put.
const FOLDER: &str = "recovered";

impl RecoveryTest {
    /// A test at a target, from the assembly at an address of S3; what is deployed answers at a health address.
    pub fn builder(target: Target, backup: impl Into<Document>, health: impl Into<String>) -> Self {
        let (deploy, test, clean_up, returns, deployer) = Default::default();
        let (backup, health, cron) = (backup.into(), health.into(), "30 4 * * 1".to_owned());
        Self { target, backup, health, cron, deploy, test, clean_up, returns, deployer }
    }

    /// When it runs, as five fields of cron in UTC. Default: `30 4 * * 1`, Monday.
    pub fn at(mut self, cron: impl Into<String>) -> Self {
        self.cron = cron.into();
        self
    }

    /// The script that deploys from the backup. Default: fetches the kept assembly and deploys it.
    pub fn deploy(mut self, script: impl Into<Document>) -> Self {
        self.deploy = Some(script.into());
        self
    }

    /// The script that tests what was deployed. Default: `cargo test`.
    pub fn test(mut self, script: impl Into<Document>) -> Self {
        self.test = Some(script.into());
        self
    }

    /// The script that cleans up. Default: deletes the stacks that were deployed.
    pub fn clean_up(mut self, script: impl Into<Document>) -> Self {
        self.clean_up = Some(script.into());
        self
    }

    /// Cleans up by deploying another kept assembly, from its address of S3: where what is tested is a way back and not an
    /// environment of its own. Default: deletes what was deployed.
    pub fn returns_to(mut self, backup: impl Into<Document>) -> Self {
        self.returns = Some(backup.into());
        self
    }

    /// What deploys. Default: the stock CLI of the CDK.
    pub fn deployer(mut self, deployer: Deployer) -> Self {
        self.deployer = deployer;
        self
    }

    /// Adds the workflow `recovery-test.yml`.
    #[track_caller]
    pub fn build(self, scope: Scope<'_>, id: &str) -> WorkflowFile {
        let target = &self.target;
        rules::role_of_target::check(scope, &target.name, &target.role);
        let fetched = |backup: &Document, line: &str| {
            let fetch = Document::from("aws s3 sync --only-show-errors ").then(backup.clone());
            fetch.text(format!(" {FOLDER}\n{line}\n"))
        };
        let deploy = self.deployer.deploy(FOLDER, &target.stacks, &target.execution);
        let destroy = self.deployer.destroy(FOLDER, &target.stacks, &target.execution);
        let clean_up = match &self.returns {
            Some(other) => fetched(other, &deploy),
            None => fetched(&self.backup, &destroy),
        };
        let clean_up = self.clean_up.clone().unwrap_or(clean_up);
        let deploy = self.deploy.clone().unwrap_or_else(|| fetched(&self.backup, &deploy));
        let test = self.test.clone().unwrap_or_else(|| Document::from("cargo test --workspace --locked"));
        Workflow::new("Recovery test")
            .on(Trigger::schedule(&self.cron))
            .on(Trigger::on_request())
            .concurrency(target.queue())
            .job("deploy_from_backup", self.acting("Deploy from the backup", deploy).timeout(Duration::hours(2)))
            .job("health_checks", Job::new().needs("deploy_from_backup").step(self.health_check()))
            .job("test_suite", self.acting("Test", test).needs("health_checks").timeout(Duration::hours(1)))
            .job("cleanup", self.cleaning(clean_up))
            .build(scope, id)
    }

    fn acting(&self, name: &str, script: Document) -> Job {
        Job::new()
            .environment(&self.target.name)
            .step(JobStep::check_out())
            .step(JobStep::sign_in(&self.target.role, self.target.environment.region))
            .step(JobStep::run(name, script))
    }

    fn health_check(&self) -> JobStep {
        let script = "curl --fail --silent --show-error --retry 60 --retry-delay 10 --retry-all-errors \"$HEALTH\"";
        JobStep::run("Ask for its health", script).env("HEALTH", &self.health)
    }

    fn cleaning(&self, script: Document) -> Job {
        let job = self.acting("Clean up", script).timeout(Duration::hours(2)).when("always()");
        ["deploy_from_backup", "health_checks", "test_suite"].into_iter().fold(job, Job::needs)
    }
}
