//! Too many connections.

use ce_synth::{Duration, IntoValue, Region, Value, join};

use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// A database that runs out of connections: who holds them, and what gives some back. Takes the cluster's identifier.
pub fn connection_exhaustion(region: Region, cluster: impl IntoValue<String>) -> RunbookBuilder {
    let cluster: Value<String> = cluster.into_value();
    let connections = super::metric(region, "AWS/RDS", "DatabaseConnections", "DBClusterIdentifier", "Maximum");
    Runbook::builder("Database connections")
        .purpose(join!["Brings the connections of ", cluster.clone(), " below its limit, and finds what took them."])
        .when("The alarm for connections is raised: four fifths of the limit are in use.")
        .who("On-call engineer, with the owner of the service that grew")
        .takes(Duration::minutes(30))
        .step(RunbookStep::new("Read connections").command(join![connections.clone(), cluster.clone()]).expect("whether it rises or stands"))
        .step(
            RunbookStep::new("Investigate top SQL")
                .command(format!(
                    "aws pi describe-dimension-keys --region {region} --service-type RDS --metric db.load.avg \\\n  \
                     --identifier \"${{INSTANCE:?the resource id of the writer, db-..}}\" --group-by '{{\"Group\":\"db.sql\",\"Limit\":10}}' \\\n  \
                     --start-time \"$(date -d '1 hour ago' +%s)\" --end-time \"$(date +%s)\""
                ))
                .expect("the statements that wait; one above all others is the cause"),
        )
        .step(RunbookStep::new("End idle sessions").text("`select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'` for those older than ten minutes.").stop_if("a migration is running"))
        .step(
            RunbookStep::new("Tune pool size")
                .text("Connections of one task times the most tasks of all services stay below four fifths of the limit: lower the pool in the app, or give the database a larger class.")
                .expect("the sum is below the limit after the next deployment"),
        )
        .verify(RunbookStep::new("Read connections again").command(join![connections, cluster]).expect("fewer than the alarm's threshold"))
        .roll_back(RunbookStep::new("Take the pool's old size back").text("By reverting the change of the app: a pool that is too small shows as waiting requests."))
}
