//! The instances of an Aurora cluster.

use ce_cfn::rds;
use ce_synth::{DeletionPolicy, Scope, UpdateReplacePolicy};

use super::AuroraClusterBuilder;
use super::build::{Parts, Plan};
use crate::data::{Insights, MonitoringInterval};

/// The promotion tier that is tried last.
const LAST_TIER: u8 = 15;

impl<'a> AuroraClusterBuilder<'_, 'a> {
    /// `Instance1` is the writer until a reader takes over; instances follow each other in promotion. Each
    /// waits for the one before it, so that the first one made is the writer.
    #[track_caller]
    pub(super) fn add_instances(
        &self,
        scope: Scope<'a>,
        plan: &Plan,
        parts: &Parts<'a>,
        cluster: rds::DbClusterRef<'a>,
    ) -> Vec<rds::DbInstanceRef<'a>> {
        let parameters = self.add_instance_parameters(scope, &plan.engine);
        let mut instances: Vec<rds::DbInstanceRef<'a>> = Vec::new();
        for place in 0..=plan.capacity.readers().min(LAST_TIER) {
            let number = place + 1;
            let instance = self
                .instance(plan, parts)
                .db_cluster_identifier(cluster)
                .db_instance_identifier(self.name.as_ref().map(|name| format!("{name}-{number}")))
                .db_parameter_group_name(parameters)
                .availability_zone(self.zone(place.into()))
                .promotion_tier(place);
            let instance = scope.add(&format!("Instance{number}"), instance);
            // The cluster keeps the data, and takes the snapshots.
            instance.deletion_policy(DeletionPolicy::Delete).update_replace_policy(UpdateReplacePolicy::Delete);
            if let Some(writer) = instances.first() {
                instance.depends_on(**writer);
            }
            instances.push(instance);
        }
        instances
    }

    fn instance(&self, plan: &Plan, parts: &Parts<'a>) -> rds::DbInstance {
        let instance = rds::DbInstance::new()
            .engine(plan.engine.name())
            .db_instance_class(plan.capacity.class().as_str())
            .publicly_accessible(false)
            .auto_minor_version_upgrade(true)
            .ca_certificate_identifier(self.authority.identifier())
            .preferred_maintenance_window(plan.windows.1.to_string());
        let instance = match &parts.monitoring {
            Some((interval, role)) => instance.monitoring_interval(interval.as_seconds()).monitoring_role_arn(role),
            // Said, and not left out: what is left out of an update stays as it was.
            None => instance.monitoring_interval(MonitoringInterval::OFF.as_seconds()),
        };
        match self.insights {
            Insights::Off => instance,
            Insights::Standard | Insights::Advanced => instance
                .enable_performance_insights(true)
                .performance_insights_retention_period(self.insights.retention_days())
                .performance_insights_kms_key_id(parts.key.arn()),
        }
    }

    /// Aurora spreads instances over zones by itself.
    fn zone(&self, place: usize) -> Option<String> {
        (!self.zones.is_empty()).then(|| self.zones[place % self.zones.len()].clone())
    }
}
