//! Traffic that moves before the database does.

use ce_synth::{Expr, Report};

use super::super::SiteRole;
use super::super::comparison::{Comparison, refers_to};

rule!(
    "CE8407",
    "traffic moves to the standby before its database takes writes",
    "A failover record that follows an endpoint's health answers with the standby after 90 seconds; promoting the \
     database takes minutes and is not done by DNS. Until then every write fails, unless the standby forwards writes \
     or the record waits for the plan. \
     Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding.html"
);

pub(in crate::resilience) fn check(comparison: &Comparison<'_>, report: &mut Report<'_>) {
    let mut clusters = comparison.of_type(SiteRole::Standby, "AWS::RDS::DBCluster");
    let cannot_write = clusters.any(|cluster| {
        let forwards = cluster.at_path("EnableGlobalWriteForwarding").and_then(Expr::as_bool);
        cluster.at_path("GlobalClusterIdentifier").is_some() && forwards != Some(true)
    });
    if !cannot_write {
        return;
    }
    let checks: Vec<_> = comparison.anywhere("AWS::Route53::HealthCheck").map(|check| check.node()).collect();
    for record in comparison.resources(SiteRole::Primary).filter(|found| found.type_name() == "AWS::Route53::RecordSet")
    {
        let primary = record.at_path("Failover").and_then(Expr::as_text) == Some("PRIMARY");
        let health = record.at_path("HealthCheckId");
        if primary && health.is_some_and(|health| checks.iter().any(|check| refers_to(health, *check))) {
            let message = "the record moves traffic by itself, and the standby's database takes no writes".to_owned();
            let help = "write `.switched_by(&plan)` for the record, or let the standby's cluster forward writes";
            report.warning(record.node(), RULE.code, message).help = Some(help.to_owned());
        }
    }
}
