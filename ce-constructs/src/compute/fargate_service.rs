//! Services on Fargate.

use std::ops::RangeInclusive;

use ce_cfn::{ecs, ids};
use ce_synth::{Expr, IntoValue, ListOf, Scope, Value};

use super::{ContainerSecret, EcsCluster, FargateServiceBuilder, ImageSource, ServiceScaling, TaskSize, rules};
use crate::network::{Connect, Connections, Network, Port, SecurityGroup};
use crate::observe::{Alarm, LogGroup, Metric, Statistic};
use crate::security::{Grantee, Role};

/// A service on Fargate: tasks that are kept running; `Copy`.
///
/// ```no_run
/// use ce_constructs::compute::{EcsCluster, FargateService, ImageSource, TaskSize, Tracking};
/// use ce_constructs::network::Network;
/// use ce_constructs::network::load_balancer::TargetGroup;
/// use ce_synth::{Percent, Scope};
///
/// fn api<'a>(
///     scope: Scope<'a>,
///     cluster: EcsCluster<'a>,
///     network: &impl Network,
///     image: ImageSource<'a>,
///     targets: &TargetGroup<'a>,
/// ) -> FargateService<'a> {
///     let api = FargateService::builder(&cluster, network, image, TaskSize::new::<1024, 2048>())
///         .env("LOG_FORMAT", "json")
///         .behind(targets)
///         .build(scope, "Api");
///     api.scaling(2..=10).track("Cpu", Tracking::cpu(Percent::new(70)));
///     api
/// }
/// ```
///
/// By default it has: a task role that allows nothing and an execution role that pulls its image, reads its secrets and
/// writes its log; a security group of its own; private subnets and no public address; a log group; a root file system
/// that cannot be written; a rolling deployment that never runs fewer tasks than wanted, and is taken back when tasks
/// keep failing; tasks spread over zones and moved back when they are not.
///
/// What it does not do: build images, or scale before [`scaling`](FargateService::scaling) says how.
#[derive(Clone, Copy)]
pub struct FargateService<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) cluster: EcsCluster<'a>,
    pub(super) service: ecs::ServiceRef<'a>,
    pub(super) task: ecs::TaskDefinitionRef<'a>,
    pub(super) task_role: Role<'a>,
    pub(super) execution_role: Role<'a>,
    pub(super) group: SecurityGroup<'a>,
    pub(super) logs: LogGroup<'a>,
    pub(super) port: Option<u16>,
    /// Whether the rolling deployment's bounds follow the least number of tasks.
    pub(super) rolls_by_default: bool,
}

impl Connect for FargateService<'_> {
    fn connections(&self) -> Connections<'_> {
        let connections = Connections::new(self.group.group());
        self.port.map_or(connections, |port| connections.default_port(Port::tcp(port)))
    }
}

impl Grantee for FargateService<'_> {
    /// The task role: what the application may do.
    fn role(&self) -> Role<'_> {
        self.task_role
    }
}

