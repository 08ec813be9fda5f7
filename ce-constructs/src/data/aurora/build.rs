//! From settings to resources.

use ce_cfn::rds::db_cluster::{DatabaseInsightsMode, ServerlessV2ScalingConfiguration};
use ce_cfn::{ids, rds};
use ce_synth::{DeletionPolicy, Scope, Tier, UpdateReplacePolicy, Value};

use super::{AuroraCluster, AuroraClusterBuilder, Capacity, lifecycle};
use crate::data::monitoring::monitoring_role;
use crate::data::parameters::Parameters;
use crate::data::{AuroraEngine, Credentials, DailyWindow, Insights, InstanceClass, MonitoringInterval, WeeklyWindow};
use crate::network::{Port, SecurityGroup, Subnet};
use crate::security::{Key, Secret, SecretTarget};

/// Parameters that are not given away: without them clients could talk in plain text.
const TLS: [&str; 2] = ["rds.force_ssl", "require_secure_transport"];

/// What was decided before the first resource.
pub(super) struct Plan {
    pub(super) engine: AuroraEngine,
    pub(super) capacity: Capacity,
    pub(super) subnets: Vec<Subnet>,
    pub(super) windows: (DailyWindow, WeeklyWindow),
    /// How it names the global database it is a member of.
    pub(super) membership: Option<Value<ids::RdsGlobalCluster>>,
    pub(super) secondary: bool,
}

/// What the cluster and its instances are made with.
pub(super) struct Parts<'a> {
    pub(super) key: Key<'a>,
    pub(super) group: SecurityGroup<'a>,
    pub(super) subnet_group: rds::DbSubnetGroupRef<'a>,
    pub(super) monitoring: Option<(MonitoringInterval, Value<ids::IamRoleArn>)>,
    pub(super) secret: Option<Secret<'a>>,
    /// How many connections an instance takes, where that is said.
    pub(super) max_connections: Option<u32>,
}

