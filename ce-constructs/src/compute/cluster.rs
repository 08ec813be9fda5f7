//! Clusters.

use ce_cfn::{ecs, ids, logs, servicediscovery};
use ce_synth::{IntoValue, Scope, Value};

use crate::network::Network;
use crate::observe::LogGroup;
use crate::security::{Key, Principal, Role, aws_managed_policy};

/// A cluster of ECS for tasks on Fargate; `Copy`.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::compute::EcsCluster;
/// # let app = App::new();
/// # let scope = app.stack("Shop", PROD);
/// let cluster = EcsCluster::builder().named("shop-prod").namespace("shop").build(scope, "Cluster");
/// # app.synth().unwrap();
/// ```
///
/// By default Container Insights is on and tasks may run on Fargate and on its spare capacity. It runs nothing by itself.
#[derive(Clone, Copy)]
pub struct EcsCluster<'a> {
    scope: Scope<'a>,
    cluster: ecs::ClusterRef<'a>,
    providers: ecs::ClusterCapacityProviderAssociationsRef<'a>,
    exec: Option<ExecSession<'a>>,
    connected: bool,
}

/// Where what is typed into containers is logged.
#[derive(Clone, Copy)]
pub(super) struct ExecSession<'a> {
    pub(super) logs: LogGroup<'a>,
    pub(super) key: Key<'a>,
}

/// How closely Container Insights looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContainerInsights {
    /// Not at all.
    Off,
    /// At clusters and services.
    #[default]
    Standard,
    /// At tasks and containers too, for more money.
    Enhanced,
}

#[derive(Clone, Debug)]
enum Namespace {
    Http(String),
    PrivateDns(String, Value<ids::Ec2Vpc>),
}

/// Builder of an [`EcsCluster`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct EcsClusterBuilder<'k> {
    name: Option<Value<String>>,
    insights: ContainerInsights,
    namespace: Option<Namespace>,
    exec: Option<Key<'k>>,
}

impl EcsCluster<'_> {
    /// A cluster.
    pub fn builder<'k>() -> EcsClusterBuilder<'k> {
        EcsClusterBuilder { name: None, insights: ContainerInsights::default(), namespace: None, exec: None }
    }
}

impl<'k> EcsClusterBuilder<'k> {
    /// Names the cluster. Default: a name that CloudFormation makes.
    pub fn named(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// How closely Container Insights looks. Default: [`ContainerInsights::Standard`].
    pub fn insights(mut self, insights: ContainerInsights) -> Self {
        self.insights = insights;
        self
    }

    /// The namespace in which services find each other with Service Connect alone. Default: none.
    pub fn namespace(mut self, name: impl Into<String>) -> Self {
        self.namespace = Some(Namespace::Http(name.into()));
        self
    }

    /// The namespace in which services find each other, with names in DNS too: `shop.internal`. Default: none.
    pub fn dns_namespace(mut self, name: impl Into<String>, network: &(impl Network + ?Sized)) -> Self {
        self.namespace = Some(Namespace::PrivateDns(name.into(), network.vpc_id()));
        self
    }

    /// Logs what is typed into containers with ECS Exec, encrypted with a key, and encrypts the sessions with it.
    /// Default: what is typed goes to the container's own log.
    pub fn exec_sessions(mut self, key: &Key<'k>) -> Self {
        self.exec = Some(*key);
        self
    }
}

impl<'a> EcsClusterBuilder<'a> {
    /// Adds the cluster.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> EcsCluster<'a> {
        use ecs::cluster as l1;
        let scope = scope.child(id);
        let insights = match self.insights {
            ContainerInsights::Off => "disabled",
            ContainerInsights::Standard => "enabled",
            ContainerInsights::Enhanced => "enhanced",
        };
        let exec = self.exec.map(|key| {
            let logs = LogGroup::builder().encrypted_by(&key).build(scope, "ExecLogs");
            ExecSession { logs, key }
        });
        let connected = self.namespace.is_some();
        let namespace = self.namespace.map(|namespace| add_namespace(scope, namespace));
        let cluster = ecs::Cluster::new()
            .cluster_name(self.name)
            .cluster_settings([l1::ClusterSettings::new().name("containerInsights").value(insights)])
            .service_connect_defaults(namespace.map(|arn| l1::ServiceConnectDefaults::new().namespace(arn)))
            .configuration(exec.map(exec_configuration));
        let cluster = scope.add("Resource", cluster);
        EcsCluster { scope, cluster, providers: add_providers(scope, cluster), exec, connected }
    }
}

