//! What can be wrong with an Aurora cluster.

use ce_cfn::rds;
use ce_synth::{Scope, Tier};

use super::build::Plan;
use super::{AuroraClusterBuilder, Capacity};
use crate::data::engine::aurora_takes;
use crate::data::rules::{
    bounds, class_in_global, engine_version, global_member, instance_class, key_region, managed_password_in_global,
    name_form, no_backups, no_standby, scaling_on_secondary, serverless_pause, unknown_zone,
};
use crate::data::{Acu, Credentials};

impl AuroraClusterBuilder<'_, '_> {
    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>, plan: &Plan) {
        let engine = &plan.engine;
        engine_version::check(scope, engine.name(), engine.version(), engine.creatable(), engine.line_parts());
        key_region::check(scope, self.key);
        self.check_names(scope, plan);
        self.check_capacity(scope, plan);
        self.check_scaling(scope, plan);
        self.check_global(scope, plan);
        if self.upkeep.retention.is_some_and(super::super::BackupRetention::is_none) {
            no_backups::report_impossible(scope);
        }
        for zone in &self.zones {
            unknown_zone::check(scope, zone, &plan.subnets);
        }
    }

    #[track_caller]
    fn check_names(&self, scope: Scope<'_>, plan: &Plan) {
        if let Some(name) = &self.name {
            // Room for the number of an instance.
            name_form::check_identifier(scope, name, 60);
        }
        if let Some(database) = &self.database {
            name_form::check_word(scope, "database", database, 63);
        }
        let longest = if plan.engine.is_postgresql() { 63 } else { 16 };
        name_form::check_word(scope, "user", self.credentials.username(), longest);
    }

    #[track_caller]
    fn check_capacity(&self, scope: Scope<'_>, plan: &Plan) {
        let tier = scope.environment().tier;
        bounds::check(scope, "readers", plan.capacity.readers().into(), 0..=15);
        if tier == Tier::Production && plan.capacity.readers() == 0 && self.scaling.is_none() && !plan.secondary {
            no_standby::report(
                scope,
                "a cluster without reader",
                "give `Capacity` a reader: it takes over in about 30 s",
            );
        }
        match &plan.capacity {
            Capacity::Provisioned { class, .. } if !aurora_takes(&plan.engine, class) => {
                instance_class::report(scope, plan.engine.name(), class.as_str(), "db.r6g.large");
            }
            Capacity::Provisioned { .. } => {}
            Capacity::Serverless { min, max, .. } => {
                bounds::check_order(scope, "capacity", min, max);
                if *max < Acu::new(1.0) {
                    bounds::check(scope, "ACU at most", 0, 1..=256);
                }
                if *min == Acu::ZERO && tier == Tier::Production {
                    serverless_pause::report(scope);
                }
            }
        }
    }

    #[track_caller]
    fn check_scaling(&self, scope: Scope<'_>, plan: &Plan) {
        let Some(scaling) = &self.scaling else { return };
        bounds::check_order(scope, "number of readers", scaling.range.start(), scaling.range.end());
        bounds::check(scope, "readers", (*scaling.range.end()).into(), 0..=15);
        if plan.secondary {
            scaling_on_secondary::report(scope);
        }
    }

    #[track_caller]
    fn check_global(&self, scope: Scope<'_>, plan: &Plan) {
        let Some(global) = &self.global else { return };
        if plan.engine != *global.engine() {
            let theirs = global.engine().version();
            let message =
                format!("the engine version is `{}`, the global database's is `{theirs}`", plan.engine.version());
            global_member::report(scope, &message, "leave `.engine(..)` out: the global database says it");
        }
        if let Capacity::Provisioned { class, .. } = &plan.capacity
            && class.bursts()
        {
            class_in_global::report(scope, class.as_str(), "db.r6g.large");
        }
        if matches!(self.credentials, Credentials::Managed(_)) {
            managed_password_in_global::report(scope);
        }
        let membership = plan.membership.as_ref().map(ce_synth::Value::expr);
        let others = scope.app().resources::<rds::DbCluster>();
        let here = others.iter().filter(|other| other.scope().region() == scope.region());
        let mut same = here.filter(|other| other.peek("GlobalClusterIdentifier").as_ref() == membership);
        if let Some(other) = same.next() {
            let message = format!("`{}` is this region's member already", other.scope().path());
            global_member::report(scope, &message, "a global database has one cluster in a region");
        }
    }
}
