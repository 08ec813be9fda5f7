//! Where a pipeline deploys to.

use ce_synth::Environment;

use super::deployer::Selection;
use super::{Approval, Program, Promotion, Task, Watch};
use crate::delivery::{AssumedRole, Concurrency, DeployFreeze, Trigger, execution_role};

/// Where a pipeline deploys to: an environment of GitHub and one of AWS, the program that synthesizes for it, and what is
/// done before and after.
///
/// ```
/// # use ce_synth::{Account, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::{Approval, AssumedRole, Program, Target, Task};
/// let production = Target::new("production", PROD, AssumedRole::named(PROD, "shop-prod-deploy"), Program::example("prod"))
///     .approval(Approval::new("production-approval-1"))
///     .approval(Approval::new("production-approval-2"))
///     .after(Task::run("smoke_tests", "./smoke.sh https://shop.example.com").without_role());
/// # let _ = production;
/// ```
///
/// By default production is deployed to on request and everything else on every push, all stacks of the assembly, one
/// run at a time.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a target does nothing until it is given to a pipeline"]
pub struct Target {
    pub(in crate::delivery) name: String,
    pub(in crate::delivery) environment: Environment,
    pub(in crate::delivery) role: AssumedRole,
    pub(in crate::delivery) program: Program,
    pub(in crate::delivery) stacks: Selection,
    pub(in crate::delivery) execution: String,
    pub(in crate::delivery) promotion: Promotion,
    pub(in crate::delivery) approvals: Vec<Approval>,
    pub(in crate::delivery) before: Vec<Task>,
    pub(in crate::delivery) after: Vec<Task>,
    pub(in crate::delivery) watch: Option<Watch>,
    pub(in crate::delivery) rollback: Option<Task>,
    pub(in crate::delivery) freeze: Option<DeployFreeze>,
}

impl Target {
    /// A target by the name of its environment on GitHub, with the role that deploys.
    pub fn new(
        name: impl Into<String>,
        environment: Environment,
        role: impl Into<AssumedRole>,
        program: Program,
    ) -> Self {
        let (stacks, approvals, before, after, watch, rollback, freeze) = Default::default();
        let execution = execution_role(environment.account, environment.region);
        let promotion = Promotion::of(environment.tier);
        let (name, role) = (name.into(), role.into());
        Self {
            name,
            environment,
            role,
            program,
            stacks,
            execution,
            promotion,
            approvals,
            before,
            after,
            watch,
            rollback,
            freeze,
        }
    }

    /// Deploys these stacks alone, `Shop-*`, and what they need. Default: all of the assembly.
    pub fn stacks<S: Into<String>>(mut self, stacks: impl IntoIterator<Item = S>) -> Self {
        self.stacks = Selection::Named(stacks.into_iter().map(Into::into).collect());
        self
    }

    /// Deploys all stacks but these, which a target of their own account deploys. Default: all of the assembly.
    pub fn all_stacks_but<S: Into<String>>(mut self, stacks: impl IntoIterator<Item = S>) -> Self {
        self.stacks = Selection::AllBut(stacks.into_iter().map(Into::into).collect());
        self
    }

    /// The ARN of the role that CloudFormation acts with. Default: the execution role of the bootstrap stack.
    pub fn execution_role(mut self, arn: impl Into<String>) -> Self {
        self.execution = arn.into();
        self
    }

    /// What brings a change here. Default: production on request, everything else on push.
    pub fn promoted(mut self, promotion: Promotion) -> Self {
        self.promotion = promotion;
        self
    }

    /// Waits for an approval, after those before. Default: none, which is a finding for production (`CE8510`).
    pub fn approval(mut self, approval: Approval) -> Self {
        self.approvals.push(approval);
        self
    }

    /// Is not deployed to while a flag is up; the role may see it, once it is told so with
    /// [`GitHubRole::heeds`](crate::delivery::GitHubRole::heeds). Default: there is no such flag.
    pub fn frozen_by(mut self, freeze: &DeployFreeze) -> Self {
        self.freeze = Some(freeze.clone());
        self
    }

    /// Does something after the approvals and before the deployment; called again, after that. Default: nothing.
    pub fn before(mut self, task: Task) -> Self {
        self.before.push(task);
        self
    }

    /// Does something after the deployment; called again, after that. What the next target waits for. Default: nothing.
    pub fn after(mut self, task: Task) -> Self {
        self.after.push(task);
        self
    }

    /// Watches alarms after the deployment. Default: CloudFormation's own rollback, and what services watch themselves.
    pub fn watched(mut self, watch: Watch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// What is done when an alarm is raised while it watches. Default: the run fails and people decide.
    pub fn rolls_back(mut self, task: Task) -> Self {
        self.rollback = Some(task);
        self
    }

    /// What somebody who asks for a deployment may say.
    pub(in crate::delivery) fn requested(&self) -> Trigger {
        match self.freeze {
            Some(_) => DeployFreeze::asked(Trigger::on_request()),
            None => Trigger::on_request(),
        }
    }

    /// The name in ids of jobs.
    pub(in crate::delivery) fn key(&self) -> String {
        self.name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_")
    }

    /// What no two deployments to its environment run beside, whichever workflow they are of.
    pub(in crate::delivery) fn queue(&self) -> Concurrency {
        Concurrency::queue(format!("deploy-{}", self.environment.name))
    }

    /// The folder of its assembly.
    pub(in crate::delivery) fn folder(&self) -> String {
        format!("ce.out/{}", self.key())
    }
}