/// What tasks may run on: a resource of its own, so that a service which names a provider can wait for it.
#[track_caller]
fn add_providers<'a>(
    scope: Scope<'a>,
    cluster: ecs::ClusterRef<'a>,
) -> ecs::ClusterCapacityProviderAssociationsRef<'a> {
    use ecs::cluster_capacity_provider_associations::CapacityProviderStrategy;
    let default = CapacityProviderStrategy::new().capacity_provider("FARGATE").weight(1);
    let providers = ecs::ClusterCapacityProviderAssociations::new()
        .cluster(cluster)
        .capacity_providers(["FARGATE", "FARGATE_SPOT"])
        .default_capacity_provider_strategy([default]);
    scope.add("CapacityProviders", providers)
}

#[track_caller]
fn add_namespace(scope: Scope<'_>, namespace: Namespace) -> Value<String> {
    use servicediscovery::{HttpNamespace, PrivateDnsNamespace};
    match namespace {
        Namespace::Http(name) => scope.add("Namespace", HttpNamespace::new().name(name)).arn().into_value(),
        Namespace::PrivateDns(name, vpc) => {
            let vpc: Value<String> = vpc.into_value();
            scope.add("Namespace", PrivateDnsNamespace::new().name(name).vpc(vpc)).arn().into_value()
        }
    }
}

fn exec_configuration(exec: ExecSession<'_>) -> ecs::cluster::ClusterConfiguration {
    use ecs::cluster as l1;
    let group: logs::LogGroupRef<'_> = exec.logs.group();
    let logs = l1::ExecuteCommandLogConfiguration::new()
        .cloud_watch_log_group_name(group)
        .cloud_watch_encryption_enabled(true);
    let session = l1::ExecuteCommandConfiguration::new()
        .kms_key_id(exec.key.arn())
        .logging(l1::Logging::OVERRIDE)
        .log_configuration(logs);
    l1::ClusterConfiguration::new().execute_command_configuration(session)
}

impl<'a> EcsCluster<'a> {
    /// The cluster's name.
    pub fn name(self) -> Value<ids::EcsCluster> {
        self.cluster.ref_()
    }

    /// The cluster's ARN.
    pub fn arn(self) -> Value<ids::EcsClusterArn> {
        self.cluster.arn()
    }

    /// The generated resource.
    pub fn cluster(self) -> ecs::ClusterRef<'a> {
        self.cluster
    }

    pub(super) fn providers(self) -> ecs::ClusterCapacityProviderAssociationsRef<'a> {
        self.providers
    }

    pub(super) fn exec(self) -> Option<ExecSession<'a>> {
        self.exec
    }

    pub(super) fn has_namespace(self) -> bool {
        self.connected
    }

    /// The role with which ECS fetches certificates for Service Connect; one for all services of the cluster.
    #[track_caller]
    pub(super) fn tls_role(self) -> Value<ids::IamRoleArn> {
        const POLICY: &str = "service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity";
        if let Some(role) = self.scope.find::<ce_cfn::iam::Role>("ServiceConnectTlsRole/Resource") {
            return role.arn();
        }
        let role = Role::builder(Principal::service("ecs.amazonaws.com")).managed_policy(aws_managed_policy(POLICY));
        role.build(self.scope, "ServiceConnectTlsRole").arn()
    }
}