impl<'a> FargateService<'a> {
    /// A service of a cluster, in a network, whose tasks run an image.
    pub fn builder(
        cluster: &EcsCluster<'a>,
        network: &(impl Network + ?Sized),
        image: ImageSource<'a>,
        size: TaskSize,
    ) -> FargateServiceBuilder<'a> {
        FargateServiceBuilder::new(*cluster, network, image, size)
    }

    /// Sets an environment variable of the main container.
    #[track_caller]
    pub fn env(self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.set_variable("Environment", name.into(), "Value", value.into_value())
    }

    /// Sets an environment variable of the main container from a secret.
    #[track_caller]
    pub fn secret(self, name: impl Into<String>, secret: impl Into<ContainerSecret<'a>>) -> Self {
        let secret = secret.into();
        secret.grant(&self.execution_role);
        self.set_variable("Secrets", name.into(), "ValueFrom", secret.value_from)
    }

    #[track_caller]
    fn set_variable(self, list: &str, name: String, key: &'static str, value: Value<String>) -> Self {
        let other = if list == "Secrets" { "Environment" } else { "Secrets" };
        let named = |known: &Expr| known.at("Name").and_then(Expr::as_text) == Some(name.as_str());
        if self.variables(other).iter().any(named) {
            rules::environment_name::report_both(self.scope, &name);
        }
        let mut variables = self.variables(list);
        variables.retain(|known| !named(known));
        variables.push(Expr::object([("Name", name.into()), (key, value.into_expr())]));
        self.task.set(&format!("Properties.ContainerDefinitions.0.{list}"), Expr::List(variables));
        self
    }

    /// What is in a list of the main container.
    fn variables(self, list: &str) -> Vec<Expr> {
        let containers = self.task.peek("ContainerDefinitions");
        let main = containers.as_ref().and_then(Expr::as_list).and_then(<[Expr]>::first);
        main.and_then(|main| main.at(list)).and_then(Expr::as_list).map(<[Expr]>::to_vec).unwrap_or_default()
    }

    /// Takes a version back when an alarm is raised while it is rolled out.
    #[track_caller]
    pub fn roll_back_on(self, alarm: &Alarm<'_>) -> Self {
        const ALARMS: &str = "DeploymentConfiguration.Alarms";
        let mut names = match self.service.peek(&format!("{ALARMS}.AlarmNames")) {
            Some(Expr::List(names)) => names,
            _ => Vec::new(),
        };
        names.push(alarm.name().into_expr());
        let alarms =
            super::fargate_build::deployment_alarms(Value::<ListOf<ids::CloudWatchAlarm>>::from_expr(names.into()));
        self.service.set(&format!("Properties.{ALARMS}"), alarms);
        self
    }

    /// Lets the number of tasks follow the load, between two bounds; it says how with what it gives.
    #[track_caller]
    pub fn scaling(self, tasks: RangeInclusive<u16>) -> ServiceScaling<'a> {
        ServiceScaling::add(&self, tasks)
    }

    /// Its name: the text it was named, else a reference.
    pub fn name(self) -> Value<String> {
        match self.service.peek("ServiceName") {
            Some(name @ Expr::Text(_)) => Value::from_expr(name),
            _ => self.service.name().into_value(),
        }
    }

    /// Its ARN.
    pub fn arn(self) -> Value<ids::EcsServiceArn> {
        self.service.ref_()
    }

    /// The role of the application.
    pub fn task_role(self) -> Role<'a> {
        self.task_role
    }

    /// The role with which ECS starts tasks: it pulls images, reads secrets, writes logs.
    pub fn execution_role(self) -> Role<'a> {
        self.execution_role
    }

    /// Its security group.
    pub fn security_group(self) -> SecurityGroup<'a> {
        self.group
    }

    /// Where its containers log to.
    pub fn logs(self) -> LogGroup<'a> {
        self.logs
    }

    /// Its cluster.
    pub fn cluster(self) -> EcsCluster<'a> {
        self.cluster
    }

    /// The generated service.
    pub fn service(self) -> ecs::ServiceRef<'a> {
        self.service
    }

    /// The generated task definition.
    pub fn task_definition(self) -> ecs::TaskDefinitionRef<'a> {
        self.task
    }

    /// The share of its CPU that is used, in percent: the average over its tasks.
    pub fn cpu(self) -> Metric {
        self.metric("AWS/ECS", "CPUUtilization")
    }

    /// The share of its memory that is used, in percent: the average over its tasks.
    pub fn memory(self) -> Metric {
        self.metric("AWS/ECS", "MemoryUtilization")
    }

    /// How many tasks run; Container Insights must be on.
    pub fn running_tasks(self) -> Metric {
        self.insight("RunningTaskCount")
    }

    /// The share of its tasks' disks that is used, in percent; Container Insights must be on.
    pub fn storage(self) -> Metric {
        let used = self.insight("EphemeralStorageUtilized").statistic(Statistic::Maximum);
        let reserved = self.insight("EphemeralStorageReserved").statistic(Statistic::Maximum);
        Metric::math("100 * used / reserved", [("used", used), ("reserved", reserved)])
    }

    /// A metric of Container Insights about it.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html>
    pub fn insight(self, name: &str) -> Metric {
        self.metric("ECS/ContainerInsights", name)
    }

    fn metric(self, namespace: &str, name: &str) -> Metric {
        Metric::new(namespace, name).dimension("ClusterName", self.cluster.name()).dimension("ServiceName", self.name())
    }
}
