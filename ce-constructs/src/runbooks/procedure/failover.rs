//! From the primary region to the standby.

use ce_synth::{Duration, IntoValue, Value, join};

use super::{Fleet, GlobalDatabase, fleet};
use crate::operations::{ApiCall, ApiOperation, Script, Step};
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

const FAIL_OVER: ApiOperation = ApiOperation::new("rds:FailoverGlobalCluster");
const DESCRIBE: ApiOperation = ApiOperation::new("rds:DescribeGlobalClusters");

/// No service gets fewer tasks than it has.
const SCALE: &str = "\
import boto3


def scale(events, context):
    for one in events['services']:
        ecs = boto3.client('ecs', region_name=one['region'])
        running = ecs.describe_services(cluster=one['cluster'], services=[one['service']])['services'][0]
        if running['desiredCount'] < one['tasks']:
            ecs.update_service(cluster=one['cluster'], service=one['service'], desiredCount=one['tasks'])
";

/// Failover to the standby region by hand: when the plan that does it by itself does not, or must not.
///
/// In this order, for a reason: a database that only reads refuses what arrives before it is promoted. The health address
/// is one of the standby itself, before any record that moves.
pub fn failover(
    database: &GlobalDatabase,
    fleets: &[Fleet],
    health: impl IntoValue<String>,
    record: impl IntoValue<String>,
) -> RunbookBuilder {
    let (health, record): (Value<String>, Value<String>) = (health.into_value(), record.into_value());
    let runbook = Runbook::builder("Failover")
        .purpose(format!("Serves from {} while {} cannot.", database.standby, database.primary))
        .when(format!("{} does not answer, and the plan for it did not begin or did not end.", database.primary))
        .who("Incident commander, with a second person who reads along")
        .takes(Duration::minutes(30))
        .before(format!("Access to the account in {} that does not go through {}.", database.standby, database.primary))
        .before("Nobody deploys: say so where deployments are started.");
    let runbook = promotion(assessment(runbook, database, &record), database, fleets, &record, &health);
    stabilisation(runbook, database, fleets, &health)
        .verify(RunbookStep::new("Ask from outside").command(join!["curl --fail --silent --show-error https://", record]).expect("an answer from the standby region"))
        .roll_back(RunbookStep::new("Go back by the failback runbook").text(
            "What was written since the promotion is in the standby region alone: the way back is the failback, never a second failover.",
        ))
}

fn assessment(runbook: RunbookBuilder, database: &GlobalDatabase, record: &Value<String>) -> RunbookBuilder {
    let lag = super::metric(database.standby, "AWS/RDS", "AuroraGlobalDBRPOLag", "DBClusterIdentifier", "Maximum");
    runbook
        .phase("Assessment")
        .step(
            RunbookStep::new("Confirm primary region failure")
                .command(join!["curl --fail --silent --show-error --max-time 10 https://", record])
                .text("<https://health.aws.amazon.com/health/status> tells what AWS knows; it may know later than you.")
                .expect("no answer, from two places at least")
                .stop_if("only one service or one zone is ill: that is repaired in place"),
        )
        .step(
            RunbookStep::new("Assess data loss")
                .command(of_standby(database, lag))
                .command(members(database))
                .expect("a lag, in milliseconds, below the agreed loss of data")
                .stop_if("the loss is greater than agreed and the primary may come back soon"),
        )
        .step(
            RunbookStep::new("Activate incident response")
                .text("Name a commander, a scribe, and a channel; write down the time."),
        )
        .step(
            RunbookStep::new("Start communication plan")
                .text("Tell customers and stakeholders what is known and when they hear next."),
        )
}

/// A metric of the standby's cluster, whose identifier is the end of its ARN.
fn of_standby(database: &GlobalDatabase, metric: String) -> Value<String> {
    join!["CLUSTER=", database.standby_cluster.clone(), "\n", metric, "\"${CLUSTER##*:}\""]
}

pub(super) fn members(database: &GlobalDatabase) -> Value<String> {
    join![
        format!("aws rds describe-global-clusters --region {} --global-cluster-identifier ", database.standby),
        database.name.clone(),
        " \\\n  --query 'GlobalClusters[0].GlobalClusterMembers[].[DBClusterArn,IsWriter,SynchronizationStatus]'",
    ]
}

