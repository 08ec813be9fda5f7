//! Roles that workflows take on.

use ce_synth::{Duration, IntoValue, Region, Scope};

use super::github_provider::{AUDIENCE, ISSUER};
use super::permissions::{self, Reach};
use super::{AssumedRole, GitHubProvider, Subject, bootstrap};
use crate::compute::FargateService;
use crate::delivery::{DeployFreeze, GitHubRepository, rules};
use crate::observe::Alarm;
use crate::operations::AutomationDocument;
use crate::security::{Action, Grantee, Principal, Role, Statement, own_arn};

const EXECUTION: Action = Action::new("ssm:GetAutomationExecution");
const ALARMS: Action = Action::new("cloudwatch:DescribeAlarms");
const SHIFT: [Action; 2] =
    [Action::new("elasticloadbalancing:ModifyListener"), Action::new("elasticloadbalancing:ModifyRule")];

/// A role that some runs of a repository's workflows take on, without a key that could leak.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::{GitHubProvider, GitHubRepository, GitHubRole, Subject};
/// const SHOP: GitHubRepository = GitHubRepository::new("example/shop");
/// # let app = App::new();
/// # let stack = app.stack("Delivery", PROD);
/// let github = GitHubProvider::build(stack, "GitHub");
/// let deploy = GitHubRole::builder("shop-prod-deploy", &github, SHOP, Subject::environment("production"))
///     .deploys(["shop-prod-*"])
///     .build(stack, "Deploy");
/// # let _ = deploy;
/// # app.synth().unwrap();
/// ```
///
/// By default it may do nothing, for an hour at a time. What deploys may change stacks of its names and hand
/// CloudFormation the execution role of the bootstrap stack, and has itself no right on any service.
#[derive(Clone)]
pub struct GitHubRole<'a> {
    role: Role<'a>,
    assumed: AssumedRole,
    execution: String,
}

/// Settings of a [`GitHubRole`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct GitHubRoleBuilder {
    name: String,
    provider: GitHubProvider,
    repository: GitHubRepository,
    subject: Subject,
    stacks: Vec<String>,
    reach: Reach,
    regions: Vec<Region>,
    execution: Option<String>,
    session: Option<Duration>,
}

impl<'a> GitHubRole<'a> {
    /// A role by its name, which workflows know it by: letters, digits and `+=,.@_-`, 64 at most.
    pub fn builder(
        name: impl Into<String>,
        provider: &GitHubProvider,
        repository: GitHubRepository,
        subject: Subject,
    ) -> GitHubRoleBuilder {
        GitHubRoleBuilder {
            name: name.into(),
            provider: provider.clone(),
            repository,
            subject,
            stacks: Vec::new(),
            reach: Reach::Read,
            regions: Vec::new(),
            execution: None,
            session: None,
        }
    }

    /// As workflows name it.
    pub fn assumed(&self) -> AssumedRole {
        self.assumed.clone()
    }

    /// The ARN of the role that it hands CloudFormation.
    pub fn execution_role(&self) -> &str {
        &self.execution
    }

    /// May start a runbook, and see how it goes.
    #[track_caller]
    pub fn starts(&self, runbook: &AutomationDocument<'_>) -> &Self {
        runbook.allow_start(self);
        let executions = own_arn("ssm", "automation-execution/*");
        self.role.allow(Statement::allow([EXECUTION]).on([executions]));
        self
    }

