//! From the standby back to the primary region.

use ce_synth::{Duration, Expr, IntoValue, Value, join};

use super::failover::{members, scaled};
use super::{Fleet, GlobalDatabase};
use crate::operations::{ApiCall, ApiOperation, Script, Step};
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

const DESCRIBE: ApiOperation = ApiOperation::new("rds:DescribeGlobalClusters");
const SWITCH: ApiOperation = ApiOperation::new("rds:SwitchoverGlobalCluster");

/// The member of the other region is found by the region in its ARN: the standby must not depend on what told it.
const BACK: &str = "\
import boto3


def back(events, context):
    rds = boto3.client('rds')
    found = rds.describe_global_clusters(GlobalClusterIdentifier=events['name'])['GlobalClusters'][0]
    members = [member['DBClusterArn'] for member in found['GlobalClusterMembers']]
    target = next(arn for arn in members if ':' + events['region'] + ':' in arn)
    rds.switchover_global_cluster(GlobalClusterIdentifier=events['name'], TargetDbClusterIdentifier=target)
    return {'Target': target}
";

/// The way back after a failover: a switchover, which loses nothing.
pub fn failback(database: &GlobalDatabase, fleets: &[Fleet], record: impl IntoValue<String>) -> RunbookBuilder {
    let record: Value<String> = record.into_value();
    let (switch, members) = (switch(database), members(database));
    Runbook::builder("Failback")
        .purpose(format!("Serves from {} again, without losing what {} wrote.", database.primary, database.standby))
        .when(format!("{} is well for a day, in quiet hours.", database.primary))
        .who("Incident commander, with the owner of the database")
        .takes(Duration::hours(2))
        .before("Nobody deploys until this is over: the templates describe the primary as the writer.")
        .step(
            RunbookStep::new("Assess primary region")
                .text("<https://health.aws.amazon.com/health/status> and the events of the account.")
                .expect("no open event of the region")
                .stop_if("an event of the last day is not explained"),
        )
        .step(RunbookStep::new("Plan failback").text("Choose the hour, tell customers of a minute without writes, name who decides to go on."))
        .step(
            RunbookStep::new("Synchronise data")
                .text("A member that was cut off is taken up again as a secondary; RDS copies what it missed.")
                .command(members.clone())
                .expect("the primary's member is connected")
                .stop_if("its lag is greater than a few seconds"),
        )
        .step(scaled(RunbookStep::new("Warm up ECS services"), fleets))
        .step(
            RunbookStep::new("Execute failback")
                .command(switch)
                .command(members)
                .automated(automated(database))
                .expect("the primary's member is the writer")
                .stop_if("a service of the primary is not stable"),
        )
        .step(RunbookStep::new("Compare with the templates").command("npx aws-cdk drift --app ce.out --fail").expect("no drift"))
        .verify(RunbookStep::new("Ask from outside").command(join!["curl --fail --silent --show-error https://", record]).expect("an answer from the primary region"))
        .roll_back(RunbookStep::new("Switch over again").text(
            "A switchover loses nothing in either direction: run the same command with the standby's cluster as its target.",
        ))
}

fn switch(database: &GlobalDatabase) -> Value<String> {
    join![
        format!("aws rds switchover-global-cluster --region {} --global-cluster-identifier ", database.standby),
        database.name.clone(),
        " \\\n  --target-db-cluster-identifier ",
        database.primary_cluster.clone(),
    ]
}

fn automated(database: &GlobalDatabase) -> Step {
    let script = Script::new(BACK, "back")
        .input("name", database.name.expr().clone())
        .input("region", Expr::text(database.primary.as_str().to_owned()));
    let calls = [DESCRIBE, SWITCH].map(|operation| ApiCall::new(operation).on(database.arns()));
    Step::script("ExecuteFailback", calls.into_iter().fold(script, Script::calling))
}
