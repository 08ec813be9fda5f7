//! When somebody is in.

use ce_synth::{Duration, IntoValue, Value, join};

use super::Fleet;
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// A policy that denies everything, as one word of a shell.
const DENY: &str =
    "'{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}'";

/// A response to an intrusion: what is ill is cut off and looked at, not repaired. Takes the service, the name of its
/// tasks' role, and the name of its log group.
pub fn incident_response(fleet: &Fleet, role: impl IntoValue<String>, logs: impl IntoValue<String>) -> RunbookBuilder {
    let (role, logs): (Value<String>, Value<String>) = (role.into_value(), logs.into_value());
    let region = fleet.region;
    let runbook = Runbook::builder("Incident response")
        .purpose("Cuts off what an intruder may hold, keeps what shows how, and brings service back.")
        .when("A finding of high severity, a report from outside, or a task that does what it never did.")
        .who("Security engineer on call; the incident commander decides what stands still")
        .takes(Duration::hours(1))
        .step(
            RunbookStep::new("Open incident")
                .command(format!(
                    "aws ssm create-ops-item --region {region} --source Security --priority 1 --severity 1 \\\n  \
                     --title \"${{TITLE:?}}\" --description \"${{FINDING:?the ARN of the finding and what is known}}\""
                ))
                .expect("the id of an item; everything from now on is written there"),
        )
        .step(
            RunbookStep::new("Keep logs")
                .command(join![
                    format!("aws logs filter-log-events --region {region} --start-time \"$(date -d '6 hours ago' +%s000)\" \\\n  --log-group-name "),
                    logs,
                    " > incident.json",
                ])
                .expect("a file; copy it to where only the team may read"),
        );
    cut_off(runbook, fleet, &role)
        .verify(
            RunbookStep::new("Look for a second way in")
                .text("The trail of the role for the last ninety days, and new users, keys and roles.")
                .expect("nothing that is not explained"),
        )
        .roll_back(
            RunbookStep::new("Allow role again")
                .command(join!["aws iam delete-role-policy --policy-name Incident --role-name ", role])
                .stop_if("the way in is not closed"),
        )
}

fn cut_off(runbook: RunbookBuilder, fleet: &Fleet, role: &Value<String>) -> RunbookBuilder {
    let region = fleet.region;
    runbook
        .step(
            RunbookStep::new("Deny role")
                .command(join![
                    format!(
                        "aws iam put-role-policy --policy-name Incident --policy-document {DENY} \\\n  --role-name "
                    ),
                    role.clone(),
                ])
                .text("Tokens of the role that are out already are refused from now on.")
                .stop_if("the commander has not agreed that the service stands still")
                .expect("calls of the role are denied"),
        )
        .step(
            RunbookStep::new("Stop task")
                .text("Interfaces of Fargate tasks cannot be moved to another group; stopping the task cuts it off.")
                .command(join![
                    format!("aws ecs stop-task --region {region} --reason Incident --task \"${{TASK:?}}\" --cluster "),
                    fleet.cluster.clone(),
                ])
                .expect("the task is stopped, and a new one in its place"),
        )
        .step(
            RunbookStep::new("Block source")
                .text("The isolation of a threat blocks the addresses of its finding by itself; add others to the IP sets of the firewall.")
                .expect("requests from there are refused"),
        )
        .step(
            RunbookStep::new("Rotate what the task knew")
                .text("Every secret the task could read, by the runbook for keys and the rotation of the database."),
        )
}