fn promotion(
    runbook: RunbookBuilder,
    database: &GlobalDatabase,
    fleets: &[Fleet],
    record: &Value<String>,
    health: &Value<String>,
) -> RunbookBuilder {
    runbook
        .phase("Failover")
        .step(
            RunbookStep::new("Promote Aurora secondary")
                .command(promote(database))
                .command(members(database))
                .automated(promotion_call(database))
                .expect("the standby's member is the writer")
                .stop_if("the primary answers again"),
        )
        .step(
            RunbookStep::new("Wait for promotion")
                .command(members(database))
                .automated(promoted(database))
                .expect("the standby's member is the writer, and connected"),
        )
        .step(scaled(RunbookStep::new("Scale up ECS services"), fleets).automated(scaling(fleets)))
        .step(
            RunbookStep::new("Verify application")
                .command(join!["curl --fail --silent --show-error ", health])
                .expect("an answer, and a write that is read back"),
        )
        .step(
            RunbookStep::new("Update DNS records")
                .text("Records with health checks move by themselves; this is for those that did not.")
                .command(join!["dig +short ", record])
                .expect("addresses of the standby region"),
        )
        .step(
            RunbookStep::new("Update dashboards").text("Point the boards and the on-call view at the standby region."),
        )
}

fn promote(database: &GlobalDatabase) -> Value<String> {
    join![
        format!("aws rds failover-global-cluster --region {} --global-cluster-identifier ", database.standby),
        database.name.clone(),
        " \\\n  --allow-data-loss --target-db-cluster-identifier ",
        database.standby_cluster.clone(),
    ]
}

fn promotion_call(database: &GlobalDatabase) -> Step {
    let call = ApiCall::new(FAIL_OVER)
        .on(database.arns())
        .input("GlobalClusterIdentifier", database.name.expr().clone())
        .input("TargetDbClusterIdentifier", database.standby_cluster.expr().clone())
        .input("AllowDataLoss", true);
    Step::call("PromoteAuroraSecondary", call)
}

fn promoted(database: &GlobalDatabase) -> Step {
    let call =
        ApiCall::new(DESCRIBE).on(database.arns()).input("GlobalClusterIdentifier", database.name.expr().clone());
    Step::wait_for("WaitForPromotion", call, "$.GlobalClusters[0].Status", ["available"])
}

fn scaling(fleets: &[Fleet]) -> Step {
    let script = Script::new(SCALE, "scale").input("services", fleet::inputs(fleets));
    let calls = fleet::calls(fleets, &["ecs:DescribeServices", "ecs:UpdateService"]);
    Step::script("ScaleUpEcsServices", calls.into_iter().fold(script, Script::calling))
}

pub(super) fn scaled(step: RunbookStep, fleets: &[Fleet]) -> RunbookStep {
    let step = fleets.iter().fold(step, |step, fleet| {
        let call = |command: &str, services: &'static str| {
            format!("aws ecs {command} --region {} {services}--cluster ", fleet.region)
        };
        step.command(join![
            call("update-service", ""),
            fleet.cluster.clone(),
            " --service ",
            fleet.service.clone(),
            format!(" \\\n  --desired-count {} --query service.desiredCount\n", fleet.tasks),
            call("wait services-stable", ""),
            fleet.cluster.clone(),
            " --services ",
            fleet.service.clone(),
        ])
    });
    step.expect("every service is stable with all its tasks")
}

fn stabilisation(
    runbook: RunbookBuilder,
    database: &GlobalDatabase,
    fleets: &[Fleet],
    health: &Value<String>,
) -> RunbookBuilder {
    let load = super::metric(database.standby, "AWS/RDS", "DatabaseConnections", "DBClusterIdentifier", "Maximum");
    runbook
        .phase("Stabilisation")
        .step(
            RunbookStep::new("Monitor performance")
                .command(of_standby(database, load))
                .expect("response times and errors as on quiet days"),
        )
        .step(
            RunbookStep::new("Scale on load")
                .text(format!(
                    "{} services scale by themselves; raise their maximum if one has reached it.",
                    fleets.len()
                ))
                .expect("no service is at its maximum for longer than ten minutes"),
        )
        .step(
            RunbookStep::new("Verify integrations")
                .command(join!["curl --fail --silent --show-error ", health])
                .text("Go through payments, mail, and what else lies outside.")
                .expect("each answers from the standby region"),
        )
        .step(
            RunbookStep::new("Inform stakeholders")
                .text("Say that service is restored, what was lost, and what happens next."),
        )
}
