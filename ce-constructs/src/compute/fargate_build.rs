//! What a Fargate service is made of.

use ce_cfn::ecs::service as l1;
use ce_cfn::ecs::task_definition as task;
use ce_cfn::{ecs, ids};
use ce_synth::value::{account_id, region};
use ce_synth::{Duration, Expr, IntoValue, ListOf, Scope, Value};

use super::fargate_builder::{FargateServiceBuilder, Target};
use super::image::Pull;
use super::repository::{PULL, sign_in};
use super::{Capacity, Container, FargateService, Rollout, checks, rules};
use crate::network::{Cidr, Connect, Network, Port, SecurityGroup};
use crate::observe::LogGroup;
use crate::security::{Action, Principal, Role, Statement, aws_managed_policy, own_arn};

impl<'a> FargateServiceBuilder<'a> {
    /// Adds the service and what it needs.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> FargateService<'a> {
        let scope = scope.child(id);
        self.check(scope);
        let logs = self.logs.unwrap_or_else(|| LogGroup::builder().build(scope, "Logs"));
        let task_role = Role::builder(tasks()).build(scope, "TaskRole");
        let execution_role = Role::builder(tasks()).build(scope, "ExecutionRole");
        self.allow_execution(execution_role, logs);
        self.allow_task(task_role);
        let group = self.group(scope);
        let task = scope.add("TaskDefinition", self.task_definition(task_role, execution_role, logs));
        let service = scope.add("Service", self.service(scope, task, group, logs));
        if self.capacity != Capacity::Fargate {
            service.depends_on(*self.cluster.providers());
        }
        let port = self.main.ports.first().copied();
        let port = match (&self.connect, port) {
            (Some(connect), Some(port)) if connect.name.is_some() => Some(connect.ingress_port(port)),
            (_, port) => port,
        };
        checks::defer(scope.app());
        FargateService {
            scope,
            cluster: self.cluster,
            service,
            task,
            task_role,
            execution_role,
            group,
            logs,
            port,
            rolls_by_default: self.rollout.is_none(),
        }
    }

    fn containers(&self) -> impl Iterator<Item = &Container<'a>> {
        std::iter::once(&self.main).chain(&self.sidecars)
    }

    #[track_caller]
    fn check(&self, scope: Scope<'_>) {
        self.containers().for_each(|container| container.check(scope));
        rules::container_names::check(scope, self.containers().map(|container| (&*container.name, &*container.ports)));
        rules::subnets::check(scope, &self.place);
        rules::network_region::check(scope, self.place.region());
        rules::spot_base::check(scope, self.capacity);
        rules::rollout_targets::check(scope, self.rollout, &self.targets);
        rules::rollout_bounds::check(scope, self.rollout);
        rules::grace_period::check(scope, self.grace_period, !self.targets.is_empty());
        rules::exec_root::check(scope, self.exec && !self.main.writable_root);
        rules::storage_size::check(scope, self.storage);
        let listens = !self.main.ports.is_empty();
        rules::connect_namespace::check(scope, self.connect.as_ref(), self.cluster.has_namespace(), listens);
    }

    fn allow_execution(&self, role: Role<'a>, logs: LogGroup<'a>) {
        let write = [Action::new("logs:CreateLogStream"), Action::new("logs:PutLogEvents")];
        role.allow(Statement::allow(write).on([logs.arn()]));
        for container in self.containers() {
            match &container.image.pull {
                Pull::Public => {}
                Pull::Repository(arn) => {
                    role.allow(sign_in()).allow(Statement::allow(PULL).on([arn.clone()]));
                }
                Pull::Cache(arn) => {
                    let import = [Action::new("ecr:BatchImportUpstreamImage"), Action::new("ecr:CreateRepository")];
                    let pull = Statement::allow(PULL.into_iter().chain(import)).on([arn.clone()]);
                    role.allow(sign_in()).allow(pull);
                }
                Pull::Credentials(secret) => secret.grants().read(&role),
            }
            container.secrets.iter().for_each(|(_, secret)| secret.grant(&role));
        }
    }

    fn allow_task(&self, role: Role<'a>) {
        for container in self.containers() {
            container.needs.iter().for_each(|statement| {
                role.allow(statement.clone());
            });
        }
        if self.exec {
            self.allow_exec(role);
        }
    }

    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html>
    fn allow_exec(&self, role: Role<'a>) {
        let channels = Statement::allow([
            Action::new("ssmmessages:CreateControlChannel"),
            Action::new("ssmmessages:CreateDataChannel"),
            Action::new("ssmmessages:OpenControlChannel"),
            Action::new("ssmmessages:OpenDataChannel"),
        ]);
        role.allow(channels.on(["*"]).with_wildcard_reason("channels of Session Manager are no resources"));
        let Some(session) = self.cluster.exec() else { return };
        let list = Statement::allow([Action::new("logs:DescribeLogGroups")]).on(["*"]);
        role.allow(list.with_wildcard_reason("log groups are listed before one is known"));
        let write = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"].map(Action::new);
        role.allow(Statement::allow(write).on([session.logs.arn()]));
        session.key.grants().decrypt(&role);
    }

    #[track_caller]
    fn group(&self, scope: Scope<'a>) -> SecurityGroup<'a> {
        let group = self.group.unwrap_or_else(|| {
            // Not the path: a description cannot be changed without replacing the group.
            let group = SecurityGroup::builder(&self.place, "tasks of a service").build(scope, "SecurityGroup");
            group.connections().allow_to(Cidr::ANYWHERE, Port::HTTPS);
            group
        });
        for target in &self.targets {
            let others = target.pair.iter().map(|pair| pair.other);
            for targets in std::iter::once(target.group).chain(others) {
                let port = Port::tcp(targets.port());
                group.connections().allow_from(targets.load_balancer_connections(), port);
            }
        }
        group
    }

    fn task_definition(&self, role: Role<'a>, execution: Role<'a>, logs: LogGroup<'a>) -> ecs::TaskDefinition {
        let protocol = self.connect.as_ref().filter(|connect| connect.name.is_some()).map(|_| "http");
        let main = Container { port_protocol: protocol, ..self.main.clone() };
        let containers = std::iter::once(&main).chain(&self.sidecars);
        let definitions: Vec<_> =
            containers.map(|container| container.definition(log_configuration(logs, &container.name))).collect();
        let volumes: Vec<_> = (self.containers())
            .flat_map(|container| (0..container.scratch.len()).map(|place| container.volume(place)))
            .map(|name| task::Volume::new().name(name))
            .collect();
        let platform = task::RuntimePlatform::new()
            .operating_system_family(task::OperatingSystemFamily::LINUX)
            .cpu_architecture(self.architecture.name());
        let storage = self.storage.and_then(ce_synth::Size::as_gib).and_then(|gib| i64::try_from(gib).ok());
        let definition = ecs::TaskDefinition::new()
            .family(self.name.clone())
            .cpu(self.size.cpu_units().to_string())
            .memory(self.size.memory().as_mib().to_string())
            .network_mode(task::NetworkMode::AWSVPC)
            .requires_compatibilities([task::RequiresCompatibilities::FARGATE])
            .runtime_platform(platform)
            .task_role_arn(role.arn())
            .execution_role_arn(execution.arn())
            .ephemeral_storage(storage.map(|gib| task::EphemeralStorage::new().size_in_gib(gib)))
            .container_definitions(definitions);
        if volumes.is_empty() { definition } else { definition.volumes(volumes) }
    }

    #[track_caller]
    fn service(
        &self,
        scope: Scope<'a>,
        task: ecs::TaskDefinitionRef<'a>,
        group: SecurityGroup<'a>,
        logs: LogGroup<'a>,
    ) -> ecs::Service {
        let production = scope.environment().tier.is_production();
        let count = self.desired_count.unwrap_or(if production { 2 } else { 1 });
        let rollout = self.rollout.unwrap_or_else(|| Rollout::rolling_for(count));
        let grace = self.grace_period.or_else(|| (!self.targets.is_empty()).then_some(Duration::seconds(60)));
        let address =
            if self.place.public_address { l1::AssignPublicIp::ENABLED } else { l1::AssignPublicIp::DISABLED };
        let network = l1::AwsVpcConfiguration::new()
            .assign_public_ip(address)
            .security_groups([group.id()])
            .subnets(self.place.subnet_ids());
        let service = ecs::Service::new()
            .cluster(self.cluster.name())
            .service_name(self.name.clone())
            .task_definition(task)
            .desired_count(count)
            .network_configuration(l1::NetworkConfiguration::new().awsvpc_configuration(network))
            .deployment_configuration(self.deployment(rollout))
            .availability_zone_rebalancing(rebalancing(rollout))
            .enable_ecs_managed_tags(true)
            .propagate_tags(l1::PropagateTags::SERVICE)
            .enable_execute_command(self.exec.then_some(true))
            .health_check_grace_period_seconds(grace.map(Duration::as_seconds))
            .service_connect_configuration(self.connection(logs));
        with_capacity(self.with_targets(scope, service), self.capacity)
    }

    fn deployment(&self, rollout: Rollout) -> l1::DeploymentConfiguration {
        let breaker = l1::DeploymentCircuitBreaker::new().enable(self.circuit_breaker).rollback(self.circuit_breaker);
        let configuration = rollout.configuration().deployment_circuit_breaker(breaker);
        if self.alarms.is_empty() {
            return configuration;
        }
        configuration.alarms(deployment_alarms(self.alarms.clone().into_value()))
    }

    #[track_caller]
    fn with_targets(&self, scope: Scope<'a>, service: ecs::Service) -> ecs::Service {
        if self.targets.is_empty() {
            return service;
        }
        let role = self.targets.iter().any(|target| target.pair.is_some()).then(|| {
            let policy = aws_managed_policy("AmazonECSInfrastructureRolePolicyForLoadBalancers");
            let role = Role::builder(Principal::service("ecs.amazonaws.com")).managed_policy(policy);
            role.build(scope, "LoadBalancerRole").arn()
        });
        let targets = self.targets.iter().map(|target| self.load_balancer(target, role.as_ref()));
        service.load_balancers(targets.collect::<Vec<_>>())
    }

    fn load_balancer(&self, target: &Target<'a>, role: Option<&Value<ids::IamRoleArn>>) -> l1::LoadBalancer {
        let advanced = target.pair.as_ref().map(|pair| {
            l1::AdvancedConfiguration::new()
                .alternate_target_group_arn(pair.other.arn())
                .production_listener_rule(&pair.production)
                .test_listener_rule(pair.test.clone())
                .role_arn(role.cloned())
        });
        l1::LoadBalancer::new()
            .container_name(&self.main.name)
            .container_port(target.group.port())
            .target_group_arn(target.group.arn())
            .advanced_configuration(advanced)
    }

    #[track_caller]
    fn connection(&self, logs: LogGroup<'a>) -> Option<l1::ServiceConnectConfiguration> {
        let connect = self.connect.as_ref()?;
        let role = connect.has_tls().then(|| self.cluster.tls_role());
        let entry = self.main.ports.first().and_then(|port| connect.entry(&self.main.port_name(*port), *port, role));
        let proxy = l1::LogConfiguration::new().log_driver("awslogs").options(log_options(logs, "service-connect"));
        let configuration = l1::ServiceConnectConfiguration::new().enabled(true).log_configuration(proxy);
        Some(match entry {
            Some(entry) => configuration.services([entry]),
            None => configuration,
        })
    }
}

