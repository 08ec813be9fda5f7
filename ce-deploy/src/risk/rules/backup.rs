//! `backup`: backups are no longer made, or kept for a shorter time.

use super::log_retention::{is_shorter, length};
use super::switch::When::{FalseOrUnset, TrueOrUnset, Unset};
use super::switch::{Switch, When, find as find_switches};
use crate::risk::RiskClass::Weakening;
use crate::risk::change::{Change, Report, at};

const fn backup(type_name: &'static str, path: &'static str, unsafe_when: When) -> Switch {
    Switch { type_name, path, unsafe_when, what: "is no longer backed up as it was" }
}

/// Source: CloudFormation template reference, each property with its default.
const TABLE: &[Switch] = &[
    backup("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", FalseOrUnset),
    backup("AWS::EFS::FileSystem", "BackupPolicy.Status", When::IsNot(&["ENABLED"])),
    backup("AWS::S3::Bucket", "ReplicationConfiguration", Unset),
    backup("AWS::RDS::DBInstance", "DeleteAutomatedBackups", TrueOrUnset),
    backup("AWS::RDS::DBInstance", "MultiAZ", FalseOrUnset),
    backup("AWS::RDS::DBCluster", "BacktrackWindow", Unset),
    backup("AWS::ElastiCache::ReplicationGroup", "AutomaticFailoverEnabled", FalseOrUnset),
    backup("AWS::ECR::ReplicationConfiguration", "ReplicationConfiguration.Rules", Unset),
];

/// How long backups are kept, and for how long when nothing is said.
const LENGTHS: [(&str, &str, f64); 8] = [
    ("AWS::RDS::DBInstance", "BackupRetentionPeriod", 1.0),
    ("AWS::RDS::DBCluster", "BackupRetentionPeriod", 1.0),
    ("AWS::DocDB::DBCluster", "BackupRetentionPeriod", 1.0),
    ("AWS::Neptune::DBCluster", "BackupRetentionPeriod", 1.0),
    ("AWS::Redshift::Cluster", "AutomatedSnapshotRetentionPeriod", 1.0),
    ("AWS::ElastiCache::ReplicationGroup", "SnapshotRetentionLimit", 0.0),
    ("AWS::ElastiCache::CacheCluster", "SnapshotRetentionLimit", 0.0),
    ("AWS::KMS::Key", "PendingWindowInDays", 30.0),
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    find_switches(TABLE, "backup", Weakening, false, change, report);
    for (id, new, old) in change.resources() {
        let Some(old) = old else { continue };
        for (_, path, default) in LENGTHS.iter().filter(|(name, ..)| *name == new.type_name) {
            let (was, will) = (at(&old.properties, path), at(&new.properties, path));
            if was != will && is_shorter(length(was, Some(*default)), length(will, Some(*default))) {
                report.add("backup", Weakening, id, format!("keeps backups for a shorter time (`{path}`)"));
            }
        }
        plan(id, &new.type_name, [&old.properties, &new.properties], report);
    }
}

/// A plan or selection of AWS Backup that changes may leave something out: what is a rule less, or another.
fn plan(id: &str, type_name: &str, [old, new]: [&serde_json::Value; 2], report: &mut Report<'_>) {
    let list = match type_name {
        "AWS::Backup::BackupPlan" => "BackupPlan.BackupPlanRule",
        "AWS::Backup::BackupSelection" => "BackupSelection.Resources",
        _ => return,
    };
    let items = |side| at(side, list).as_array().cloned().unwrap_or_default();
    let after = items(new);
    if items(old).iter().any(|item| !after.contains(item)) {
        report.add("backup", Weakening, id, format!("no longer has all of `{list}`"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::switch::unknown;
    use super::TABLE;

    #[test]
    fn rows_are_properties() {
        assert_eq!(unknown(TABLE), Vec::<String>::new());
    }

    #[test]
    fn lengths_are_properties() {
        let known =
            |name: &str, path: &str| ce_cfn::SCHEMAS.find(name).is_some_and(|schema| schema.property(path).is_some());
        let unknown: Vec<_> = super::LENGTHS.iter().filter(|(name, path, _)| !known(name, path)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
