//! What is said.

use crate::cloud::{Page, Secret};

/// What a service says about something that failed; each belongs to the [`EvidenceCall`](super::EvidenceCall) of the same
/// name. Texts are the service's own: clean them before they reach a terminal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EvidenceAnswer {
    /// A service of ECS; none if there is no such service, or none any more.
    Service(Option<EcsService>),
    /// The ARNs of tasks that stopped.
    TaskArns(Vec<String>),
    /// Tasks that stopped.
    Tasks(Vec<StoppedTask>),
    /// Where the containers of a task write their logs.
    Logs(Vec<ContainerLog>),
    /// Lines of a log, the oldest first.
    Lines(Vec<LogLine>),
    /// Calls, the latest first.
    Trail(Vec<TracedCall>, Option<Page>),
}

/// A service of ECS.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EcsService {
    /// `ACTIVE`, `DRAINING` or `INACTIVE`.
    pub status: String,
    /// Its deployments, the latest first.
    pub rollouts: Vec<Rollout>,
    /// What it says, and when, in milliseconds since 1970; the latest first.
    pub events: Vec<(u64, String)>,
}

/// A deployment of a service of ECS.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rollout {
    /// `COMPLETED`, `FAILED` or `IN_PROGRESS`, where the service says it.
    pub state: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// How many tasks could not be started, or stopped at once.
    pub failed_tasks: u64,
}

/// A task that stopped.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StoppedTask {
    /// Its ARN.
    pub arn: String,
    /// The ARN of its definition.
    pub definition: Option<String>,
    /// When it stopped, in milliseconds since 1970.
    pub at: u64,
    /// Why.
    pub reason: Option<String>,
    /// Its containers.
    pub containers: Vec<StoppedContainer>,
}

/// A container of a task that stopped.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StoppedContainer {
    /// Its name in the definition.
    pub name: String,
    /// What its program ended with; none if it never ran.
    pub exit: Option<i64>,
    /// Why it stopped, where there is more to say.
    pub reason: Option<String>,
}

/// Where a container writes its log: the driver `awslogs`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContainerLog {
    /// The container.
    pub container: String,
    /// The log group.
    pub group: String,
    /// What the names of its streams begin with; without it they cannot be told.
    pub prefix: Option<String>,
}

/// A line of a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogLine {
    /// When it was written, in milliseconds since 1970.
    pub at: u64,
    /// What a program of the user wrote: it may be a secret.
    pub text: Secret,
}

/// A call that somebody made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TracedCall {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// The service, `sqs`.
    pub service: String,
    /// The operation, `CreateQueue`.
    pub operation: String,
    /// The code it was refused with; none if it was not.
    pub error: Option<String>,
    /// What the service said then.
    pub message: Option<String>,
    /// The id of the request.
    pub request: Option<String>,
    /// Whether CloudFormation made it, in the name of somebody.
    pub by_cloudformation: bool,
    /// The names of what it was about.
    pub resources: Vec<String>,
}
