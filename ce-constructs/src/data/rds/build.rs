//! From settings to resources.

use ce_cfn::rds::db_instance::{DatabaseInsightsMode, MasterUserSecret};
use ce_cfn::{ids, rds};
use ce_synth::{DeletionPolicy, Scope, Size, Tier, Value};

use super::{RdsInstance, RdsInstanceBuilder};
use crate::data::aurora::{lifecycle, on_replacement};
use crate::data::monitoring::monitoring_role;
use crate::data::{Credentials, DailyWindow, Insights, InstanceClass, MonitoringInterval, WeeklyWindow};
use crate::network::{Port, SecurityGroup, Subnet};
use crate::security::{Key, Secret, SecretTarget};

/// Parameters that are not given away: without them clients could talk in plain text.
const TLS: [&str; 2] = ["rds.force_ssl", "require_secure_transport"];

/// What the instance is made with.
struct Parts<'a> {
    class: InstanceClass,
    multi_az: bool,
    windows: (DailyWindow, WeeklyWindow),
    /// None for a replica in the region of its source, whose key it has.
    key: Option<Key<'a>>,
    group: SecurityGroup<'a>,
    /// None for a replica in the region of its source, whose group it has.
    subnet_group: Option<rds::DbSubnetGroupRef<'a>>,
    parameters: rds::DbParameterGroupRef<'a>,
    monitoring: Option<(MonitoringInterval, Value<ids::IamRoleArn>)>,
    secret: Option<Secret<'a>>,
}

