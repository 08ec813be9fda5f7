//! What it costs, and what it could.

use ce_synth::value::{account_id, partition};
use ce_synth::{Duration, Region, join};

use super::{Fleet, fleet};
use crate::operations::{ApiCall, ApiOperation, Script, Step};
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};
use crate::security::{Action, Statement};

/// The beginning and end of the last whole month.
const MONTH: &str = "Start=$(date -d \"$(date +%Y-%m-01) -1 month\" +%F),End=$(date +%Y-%m-01)";

/// What the bill, the commitments and the services tell of the last month.
const READINGS: &str = "\
import datetime
import boto3


def month():
    end = datetime.date.today().replace(day=1)
    start = (end - datetime.timedelta(days=1)).replace(day=1)
    return {'Start': start.isoformat(), 'End': end.isoformat()}


def explorer():
    return boto3.client('ce', region_name='us-east-1')


def costs(events, context):
    by_service = [{'Type': 'DIMENSION', 'Key': 'SERVICE'}]
    found = explorer().get_cost_and_usage(
        TimePeriod=month(), Granularity='MONTHLY', Metrics=['UnblendedCost'], GroupBy=by_service)
    groups = found['ResultsByTime'][0]['Groups']
    return {group['Keys'][0]: group['Metrics']['UnblendedCost']['Amount'] for group in groups}


def savings_plans(events, context):
    found = explorer().get_savings_plans_coverage(TimePeriod=month())['SavingsPlansCoverages']
    return {'Coverage': [one['Coverage']['CoveragePercentage'] for one in found]}


def reservations(events, context):
    found = explorer().get_reservation_coverage(TimePeriod=month())['Total']
    return {'Coverage': found['CoverageHours']['CoverageHoursPercentage']}


def utilisation(events, context):
    end = datetime.datetime.now(datetime.timezone.utc)
    found = {}
    for one in events['services']:
        watch = boto3.client('cloudwatch', region_name=one['region'])
        dimensions = [{'Name': 'ClusterName', 'Value': one['cluster']}]
        points = watch.get_metric_statistics(
            Namespace='AWS/ECS', MetricName='CPUUtilization', Dimensions=dimensions, Period=86400,
            StartTime=end - datetime.timedelta(days=30), EndTime=end, ExtendedStatistics=['p95'])['Datapoints']
        found[one['cluster']] = max((point['ExtendedStatistics']['p95'] for point in points), default=None)
    return found
";

/// The review of costs: what is committed, what is used, what should be smaller. Commitments have no place in a template;
/// they are bought here, by people.
pub fn cost_review(region: Region, fleets: &[Fleet]) -> RunbookBuilder {
    let runbook = Runbook::builder("Cost review")
        .purpose("Keeps what is paid for close to what is used.")
        .when("On the first of each month, and after each change of the load that stays.")
        .who("Platform team, with whoever signs for the budget")
        .takes(Duration::hours(2));
    commitments(readings(runbook, region, fleets))
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

/// What is paid for what, and how much of it is used.
fn readings(runbook: RunbookBuilder, region: Region, fleets: &[Fleet]) -> RunbookBuilder {
    let used = fleets.iter().fold(RunbookStep::new("Read P95 utilisation"), |step, fleet| {
        let call = super::metric(fleet.region, "AWS/ECS", "CPUUtilization", "ClusterName", "Maximum");
        let call = call.replace("1 hour ago", "30 days ago").replace("--period 300", "--period 86400");
        let call = call.replace("--statistics Maximum", "--extended-statistics p95");
        step.command(join![call, fleet.cluster.clone()])
    });
    runbook
        .step(
            RunbookStep::new("Read costs by service")
                .command(format!(
                    "aws ce get-cost-and-usage --time-period \"{MONTH}\" --granularity MONTHLY \\\n  \
                     --metrics UnblendedCost --group-by Type=DIMENSION,Key=SERVICE"
                ))
                .automated(reading("ReadCostsByService", "costs", "ce:GetCostAndUsage"))
                .expect("each service within its budget"),
        )
        .step(
            used.automated(utilisation(fleets))
                .expect("between 40 and 70 percent: below, the tasks are too large; above, too small"),
        )
        .step(
            RunbookStep::new("Enrol Compute Optimizer")
                .command(format!("aws compute-optimizer update-enrollment-status --region {region} --status Active"))
                .command(format!("aws compute-optimizer get-ecs-service-recommendations --region {region}"))
                .automated(enrolment())
                .expect("recommendations, a day after the first time"),
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
                .automated(reading("ReviewSavingsPlansCoverage", "savings_plans", "ce:GetSavingsPlansCoverage"))
                .expect("what always runs is covered; a term of one year, part of it paid at once"),
        )
        .step(
            RunbookStep::new("Review reserved instance coverage")
                .command(format!("aws ce get-reservation-coverage --time-period \"{MONTH}\" --group-by Type=DIMENSION,Key=INSTANCE_TYPE"))
                .automated(reading("ReviewReservedInstanceCoverage", "reservations", "ce:GetReservationCoverage"))
                .expect("the database's smallest number of instances is covered"),
        )
}

/// A function of [`READINGS`] that makes one call.
fn reading(step: &str, function: &str, operation: &'static str) -> Step {
    let call = ApiCall::new(ApiOperation::new(operation)).on_everything("costs are of the account, and of no resource");
    Step::script(step, Script::new(READINGS, function).calling(call))
}

fn utilisation(fleets: &[Fleet]) -> Step {
    const STATISTICS: ApiOperation = ApiOperation::new("cloudwatch:GetMetricStatistics");
    let call = ApiCall::new(STATISTICS).on_everything("metrics are no resources");
    let script = Script::new(READINGS, "utilisation").input("services", fleet::inputs(fleets)).calling(call);
    Step::script("ReadP95Utilisation", script)
}

/// Source: <https://docs.aws.amazon.com/compute-optimizer/latest/ug/security-iam.html>
fn enrolment() -> Step {
    const ENROL: ApiOperation = ApiOperation::new("compute-optimizer:UpdateEnrollmentStatus");
    const LINK: Action = Action::new("iam:CreateServiceLinkedRole");
    let service = "compute-optimizer.amazonaws.com";
    let role = join!["arn:", partition(), ":iam::", account_id(), ":role/aws-service-role/", service, "/*"];
    let call = ApiCall::new(ENROL)
        .on_everything("an account is enrolled as a whole")
        .needing(Statement::allow([LINK]).on([role]).when("StringEquals", "iam:AWSServiceName", service))
        .input("status", "Active");
    Step::call("EnrolComputeOptimizer", call)
}