impl<'a> AuroraClusterBuilder<'_, 'a> {
    /// Adds the cluster, its instances, and what they need.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> AuroraCluster<'a> {
        let scope = scope.child(id);
        let plan = self.plan(scope);
        self.check(scope, &plan);
        let parts = self.parts(scope, &plan);
        let cluster = self.add_cluster(scope, &plan, &parts);
        let instances = self.add_instances(scope, &plan, &parts, cluster);
        if let Some(secret) = &parts.secret {
            let attachment = secret.attach_to(SecretTarget::RdsCluster(cluster.ref_()));
            if let Credentials::Generated(login) = &self.credentials
                && let Some(rotation) = login.rotation()
            {
                secret.rotate(rotation.clone()).depends_on(*attachment);
            }
        }
        if let (Some(scaling), false) = (&self.scaling, plan.secondary) {
            let target = scaling.place(scope, cluster.reference());
            for instance in &instances {
                target.depends_on(**instance);
            }
        }
        let port = self.listens_on(&plan.engine);
        AuroraCluster::new(cluster, instances, port, parts)
    }

    #[track_caller]
    fn plan(&self, scope: Scope<'a>) -> Plan {
        let inherited = self.global.as_ref().map(|global| global.engine().clone());
        let engine = self.engine.clone().or(inherited).unwrap_or(AuroraEngine::POSTGRESQL_17);
        let secondary = self.global.as_ref().is_some_and(|global| global.region() != scope.region());
        let membership = self.global.as_ref().map(|global| {
            if secondary { Value::from_expr(global.name().to_owned().into()) } else { global.cluster().ref_() }
        });
        Plan {
            engine,
            capacity: self.capacity.clone().unwrap_or_else(|| self.default_capacity(scope)),
            subnets: self.placement.subnets(scope, false),
            windows: self.upkeep.windows(scope, 30),
            membership,
            secondary,
        }
    }

    fn default_capacity(&self, scope: Scope<'a>) -> Capacity {
        match scope.environment().tier {
            Tier::Production => Capacity::provisioned(InstanceClass::R6G_LARGE, 1),
            Tier::Staging if self.global.is_none() => Capacity::provisioned(InstanceClass::T4G_LARGE, 1),
            Tier::Development if self.global.is_none() => Capacity::provisioned(InstanceClass::T4G_MEDIUM, 0),
            Tier::Staging | Tier::Development => Capacity::provisioned(InstanceClass::R6G_LARGE, 0),
        }
    }

    pub(super) fn listens_on(&self, engine: &AuroraEngine) -> Port {
        self.port.map_or(engine.port(), Port::tcp)
    }

    #[track_caller]
    fn parts(&self, scope: Scope<'a>, plan: &Plan) -> Parts<'a> {
        let key = self.key.unwrap_or_else(|| Key::builder().build(scope, "Key"));
        let group = self.group.unwrap_or_else(|| {
            let group = SecurityGroup::builder(self.placement.network, "an Aurora cluster");
            let group = group.default_port(self.listens_on(&plan.engine));
            let group = if let Some(name) = &self.name { group.named(name) } else { group };
            group.build(scope, "SecurityGroup")
        });
        let subnets: Vec<_> = plan.subnets.iter().map(Subnet::id).collect();
        let subnet_group =
            rds::DbSubnetGroup::new().db_subnet_group_description("an Aurora cluster").subnet_ids(subnets);
        let secret = match &self.credentials {
            Credentials::Generated(login) if !plan.secondary => {
                Some(login.make_secret(scope, &self.secret_key.unwrap_or(key)))
            }
            _ => None,
        };
        if let (true, Some(global)) = (plan.secondary, &self.global) {
            scope.stack().needs(global.cluster().scope());
        }
        let max_connections = self.instance_parameters.get("max_connections").and_then(|most| most.parse().ok());
        let subnet_group = scope.add("Subnets", subnet_group);
        Parts { key, group, subnet_group, monitoring: self.reported(scope), secret, max_connections }
    }

    #[track_caller]
    fn reported(&self, scope: Scope<'a>) -> Option<(MonitoringInterval, Value<ids::IamRoleArn>)> {
        let interval = self.monitoring.unwrap_or(match scope.environment().tier {
            Tier::Development => MonitoringInterval::OFF,
            Tier::Staging | Tier::Production => MonitoringInterval::seconds(60),
        });
        (!interval.is_off()).then(|| (interval, monitoring_role(scope).arn()))
    }

    #[track_caller]
    fn add_cluster(&self, scope: Scope<'a>, plan: &Plan, parts: &Parts<'a>) -> rds::DbClusterRef<'a> {
        let engine = &plan.engine;
        let environment = scope.environment();
        let logs = self.logs.clone().unwrap_or_else(|| engine.logs().iter().map(|log| (*log).to_owned()).collect());
        let cluster = rds::DbCluster::new()
            .db_cluster_identifier(self.name.as_ref())
            .engine(engine.name())
            .engine_version(engine.version().as_str())
            .engine_lifecycle_support(self.global.is_none().then(|| lifecycle(self.extended_support)))
            .db_subnet_group_name(parts.subnet_group)
            .vpc_security_group_ids([parts.group.id()])
            .port(i64::from(self.listens_on(engine).first().unwrap_or_default()))
            .db_cluster_parameter_group_name(self.add_parameters(scope, engine))
            .storage_encrypted(true)
            .kms_key_id(parts.key.arn())
            .storage_type(self.io_optimized.then_some("aurora-iopt1"))
            .backup_retention_period(self.upkeep.retention(environment.tier).as_days())
            .preferred_backup_window(plan.windows.0.to_string())
            .preferred_maintenance_window(plan.windows.1.to_string())
            .copy_tags_to_snapshot(true)
            .deletion_protection(self.deletion_protection.unwrap_or(environment.tier.is_production()))
            .enable_iam_database_authentication(self.iam_authentication)
            .enable_cloudwatch_logs_exports((!logs.is_empty()).then_some(logs))
            .serverless_v2_scaling_configuration(serverless(&plan.capacity))
            .global_cluster_identifier(plan.membership.clone())
            .enable_global_write_forwarding((plan.secondary && self.write_forwarding).then_some(true));
        let cluster = self.with_insights(cluster, parts);
        let cluster = scope.add("Resource", self.with_login(cluster, plan, parts));
        cluster.deletion_policy(self.deletion_policy).update_replace_policy(on_replacement(self.deletion_policy));
        cluster
    }

    #[track_caller]
    fn add_parameters(&self, scope: Scope<'a>, engine: &AuroraEngine) -> rds::DbClusterParameterGroupRef<'a> {
        let parameters = self.parameters.with_fixed(scope, engine.secure_parameters(), &TLS);
        let group = rds::DbClusterParameterGroup::new()
            .description(format!("{} cluster", engine.parameter_family()))
            .family(engine.parameter_family())
            .parameters(parameters);
        scope.add("ClusterParameters", group)
    }

    fn with_insights(&self, cluster: rds::DbCluster, parts: &Parts<'a>) -> rds::DbCluster {
        let mode = match self.insights {
            Insights::Off => return cluster,
            Insights::Standard => DatabaseInsightsMode::STANDARD,
            Insights::Advanced => DatabaseInsightsMode::ADVANCED,
        };
        cluster
            .database_insights_mode(mode)
            .performance_insights_enabled(true)
            .performance_insights_retention_period(self.insights.retention_days())
            .performance_insights_kms_key_id(parts.key.arn())
    }

    /// A secondary has the users and databases of the primary.
    fn with_login(&self, cluster: rds::DbCluster, plan: &Plan, parts: &Parts<'a>) -> rds::DbCluster {
        if plan.secondary {
            return cluster;
        }
        let cluster = cluster.database_name(self.database.as_ref()).master_username(self.credentials.username());
        match &parts.secret {
            Some(secret) => cluster.master_user_password(secret.field("password")),
            None => cluster
                .manage_master_user_password(true)
                .master_user_secret(rds::db_cluster::MasterUserSecret::new().kms_key_id(parts.key.arn())),
        }
    }

    #[track_caller]
    pub(super) fn add_instance_parameters(
        &self,
        scope: Scope<'a>,
        engine: &AuroraEngine,
    ) -> rds::DbParameterGroupRef<'a> {
        let parameters = self.instance_parameters.with_fixed(scope, &[], &[]);
        let group = rds::DbParameterGroup::new()
            .description(format!("{} instances", engine.parameter_family()))
            .family(engine.parameter_family())
            .parameters(Parameters::property::<ce_synth::Json>(parameters));
        scope.add("InstanceParameters", group)
    }
}

fn serverless(capacity: &Capacity) -> Option<ServerlessV2ScalingConfiguration> {
    let Capacity::Serverless { min, max, .. } = capacity else { return None };
    Some(ServerlessV2ScalingConfiguration::new().min_capacity(min.units()).max_capacity(max.units()))
}

/// The policy for an old resource that says the same as one for a resource that is gone.
pub(in crate::data) const fn on_replacement(policy: DeletionPolicy) -> UpdateReplacePolicy {
    match policy {
        DeletionPolicy::Delete => UpdateReplacePolicy::Delete,
        DeletionPolicy::Retain | DeletionPolicy::RetainExceptOnCreate => UpdateReplacePolicy::Retain,
        DeletionPolicy::Snapshot => UpdateReplacePolicy::Snapshot,
    }
}
