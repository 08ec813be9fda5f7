//! The settings of a Fargate service.

use ce_cfn::ids;
use ce_synth::{Duration, IntoValue, Region, Size, Value};

use super::{
    Architecture, Capacity, Container, ContainerHealth, ContainerSecret, EcsCluster, ImageSource, Rollout,
    ServiceConnect, TaskSize,
};
use crate::network::load_balancer::TargetGroup;
use crate::network::{Cidr, Network, SecurityGroup, Subnet, SubnetTier};
use crate::observe::{Alarm, LogGroup};

/// Builder of a [`FargateService`](super::FargateService).
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct FargateServiceBuilder<'a> {
    pub(super) cluster: EcsCluster<'a>,
    pub(super) place: NetworkPlace,
    pub(super) size: TaskSize,
    pub(super) main: Container<'a>,
    pub(super) sidecars: Vec<Container<'a>>,
    pub(super) name: Option<String>,
    pub(super) group: Option<SecurityGroup<'a>>,
    pub(super) logs: Option<LogGroup<'a>>,
    pub(super) capacity: Capacity,
    pub(super) architecture: Architecture,
    pub(super) rollout: Option<Rollout>,
    pub(super) circuit_breaker: bool,
    pub(super) alarms: Vec<Value<ids::CloudWatchAlarm>>,
    pub(super) targets: Vec<Target<'a>>,
    pub(super) grace_period: Option<Duration>,
    pub(super) desired_count: Option<u16>,
    pub(super) exec: bool,
    pub(super) connect: Option<ServiceConnect>,
    pub(super) storage: Option<Size>,
}

/// Where in a network the tasks are.
#[derive(Clone)]
pub(super) struct NetworkPlace {
    vpc: Value<ids::Ec2Vpc>,
    cidr: Cidr,
    region: Region,
    pub(super) tier: SubnetTier,
    pub(super) public_address: bool,
    zones: Option<u8>,
    subnets: Vec<(SubnetTier, Vec<Subnet>)>,
}

/// A target group the tasks are registered with, and the one of the new version when requests are shifted.
#[derive(Clone)]
pub(super) struct Target<'a> {
    pub(super) group: TargetGroup<'a>,
    pub(super) pair: Option<TargetPair<'a>>,
}

#[derive(Clone)]
pub(super) struct TargetPair<'a> {
    pub(super) other: TargetGroup<'a>,
    pub(super) production: Value<String>,
    pub(super) test: Option<Value<String>>,
}

impl NetworkPlace {
    fn of(network: &(impl Network + ?Sized)) -> Self {
        let subnets = SubnetTier::ALL.into_iter().map(|tier| (tier, network.subnets(tier))).collect();
        let (vpc, cidr, region) = (network.vpc_id(), network.cidr(), network.region());
        Self { vpc, cidr, region, tier: SubnetTier::Private, public_address: false, zones: None, subnets }
    }

    pub(super) fn subnet_ids(&self) -> Vec<Value<ids::Ec2Subnet>> {
        let most = self.zones.map_or(usize::MAX, usize::from);
        self.subnets(self.tier).iter().take(most).map(Subnet::id).collect()
    }
}

/// What was known of the network when the builder was made.
impl Network for NetworkPlace {
    fn vpc_id(&self) -> Value<ids::Ec2Vpc> {
        self.vpc.clone()
    }

    fn cidr(&self) -> Cidr {
        self.cidr
    }

    fn region(&self) -> Region {
        self.region
    }

    fn subnets(&self, tier: SubnetTier) -> Vec<Subnet> {
        let chosen = self.subnets.iter().filter(|(known, _)| *known == tier);
        chosen.flat_map(|(_, subnets)| subnets.clone()).collect()
    }
}

impl<'a> FargateServiceBuilder<'a> {
    pub(super) fn new(
        cluster: EcsCluster<'a>,
        network: &(impl Network + ?Sized),
        image: ImageSource<'a>,
        size: TaskSize,
    ) -> Self {
        Self {
            cluster,
            place: NetworkPlace::of(network),
            size,
            main: Container::new("app", image),
            sidecars: Vec::new(),
            name: None,
            group: None,
            logs: None,
            capacity: Capacity::default(),
            architecture: Architecture::default(),
            rollout: None,
            circuit_breaker: true,
            alarms: Vec::new(),
            targets: Vec::new(),
            grace_period: None,
            desired_count: None,
            exec: false,
            connect: None,
            storage: None,
        }
    }

