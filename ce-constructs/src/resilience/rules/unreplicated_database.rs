//! Databases that have no copy in the standby.

use ce_synth::Report;

use super::super::SiteRole;
use super::super::comparison::Comparison;

rule!(
    "CE8403",
    "a database of the primary has no copy in the standby",
    "What is kept in one region is lost with it, back to the last backup that was copied: a day, not minutes. \
     Source: https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html"
);

pub(in crate::resilience) fn check(comparison: &Comparison<'_>, report: &mut Report<'_>) {
    for found in comparison.resources(SiteRole::Primary) {
        let absent = |property: &str| found.at_path(property).is_none();
        let help = match found.type_name() {
            "AWS::RDS::DBCluster" if absent("GlobalClusterIdentifier") && !is_source(comparison, &found) => {
                "make it a member of an `AuroraGlobal` with `.global(&global)`"
            }
            "AWS::RDS::DBInstance" if absent("DBClusterIdentifier") && absent("SourceDBInstanceIdentifier") => {
                "use an `AuroraCluster` of an `AuroraGlobal`"
            }
            "AWS::DynamoDB::Table" => "use `AWS::DynamoDB::GlobalTable` with a replica in the standby's region",
            _ => continue,
        };
        let message = format!("`{}` has no copy in the standby", found.path());
        report.warning(found.node(), RULE.code, message).help = Some(help.to_owned());
    }
}

/// A global cluster may name the cluster instead of the cluster it.
fn is_source(comparison: &Comparison<'_>, cluster: &ce_synth::Found<'_, ()>) -> bool {
    comparison.anywhere("AWS::RDS::GlobalCluster").any(|global| {
        let source = global.at_path("SourceDBClusterIdentifier");
        source.is_some_and(|source| super::super::comparison::refers_to(source, cluster.node()))
    })
}
