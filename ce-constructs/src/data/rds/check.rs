//! What can be wrong with an RDS instance.

use ce_synth::{Scope, Size};

use super::RdsInstanceBuilder;
use crate::data::InstanceClass;
use crate::data::engine::rds_takes;
use crate::data::rules::{bounds, engine_version, instance_class, key_region, name_form, no_backups, no_standby};

impl RdsInstanceBuilder<'_, '_> {
    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>, class: &InstanceClass, multi_az: bool) {
        let engine = &self.engine;
        engine_version::check(scope, engine.name(), engine.version(), engine.creatable(), engine.line_parts());
        key_region::check(scope, self.key);
        if !rds_takes(class) {
            instance_class::report(scope, engine.name(), class.as_str(), "db.r6g.large");
        }
        if let Some(name) = &self.name {
            name_form::check_identifier(scope, name, 63);
        }
        if self.source.is_some() {
            return;
        }
        if let Some(database) = &self.database {
            name_form::check_word(scope, "database", database, 63);
        }
        let longest = if engine.is_postgresql() { 63 } else { 16 };
        name_form::check_word(scope, "user", self.credentials.username(), longest);
        self.check_storage(scope);
        if scope.environment().tier.is_production() {
            if self.upkeep.retention.is_some_and(crate::data::BackupRetention::is_none) {
                no_backups::report(scope, ".backup_retention(BackupRetention::days(7))");
            }
            if !multi_az {
                no_standby::report(scope, "an instance without standby", "write `.multi_az(true)`");
            }
        }
    }

    #[track_caller]
    fn check_storage(&self, scope: Scope<'_>) {
        let gib = |size: Size| size.as_mib() / 1_024;
        bounds::check(scope, "GiB of storage", gib(self.storage), 20..=65_536);
        if let Some(limit) = self.storage_limit() {
            bounds::check(scope, "GiB of storage", gib(limit), 21..=65_536);
            bounds::check_order(scope, "storage", &self.storage, &limit);
        }
    }
}
