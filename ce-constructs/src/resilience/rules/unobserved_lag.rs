//! Copies that nobody watches.

use ce_synth::{Expr, Report};

use super::super::SiteRole;
use super::super::comparison::Comparison;

rule!(
    "CE8406",
    "no alarm watches how far a database's copy is behind",
    "A copy that is made asynchronously has no bound of its own. An alarm at the recovery point objective is what makes \
     the objective more than a hope. \
     Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-monitoring.html"
);

const LAGS: [&str; 3] = ["AuroraGlobalDBRPOLag", "AuroraGlobalDBReplicationLag", "AuroraGlobalDBProgressLag"];

pub(in crate::resilience) fn check(comparison: &Comparison<'_>, report: &mut Report<'_>) {
    let watched = comparison.anywhere("AWS::CloudWatch::Alarm").any(|alarm| {
        let metric = alarm.at_path("MetricName").and_then(Expr::as_text);
        metric.is_some_and(|metric| LAGS.contains(&metric))
    });
    if watched {
        return;
    }
    for found in comparison.of_type(SiteRole::Standby, "AWS::RDS::DBCluster") {
        if found.at_path("GlobalClusterIdentifier").is_some() {
            let message = format!("nobody knows how far `{}` is behind", found.path());
            let help = "add `ReplicationLag::builder().aurora(..)` to a stack of the standby";
            report.warning(found.node(), RULE.code, message).help = Some(help.to_owned());
        }
    }
}
