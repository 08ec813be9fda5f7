//! What it costs, and what it could.

use ce_synth::{Duration, Region, join};

use super::Fleet;
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// The beginning and end of the last whole month.
const MONTH: &str = "Start=$(date -d \"$(date +%Y-%m-01) -1 month\" +%F),End=$(date +%Y-%m-01)";

/// The review of costs: what is committed, what is used, what should be smaller. Commitments have no place in a template;
/// they are bought here, by people.
pub fn cost_review(region: Region, fleets: &[Fleet]) -> RunbookBuilder {
    let used = fleets.iter().fold(RunbookStep::new("Read P95 utilisation"), |step, fleet| {
        let call = super::metric(fleet.region, "AWS/ECS", "CPUUtilization", "ClusterName", "Maximum");
        let call = call.replace("1 hour ago", "30 days ago").replace("--period 300", "--period 86400");
        let call = call.replace("--statistics Maximum", "--extended-statistics p95");
        step.command(join![call, fleet.cluster.clone()])
    });
    let runbook = Runbook::builder("Cost review")
        .purpose("Keeps what is paid for close to what is used.")
        .when("On the first of each month, and after each change of the load that stays.")
        .who("Platform team, with whoever signs for the budget")
        .takes(Duration::hours(2))
        .step(
            RunbookStep::new("Read costs by service")
                .command(format!(
                    "aws ce get-cost-and-usage --time-period \"{MONTH}\" --granularity MONTHLY \\\n  \
                     --metrics UnblendedCost --group-by Type=DIMENSION,Key=SERVICE"
                ))
                .expect("each service within its budget"),
        )
        .step(used.expect("between 40 and 70 percent: below, the tasks are too large; above, too small"))
        .step(
            RunbookStep::new("Enrol Compute Optimizer")
                .command(format!("aws compute-optimizer update-enrollment-status --region {region} --status Active"))
                .command(format!("aws compute-optimizer get-ecs-service-recommendations --region {region}"))
                .expect("recommendations, a day after the first time"),
        );
    commitments(runbook)
        .step(
            RunbookStep::new("Resize")
                .text("Change sizes in the app, not in the console, and let the pipeline bring them."),
        )
        .verify(RunbookStep::new("Compare with the month before").expect("the bill moved the way that was meant"))
        .roll_back(
            RunbookStep::new("Revert the change of sizes")
                .text("A commitment cannot be given back: buy less than the smallest load of the last two months."),
        )
}

fn commitments(runbook: RunbookBuilder) -> RunbookBuilder {
    runbook
        .step(
            RunbookStep::new("Review Savings Plans coverage")
                .command(format!("aws ce get-savings-plans-coverage --time-period \"{MONTH}\""))
                .command(
                    "aws ce get-savings-plans-purchase-recommendation --savings-plans-type COMPUTE_SP \\\n  \
                     --term-in-years ONE_YEAR --payment-option PARTIAL_UPFRONT --lookback-period-in-days SIXTY_DAYS",
                )
                .expect("what always runs is covered; a term of one year, part of it paid at once"),
        )
        .step(
            RunbookStep::new("Review reserved instance coverage")
                .command(format!("aws ce get-reservation-coverage --time-period \"{MONTH}\" --group-by Type=DIMENSION,Key=INSTANCE_TYPE"))
                .expect("the database's smallest number of instances is covered"),
        )
}