/// ECS, on behalf of tasks of the account in the region.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>
fn tasks() -> Principal {
    let tasks = own_arn("ecs", "*");
    Principal::service("ecs-tasks.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id()).when(
        "ArnLike",
        "aws:SourceArn",
        tasks,
    )
}

fn log_options(logs: LogGroup<'_>, prefix: &str) -> Vec<(&'static str, Value<String>)> {
    vec![
        ("awslogs-group", logs.name().into_value()),
        ("awslogs-region", region()),
        ("awslogs-stream-prefix", prefix.into_value()),
    ]
}

fn log_configuration(logs: LogGroup<'_>, prefix: &str) -> task::LogConfiguration {
    task::LogConfiguration::new().log_driver("awslogs").options(log_options(logs, prefix))
}

pub(super) fn deployment_alarms(names: Value<ListOf<ids::CloudWatchAlarm>>) -> Expr {
    let alarms = l1::DeploymentAlarms::new().alarm_names(names).enable(true).rollback(true);
    IntoValue::<l1::DeploymentAlarms>::into_value(alarms).into_expr()
}

/// ECS moves tasks between zones by starting one more, which it cannot when no more than the wanted may run.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html>
fn rebalancing(rollout: Rollout) -> ce_synth::Literal<l1::AvailabilityZoneRebalancing> {
    match rollout {
        Rollout::Rolling { maximum, .. } if maximum <= 100 => l1::AvailabilityZoneRebalancing::DISABLED,
        _ => l1::AvailabilityZoneRebalancing::ENABLED,
    }
}

fn with_capacity(service: ecs::Service, capacity: Capacity) -> ecs::Service {
    let Capacity::Spot { base, on_demand_weight, spot_weight } = capacity else {
        return service.launch_type(l1::LaunchType::FARGATE);
    };
    let provider = |name: &'static str| l1::CapacityProviderStrategyItem::new().capacity_provider(name);
    service.capacity_provider_strategy([
        provider("FARGATE").base(base).weight(on_demand_weight),
        provider("FARGATE_SPOT").weight(spot_weight),
    ])
}