    /// May see whether alarms are raised, as [`Watch`](crate::delivery::Watch) does.
    #[track_caller]
    pub fn watches(&self, alarms: &[Alarm<'_>]) -> &Self {
        self.role.allow(Statement::allow([ALARMS]).on(alarms.iter().map(|alarm| alarm.arn())));
        self
    }

    /// May run versions of a service that commits make, as [`Task::once`](crate::delivery::Task::once) and
    /// [`TrafficShift::releases`](crate::delivery::TrafficShift::releases) do.
    #[track_caller]
    pub fn releases(&self, service: &FargateService<'_>) -> &Self {
        for statement in permissions::releasing(service) {
            self.role.allow(statement);
        }
        self
    }

    /// May see whether deployments are frozen, and write down who deploys all the same.
    #[track_caller]
    pub fn heeds(&self, freeze: &DeployFreeze) -> &Self {
        for statement in freeze.statements() {
            self.role.allow(statement);
        }
        self
    }

    /// May change where listeners and their rules send requests, by their ARNs, as
    /// [`TrafficShift`](crate::delivery::TrafficShift) does.
    #[track_caller]
    pub fn shifts<V: IntoValue<String>>(&self, listeners: impl IntoIterator<Item = V>) -> &Self {
        self.role.allow(Statement::allow(SHIFT).on(listeners));
        self
    }

    /// The role, for what this block does not set.
    pub fn role(&self) -> Role<'a> {
        self.role
    }
}

impl Grantee for GitHubRole<'_> {
    fn role(&self) -> Role<'_> {
        self.role
    }
}

impl GitHubRoleBuilder {
    /// May see stacks of these names, `shop-prod-*`: for comparing. Default: none.
    pub fn reads<S: Into<String>>(self, stacks: impl IntoIterator<Item = S>) -> Self {
        self.reaching(stacks, Reach::Read)
    }

    /// May create and change stacks of these names. It deletes none. Default: none.
    pub fn deploys<S: Into<String>>(self, stacks: impl IntoIterator<Item = S>) -> Self {
        self.reaching(stacks, Reach::Deploy)
    }

    /// May create, change and delete stacks of these names: for tests that clean up. Default: none.
    pub fn deploys_and_destroys<S: Into<String>>(self, stacks: impl IntoIterator<Item = S>) -> Self {
        self.reaching(stacks, Reach::Destroy)
    }

    fn reaching<S: Into<String>>(mut self, stacks: impl IntoIterator<Item = S>, reach: Reach) -> Self {
        self.stacks.extend(stacks.into_iter().map(Into::into));
        self.reach = reach;
        self
    }

    /// The regions those stacks are in. Default: its own region.
    pub fn in_regions(mut self, regions: impl IntoIterator<Item = Region>) -> Self {
        self.regions = regions.into_iter().collect();
        self
    }

    /// The ARN of the role it hands CloudFormation. Default: the execution role of the bootstrap stack.
    pub fn execution_role(mut self, arn: impl Into<String>) -> Self {
        self.execution = Some(arn.into());
        self
    }

    /// How long one run may act, 1 to 12 hours. Default: one hour.
    pub fn session(mut self, length: Duration) -> Self {
        self.session = Some(length);
        self
    }

    /// Adds the role.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> GitHubRole<'a> {
        let environment = scope.environment();
        let execution =
            self.execution.unwrap_or_else(|| bootstrap::execution_role(environment.account, environment.region));
        let trusted = Principal::oidc(self.provider.arn())
            .when("StringEquals", format!("{ISSUER}:aud"), AUDIENCE)
            .when("StringEquals", format!("{ISSUER}:sub"), self.subject.claim(&self.repository));
        let mut builder =
            Role::builder(trusted).named(&self.name).described(format!("Workflows of {}", self.repository));
        if let Some(session) = self.session {
            builder = builder.max_session(session);
        }
        let role = builder.build(scope, id);
        rules::subject_name::check(role.role().scope(), &self.subject);
        if !self.stacks.is_empty() {
            let regions = if self.regions.is_empty() { vec![environment.region] } else { self.regions };
            for statement in
                permissions::statements(environment.account, &regions, &self.stacks, self.reach, &execution)
            {
                role.allow(statement);
            }
        }
        let assumed = AssumedRole::named(environment, &self.name).trusting(self.subject);
        GitHubRole { role, assumed, execution }
    }
}