impl<'a> RdsInstanceBuilder<'_, 'a> {
    /// Adds the instance and what it needs.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> RdsInstance<'a> {
        let scope = scope.child(id);
        let parts = self.parts(scope);
        self.check(scope, &parts.class, parts.multi_az);
        let instance = self.instance(scope, &parts);
        let instance = self.with_storage(scope, instance, &parts);
        let instance = scope.add("Resource", self.with_insights(instance, &parts));
        let policy = self.deletion_policy.unwrap_or(match self.source {
            Some(_) => DeletionPolicy::Delete,
            None => DeletionPolicy::Snapshot,
        });
        instance.deletion_policy(policy).update_replace_policy(on_replacement(policy));
        if let Some(secret) = &parts.secret {
            let attachment = secret.attach_to(SecretTarget::RdsInstance(instance.ref_()));
            if let Credentials::Generated(login) = &self.credentials
                && let Some(rotation) = login.rotation()
            {
                secret.rotate(rotation.clone()).depends_on(*attachment);
            }
        }
        RdsInstance {
            instance,
            port: self.listens_on(),
            group: parts.group,
            key: parts.key,
            secret: parts.secret,
            engine: self.engine,
            name: self.name,
        }
    }

    fn listens_on(&self) -> Port {
        self.port.map_or(self.engine.port(), Port::tcp)
    }

    pub(super) fn storage_limit(&self) -> Option<Size> {
        let limit = self.storage_limit?;
        // The default has to make room for a greater beginning.
        let begins_over = limit == Size::gib(100) && self.storage.as_mib() * 2 > limit.as_mib();
        let twice = u32::try_from(self.storage.as_mib() * 2).map_or(limit, Size::mib);
        Some(if begins_over { twice } else { limit })
    }

    #[track_caller]
    fn parts(&self, scope: Scope<'a>) -> Parts<'a> {
        let tier = scope.environment().tier;
        let at_home = self.source.as_ref().is_some_and(|source| !source.abroad(scope));
        let class = self.class.clone().unwrap_or(match tier {
            Tier::Production => InstanceClass::R6G_LARGE,
            Tier::Staging | Tier::Development => InstanceClass::T4G_MEDIUM,
        });
        let subnets = self.placement.subnets(scope, false);
        let subnets: Vec<_> = subnets.iter().map(Subnet::id).collect();
        let subnet_group = rds::DbSubnetGroup::new().db_subnet_group_description("an RDS instance").subnet_ids(subnets);
        let key = if at_home { self.key } else { Some(self.key.unwrap_or_else(|| Key::builder().build(scope, "Key"))) };
        if let Some(source) = self.source.as_ref().filter(|source| source.abroad(scope)) {
            scope.stack().needs(source.scope());
        }
        Parts {
            class,
            multi_az: self.multi_az.unwrap_or(tier.is_production() && self.source.is_none()),
            windows: self.upkeep.windows(scope, 30),
            group: self.group.unwrap_or_else(|| self.add_group(scope)),
            subnet_group: (!at_home).then(|| scope.add("Subnets", subnet_group)),
            parameters: self.add_parameters(scope),
            monitoring: self.watch(scope, tier),
            secret: self.secret_key.or(key).and_then(|key| self.add_secret(scope, &key)),
            key,
        }
    }

    #[track_caller]
    fn add_group(&self, scope: Scope<'a>) -> SecurityGroup<'a> {
        let group = SecurityGroup::builder(self.placement.network, "an RDS instance").default_port(self.listens_on());
        let group = if let Some(name) = &self.name { group.named(name) } else { group };
        group.build(scope, "SecurityGroup")
    }

    #[track_caller]
    fn add_secret(&self, scope: Scope<'a>, key: &Key<'a>) -> Option<Secret<'a>> {
        match &self.credentials {
            Credentials::Generated(login) if self.source.is_none() => Some(login.make_secret(scope, key)),
            _ => None,
        }
    }

    #[track_caller]
    fn add_parameters(&self, scope: Scope<'a>) -> rds::DbParameterGroupRef<'a> {
        let parameters = self.parameters.with_fixed(scope, self.engine.secure_parameters(), &TLS);
        let group = rds::DbParameterGroup::new()
            .description(format!("{} instance", self.engine.parameter_family()))
            .family(self.engine.parameter_family())
            .parameters(parameters);
        scope.add("Parameters", group)
    }

    #[track_caller]
    fn watch(&self, scope: Scope<'a>, tier: Tier) -> Option<(MonitoringInterval, Value<ids::IamRoleArn>)> {
        let interval = self.monitoring.unwrap_or(match tier {
            Tier::Development => MonitoringInterval::OFF,
            Tier::Staging | Tier::Production => MonitoringInterval::seconds(60),
        });
        (!interval.is_off()).then(|| (interval, monitoring_role(scope).arn()))
    }

    #[track_caller]
    fn instance(&self, scope: Scope<'a>, parts: &Parts<'a>) -> rds::DbInstance {
        let engine = &self.engine;
        let production = scope.environment().tier.is_production();
        let logs = self.logs.clone().unwrap_or_else(|| engine.logs().iter().map(|log| (*log).to_owned()).collect());
        let instance = rds::DbInstance::new()
            .db_instance_identifier(self.name.as_ref())
            .db_instance_class(parts.class.as_str())
            .multi_az(parts.multi_az)
            .db_subnet_group_name(parts.subnet_group)
            .vpc_security_groups([parts.group.id()])
            .port(self.listens_on().first().map(|port| port.to_string()))
            .publicly_accessible(false)
            .db_parameter_group_name(parts.parameters)
            .ca_certificate_identifier(self.authority.identifier())
            .auto_minor_version_upgrade(true)
            .copy_tags_to_snapshot(true)
            .deletion_protection(self.deletion_protection.unwrap_or(production))
            .enable_iam_database_authentication(self.iam_authentication)
            .enable_cloudwatch_logs_exports((!logs.is_empty()).then_some(logs))
            .preferred_maintenance_window(parts.windows.1.to_string());
        let instance = match &parts.monitoring {
            Some((interval, role)) => instance.monitoring_interval(interval.as_seconds()).monitoring_role_arn(role),
            // Said, and not left out: what is left out of an update stays as it was.
            None => instance.monitoring_interval(MonitoringInterval::OFF.as_seconds()),
        };
        match &self.source {
            Some(source) => instance.source_db_instance_identifier(source.identifier(scope)),
            None => self.with_login(instance, parts),
        }
    }

    fn with_login(&self, instance: rds::DbInstance, parts: &Parts<'a>) -> rds::DbInstance {
        let instance = instance
            .engine(self.engine.name())
            .engine_version(self.engine.version().as_str())
            .engine_lifecycle_support(lifecycle(self.extended_support))
            .db_name(self.database.as_ref())
            .master_username(self.credentials.username());
        match &parts.secret {
            Some(secret) => instance.master_user_password(secret.field("password")),
            None => instance
                .manage_master_user_password(true)
                .master_user_secret(MasterUserSecret::new().kms_key_id(parts.key.map(Key::arn))),
        }
    }

    /// A replica has the storage of its source, and backups of its own only if asked for.
    fn with_storage(&self, scope: Scope<'a>, instance: rds::DbInstance, parts: &Parts<'a>) -> rds::DbInstance {
        let gib = |size: Size| size.as_mib() / 1_024;
        let instance = instance.kms_key_id(parts.key.map(Key::arn)).storage_type("gp3");
        if self.source.is_some() {
            return match self.upkeep.retention {
                Some(retention) => instance
                    .backup_retention_period(retention.as_days())
                    .preferred_backup_window(parts.windows.0.to_string()),
                None => instance,
            };
        }
        let limit = self.storage_limit().and_then(|limit| i64::try_from(gib(limit)).ok());
        let retention = i64::from(self.upkeep.retention(scope.environment().tier).as_days());
        let instance = instance
            .allocated_storage(gib(self.storage).to_string())
            .max_allocated_storage(limit)
            .storage_encrypted(true)
            .backup_retention_period(retention)
            .preferred_backup_window(parts.windows.0.to_string());
        match &self.backup_copy {
            Some((region, key)) => instance
                .automatic_backup_replication_region(region.as_str())
                .automatic_backup_replication_retention_period(retention)
                .automatic_backup_replication_kms_key_id(key.clone()),
            None => instance,
        }
    }

    fn with_insights(&self, instance: rds::DbInstance, parts: &Parts<'a>) -> rds::DbInstance {
        let tiny = matches!(parts.class.size(), "micro" | "small") && !self.engine.is_postgresql();
        let insights = self.insights.unwrap_or(if tiny { Insights::Off } else { Insights::Standard });
        let mode = match insights {
            Insights::Off => return instance.enable_performance_insights(false),
            Insights::Standard => DatabaseInsightsMode::STANDARD,
            Insights::Advanced => DatabaseInsightsMode::ADVANCED,
        };
        instance
            .database_insights_mode(mode)
            .enable_performance_insights(true)
            .performance_insights_retention_period(insights.retention_days())
            .performance_insights_kms_key_id(parts.key.map(Key::arn))
    }
}
