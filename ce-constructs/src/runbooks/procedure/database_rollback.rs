//! Back in time, beside the database.

use ce_synth::value::{account_id, partition};
use ce_synth::{Duration, Expr, IntoValue, Region, Value, join};

use crate::operations::{ApiCall, ApiOperation, DocumentParameter, Step, ValueType, output, parameter};
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

const DESCRIBE: ApiOperation = ApiOperation::new("rds:DescribeDBClusters");
const RESTORE: ApiOperation = ApiOperation::new("rds:RestoreDBClusterToPointInTime");

/// A database as it was at a point in time: a new cluster beside the old one, as an Aurora cluster cannot be wound back in
/// a global database. Takes the identifiers of the cluster, of the global cluster it is in, and of the secret that
/// services connect with.
pub fn database_rollback(
    region: Region,
    cluster: impl IntoValue<String>,
    global: Option<&str>,
    secret: impl IntoValue<String>,
) -> RunbookBuilder {
    let (cluster, secret): (Value<String>, Value<String>) = (cluster.into_value(), secret.into_value());
    let runbook = Runbook::builder("Database rollback")
        .purpose(join!["Brings ", cluster.clone(), " back to what it held at a point in time, in a cluster beside it."])
        .when("A release or a person destroyed data, and mending it forward takes longer than this.")
        .who("Owner of the database, with the incident commander")
        .takes(Duration::hours(2))
        .before("The point in time is known to the minute, and what is lost after it is agreed on.")
        .parameter(DocumentParameter::text("NewCluster").described("the identifier of the new cluster"))
        .parameter(DocumentParameter::text("RestoreToTime").described("the point in time, 2030-01-31T04:30:00Z"));
    let runbook = restored(runbook, region, &cluster);
    let runbook = match global {
        None => runbook,
        Some(global) => runbook.step(reseed(region, global, &cluster)),
    };
    runbook
        .step(
            RunbookStep::new("Repoint secret")
                .text("Services read the host from the secret; they connect to the new cluster once they are started again.")
                .command(join![
                    format!("aws secretsmanager put-secret-value --region {region} --secret-id "),
                    secret,
                    " \\\n  --secret-string file://\"${FILE:?the secret with the new host}\"",
                ])
                .expect("a new version of the secret"),
        )
        .step(RunbookStep::new("Restart services").text("Start a new deployment of every service that connects.").expect("all are stable"))
        .verify(RunbookStep::new("Write and read back").text("Through the application, with an account made for it.").expect("the value that was written"))
        .roll_back(RunbookStep::new("Repoint secret to the old cluster").text(
            "The old cluster is kept for a week and takes the writers back as long as nobody has written to the new one.",
        ))
}

/// The new cluster, beside the old one.
fn restored(runbook: RunbookBuilder, region: Region, cluster: &Value<String>) -> RunbookBuilder {
    let read = join![
        format!("aws rds describe-db-clusters --region {region} --db-cluster-identifier "),
        cluster.clone(),
        " \\\n  --query 'DBClusters[0].[EarliestRestorableTime,LatestRestorableTime,DBSubnetGroup,VpcSecurityGroups[].VpcSecurityGroupId]'",
    ];
    runbook
        .step(
            RunbookStep::new("Stop writers")
                .text("Put the application into read-only mode: what is written from now on is lost."),
        )
        .step(
            RunbookStep::new("Read restorable times")
                .command(read)
                .automated(restorable(region, cluster))
                .expect("the point in time lies between the first two"),
        )
        .step(
            RunbookStep::new("Restore cluster to point in time")
                .command(restore(region, cluster))
                .automated(restored_by_machine(region, cluster))
                .expect("the new cluster is being made"),
        )
        .step(
            RunbookStep::new("Wait for the new cluster")
                .command(format!(
                    "aws rds wait db-cluster-available --region {region} --db-cluster-identifier \"$NEW\""
                ))
                .automated(available(region))
                .expect("the new cluster is available"),
        )
        .step(RunbookStep::new("Add instances").command(instance(region)).expect("an instance that writes"))
        .step(
            RunbookStep::new("Run integrity checks")
                .text("Run the same queries as the test of restores, against the new endpoint.")
                .stop_if("a count is not what it has to be"),
        )
}

