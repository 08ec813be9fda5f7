//! What can be wrong with a cache.

use ce_synth::Scope;

use super::access::{CacheAccess, TokenSource};
use super::build::Plan;
use super::builder::Settings;
use crate::data::engine::cache_has;
use crate::data::rules::{
    bounds, class_in_global, engine_version, instance_class, key_region, multi_az_without_replica, name_form,
    no_backups, no_standby, shard_scaling, token_of_secondary,
};

impl Settings<'_, '_> {
    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>, plan: &Plan) {
        engine_version::check(scope, self.engine.name(), self.engine.version(), self.engine.creatable(), 1);
        key_region::check(scope, self.key);
        if !cache_has(&plan.node) {
            instance_class::report(scope, self.engine.name(), plan.node.as_str(), "cache.r6g.large");
        }
        if let Some(name) = &self.name {
            name_form::check_identifier(scope, name, 40);
        }
        if let CacheAccess::Users { group, users } = &self.access {
            // Room for `-default`.
            name_form::check_identifier(scope, group, 32);
            for user in users {
                name_form::check_identifier(scope, user.name(), 40);
            }
        }
        self.check_nodes(scope, plan);
        self.check_scaling(scope, plan);
        self.check_global(scope, plan);
    }

    #[track_caller]
    fn check_nodes(&self, scope: Scope<'_>, plan: &Plan) {
        let replicas = plan.shards.replicas();
        bounds::check(scope, "replicas", replicas.into(), 0..=5);
        bounds::check(scope, "shards", plan.shards.shards().into(), 1..=500);
        bounds::check(scope, "nodes", plan.shards.nodes().into(), 1..=500);
        if plan.multi_az && replicas == 0 {
            multi_az_without_replica::report(scope);
        }
        if scope.environment().tier.is_production() {
            if replicas == 0 {
                no_standby::report(scope, "a cache without replicas", "write `replicas: 1` or more in `.shards(..)`");
            }
            if self.upkeep.retention.is_some_and(crate::data::BackupRetention::is_none) {
                no_backups::report(scope, ".snapshot_retention(BackupRetention::days(1))");
            }
        }
    }

    #[track_caller]
    fn check_scaling(&self, scope: Scope<'_>, plan: &Plan) {
        let Some(scaling) = &self.scaling else { return };
        bounds::check_order(scope, "number of shards", scaling.range.start(), scaling.range.end());
        bounds::check(scope, "shards", (*scaling.range.end()).into(), 1..=500);
        bounds::check(scope, "% as a target", scaling.target.value().into(), 35..=70);
        if !plan.shards.is_clustered() {
            shard_scaling::report(scope, "cluster mode is off", "write `.shards(Shards::Clustered { .. })`");
        }
        if plan.node.bursts() || !matches!(plan.node.size(), "large" | "xlarge" | "2xlarge") {
            let why = format!("nodes are `{}`", plan.node);
            shard_scaling::report(scope, &why, "choose `large`, `xlarge` or `2xlarge` of a family that does not burst");
        }
    }

    #[track_caller]
    fn check_global(&self, scope: Scope<'_>, plan: &Plan) {
        if self.global.is_none() {
            return;
        }
        if plan.node.bursts() {
            class_in_global::report(scope, plan.node.as_str(), "cache.r6g.large");
        }
        if plan.shards.replicas() == 0 {
            multi_az_without_replica::report(scope);
        }
        let own = match &self.access {
            CacheAccess::Token(token) => matches!(token.source, TokenSource::Generated { .. }),
            CacheAccess::Users { .. } => true,
        };
        if plan.secondary && own {
            token_of_secondary::report(scope);
        }
    }
}