    fn main(mut self, change: impl FnOnce(Container<'a>) -> Container<'a>) -> Self {
        self.main = change(self.main);
        self
    }

    /// Names the service and its task definitions. Default: names that CloudFormation makes.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Names the main container. Default: `app`.
    pub fn container_name(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.main(|main| Container { name, ..main })
    }

    /// A port the container listens on. Default: the ports of its target groups.
    pub fn port(self, port: u16) -> Self {
        self.main(|main| main.port(port))
    }

    /// Sets an environment variable. Default: none.
    pub fn env(self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.main(|main| main.env(name, value))
    }

    /// Sets an environment variable from a secret, a field of one, or a parameter. Default: none.
    pub fn secret(self, name: impl Into<String>, secret: impl Into<ContainerSecret<'a>>) -> Self {
        self.main(|main| main.secret(name, secret))
    }

    /// What the container is started with. Default: what the image says.
    pub fn command<V: IntoValue<String>>(self, arguments: impl IntoIterator<Item = V>) -> Self {
        self.main(|main| main.command(arguments))
    }

    /// The user the container runs as. Default: what the image says.
    pub fn user(self, user: impl Into<String>) -> Self {
        self.main(|main| main.user(user))
    }

    /// How ECS finds out whether the container works, besides its target groups. Default: it works while it runs.
    pub fn health_check(self, check: ContainerHealth) -> Self {
        self.main(|main| main.health_check(check))
    }

    /// Lets the container write to its root file system. Default: it cannot.
    pub fn writable_root(self) -> Self {
        self.main(Container::writable_root)
    }

    /// A folder the container may write to, such as `/tmp`; empty in each new task. Default: none.
    pub fn scratch(self, path: impl Into<String>) -> Self {
        self.main(|main| main.scratch(path))
    }

    /// How long the container may take to end, at most 120 seconds. Default: 30 seconds, as ECS does.
    pub fn stop_timeout(self, timeout: Duration) -> Self {
        self.main(|main| main.stop_timeout(timeout))
    }

    /// Another container in each task. Default: none.
    pub fn sidecar(mut self, container: Container<'a>) -> Self {
        self.sidecars.push(container);
        self
    }

    /// Registers tasks with a target group; the container listens on its port, and its load balancer is let in.
    /// Default: no target group.
    pub fn behind(mut self, group: &TargetGroup<'a>) -> Self {
        self.targets.push(Target { group: *group, pair: None });
        self.port(group.port())
    }

    /// Registers tasks with one of two target groups, by turns, so that requests can be shifted between an old and a
    /// new version: with a listener or rule that serves users, by its ARN. Default: no target group.
    pub fn behind_pair(mut self, groups: [&TargetGroup<'a>; 2], production: impl IntoValue<String>) -> Self {
        let [group, other] = groups;
        let pair = TargetPair { other: *other, production: production.into_value(), test: None };
        self.targets.push(Target { group: *group, pair: Some(pair) });
        self.port(group.port()).port(other.port())
    }

    /// The listener or rule, by its ARN, that shows the new version to testers before users see it; for the pair said
    /// last. Default: none.
    pub fn tested_at(mut self, rule: impl IntoValue<String>) -> Self {
        if let Some(pair) = self.targets.last_mut().and_then(|target| target.pair.as_mut()) {
            pair.test = Some(rule.into_value());
        }
        self
    }

    /// For how long after its start a task's target group does not count. Default: 60 seconds behind a target group.
    pub fn grace_period(mut self, period: Duration) -> Self {
        self.grace_period = Some(period);
        self
    }

    /// How many tasks run while nothing scales the service; scaling takes it out again. Default: 2 in production, else 1.
    pub fn desired_count(mut self, tasks: u16) -> Self {
        self.desired_count = Some(tasks);
        self
    }

    /// Puts tasks into a security group that others share, which must reach what images are pulled from. Default: one of
    /// their own, which may open connections to port 443 of anything.
    pub fn security_group(mut self, group: &SecurityGroup<'a>) -> Self {
        self.group = Some(*group);
        self
    }

    /// The subnets tasks are in. Default: [`SubnetTier::Private`].
    pub fn subnets(mut self, tier: SubnetTier) -> Self {
        self.place.tier = tier;
        self
    }

    /// In how many of the network's zones tasks are, from the first on: one saves the traffic between zones where an
    /// outage does not matter. Default: in all.
    pub fn zones(mut self, count: u8) -> Self {
        self.place.zones = Some(count);
        self
    }

    /// Gives each task a public address, which those in public subnets need to reach anything. Default: none.
    pub fn public_address(mut self) -> Self {
        self.place.public_address = true;
        self
    }

    /// Where containers log to. Default: a log group of the service's own.
    pub fn logs(mut self, group: &LogGroup<'a>) -> Self {
        self.logs = Some(*group);
        self
    }

    /// What tasks run on. Default: [`Capacity::Fargate`].
    pub fn capacity(mut self, capacity: Capacity) -> Self {
        self.capacity = capacity;
        self
    }

    /// The processor tasks are built for. Default: [`Architecture::X86`].
    pub fn architecture(mut self, architecture: Architecture) -> Self {
        self.architecture = architecture;
        self
    }

    /// How a new version replaces the old one. Default: [`Rollout::rolling_for`] the least number of tasks.
    pub fn rollout(mut self, rollout: Rollout) -> Self {
        self.rollout = Some(rollout);
        self
    }

    /// Whether a version whose tasks keep failing is taken back. Default: true.
    pub fn circuit_breaker(mut self, on: bool) -> Self {
        self.circuit_breaker = on;
        self
    }

    /// Takes a version back when an alarm is raised while it is rolled out. Default: no alarm.
    pub fn roll_back_on(mut self, alarm: &Alarm<'_>) -> Self {
        self.alarms.push(alarm.name());
        self
    }

    /// Lets people open a shell in containers with ECS Exec; the root file system must be writable. Default: false.
    pub fn exec(mut self) -> Self {
        self.exec = true;
        self
    }

    /// Takes part in the namespace of the cluster. Default: it does not.
    pub fn service_connect(mut self, connect: ServiceConnect) -> Self {
        self.connect = Some(connect);
        self
    }

    /// The disk of each task, 21 to 200 GiB. Default: 20 GiB, which costs nothing extra.
    pub fn ephemeral_storage(mut self, size: Size) -> Self {
        self.storage = Some(size);
        self
    }
}