fn restore(region: Region, cluster: &Value<String>) -> Value<String> {
    join![
        format!("aws rds restore-db-cluster-to-point-in-time --region {region} \\\n  --source-db-cluster-identifier "),
        cluster.clone(),
        " --db-cluster-identifier \"${NEW:?the new cluster}\" \\\n  --restore-to-time \"${TIME:?2030-01-31T04:30:00Z}\" \
         --db-subnet-group-name \"${SUBNETS:?}\" \\\n  --vpc-security-group-ids \"${GROUPS_OF_CLUSTER:?}\"",
    ]
}

/// A cluster, by a pattern: that of the identifier alone is known at deployment, and that of the new one later.
fn clusters(region: Region) -> Vec<Value<String>> {
    let kinds = ["cluster:*", "cluster-pg:*", "subgrp:*"];
    let arn = |kind| join!["arn:", partition(), format!(":rds:{region}:"), account_id(), ":", kind];
    kinds.into_iter().map(arn).collect()
}

fn restorable(region: Region, cluster: &Value<String>) -> Step {
    let call = ApiCall::new(DESCRIBE).on(clusters(region)).input("DBClusterIdentifier", cluster.expr().clone());
    let at = |what: &str| format!("$.DBClusters[0].{what}");
    Step::call("ReadRestorableTimes", call)
        .output("Subnets", at("DBSubnetGroup"), ValueType::Text)
        .output("Group", at("VpcSecurityGroups[0].VpcSecurityGroupId"), ValueType::Text)
        .output("Key", at("KmsKeyId"), ValueType::Text)
}

/// Encrypted as the old one, and as hard to delete.
fn restored_by_machine(region: Region, cluster: &Value<String>) -> Step {
    let before = |name: &str| output("ReadRestorableTimes", name);
    let call = ApiCall::new(RESTORE)
        .on(clusters(region))
        .input("SourceDBClusterIdentifier", cluster.expr().clone())
        .input("DBClusterIdentifier", parameter("NewCluster"))
        .input("RestoreToTime", parameter("RestoreToTime"))
        .input("DBSubnetGroupName", before("Subnets"))
        .input("VpcSecurityGroupIds", Expr::list([before("Group")]))
        .input("KmsKeyId", before("Key"))
        .input("DeletionProtection", true);
    Step::call("RestoreClusterToPointInTime", call)
}

fn available(region: Region) -> Step {
    let call = ApiCall::new(DESCRIBE).on(clusters(region)).input("DBClusterIdentifier", parameter("NewCluster"));
    Step::wait_for("WaitForTheNewCluster", call, "$.DBClusters[0].Status", ["available"]).timeout(Duration::hours(4))
}

fn instance(region: Region) -> String {
    format!(
        "aws rds create-db-instance --region {region} --engine aurora-postgresql --db-cluster-identifier \"$NEW\" \\\n  \
         --db-instance-identifier \"$NEW-1\" --db-instance-class \"${{CLASS:?as the old cluster has}}\"\n\
         aws rds wait db-instance-available --region {region} --db-instance-identifier \"$NEW-1\""
    )
}

/// A global database is made anew around the restored cluster; its old members leave it.
fn reseed(region: Region, global: &str, cluster: &Value<String>) -> RunbookStep {
    RunbookStep::new("Re-seed global cluster")
        .command(join![
            format!(
                "aws rds remove-from-global-cluster --region {region} --global-cluster-identifier {global} \\\n  \
                 --db-cluster-identifier \"$(aws rds describe-db-clusters --region {region} --db-cluster-identifier "
            ),
            cluster.clone(),
            " \\\n    --query 'DBClusters[0].DBClusterArn' --output text)\"",
        ])
        .command(format!(
            "aws rds create-global-cluster --region {region} --global-cluster-identifier {global}-restored \\\n  \
             --source-db-cluster-identifier \"${{NEW_ARN:?the ARN of the new cluster}}\""
        ))
        .text("The secondary region is added again from the new global cluster, and the templates are told its name.")
        .stop_if("the standby region is serving")
        .expect("the new cluster is the writer of its global cluster")
}
