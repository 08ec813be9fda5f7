//! From the standby back to the primary region.

use ce_synth::{Duration, IntoValue, Value, join};

use super::failover::{members, scaled};
use super::{Fleet, GlobalDatabase};
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

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
