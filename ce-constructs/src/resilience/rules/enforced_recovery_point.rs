//! Commits that wait for the standby.

use ce_synth::Report;

use super::super::SiteRole;
use super::super::comparison::Comparison;

rule!(
    "CE8405",
    "the primary stops commits when its only copy lags",
    "With `rds.global_db_rpo` PostgreSQL blocks commits once every secondary is behind by more than that. With one \
     secondary, the loss of the standby's region stops the primary; AWS advises against it for two regions. \
     Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html"
);

pub(in crate::resilience) fn check(comparison: &Comparison<'_>, report: &mut Report<'_>) {
    for found in comparison.of_type(SiteRole::Primary, "AWS::RDS::DBClusterParameterGroup") {
        let parameters = found.at_path("Parameters").and_then(ce_synth::Expr::as_object);
        let Some(seconds) = parameters.and_then(|all| all.get("rds.global_db_rpo")) else { continue };
        let message = format!("commits stop when the standby is {} seconds behind", seconds.to_json());
        let help = "leave `rds.global_db_rpo` out and watch the lag with `ReplicationLag`";
        report.warning(found.node(), RULE.code, message).help = Some(help.to_owned());
    }
}
