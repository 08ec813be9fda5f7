//! Back to the version before.

use ce_synth::{Duration, join};

use super::{Fleet, fleet};
use crate::operations::{Script, Step};
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// The version before is that of the last deployment that succeeded with another task definition.
const BACK: &str = "\
import boto3


def back(events, context):
    done = {}
    for one in events['services']:
        ecs = boto3.client('ecs', region_name=one['region'])
        place = {'cluster': one['cluster'], 'service': one['service']}
        running = ecs.describe_services(cluster=one['cluster'], services=[one['service']])['services'][0]
        past = ecs.list_service_deployments(**place, status=['SUCCESSFUL'])['serviceDeployments']
        past.sort(key=lambda deployment: deployment['createdAt'], reverse=True)
        for deployment in past:
            revision = deployment['targetServiceRevisionArn']
            found = ecs.describe_service_revisions(serviceRevisionArns=[revision])['serviceRevisions'][0]
            if found['taskDefinition'] != running['taskDefinition']:
                ecs.update_service(**place, taskDefinition=found['taskDefinition'])
                done[one['service']] = found['taskDefinition']
                break
        else:
            raise RuntimeError(one['service'] + ' has no version before')
    return done
";

const CALLS: [&str; 4] =
    ["ecs:DescribeServiceRevisions", "ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:UpdateService"];

/// Services back on the version before, when no deployment is going on that would take itself back. Systems Manager finds
/// that version by itself, and goes through without a pause, so that a pipeline can start it.
pub fn deployment_rollback(fleets: &[Fleet]) -> RunbookBuilder {
    let deployments = fleets.iter().fold(RunbookStep::new("Read deployments"), |step, fleet| {
        step.command(join![
            format!("aws ecs list-service-deployments --region {} --cluster ", fleet.region),
            fleet.cluster.clone(),
            " --service ",
            fleet.service.clone(),
            " \\\n  --query 'serviceDeployments[:3].[serviceDeploymentArn,status,targetServiceRevisionArn]'",
        ])
    });
    let back = fleets.iter().fold(RunbookStep::new("Update service to previous task definition"), |step, fleet| {
        step.command(join![
            format!("aws ecs update-service --region {} --cluster ", fleet.region),
            fleet.cluster.clone(),
            " --service ",
            fleet.service.clone(),
            " \\\n  --task-definition \"${PREVIOUS:?family and revision}\" --query 'service.deployments[0].taskDefinition'\n",
            format!("aws ecs wait services-stable --region {} --cluster ", fleet.region),
            fleet.cluster.clone(),
            " --services ",
            fleet.service.clone(),
        ])
    });
    Runbook::builder("Deployment rollback")
        .purpose("Puts services back on the version that ran before the last release.")
        .when("Errors or response times rose after a release, and the deployment is over.")
        .who("On-call engineer")
        .takes(Duration::minutes(15))
        .before("No migration of the release is in the way: a database that went ahead goes back by its own runbook.")
        .step(deployments.left_to_people().expect("the last one that succeeded before the release; one that goes on is stopped with `stop-service-deployment`"))
        .step(back.automated(automated(fleets)).expect("every service is stable on the version before").stop_if("the version before does not know the database as it is now"))
        .step(RunbookStep::new("Take the change out of the main branch").left_to_people().text(
            "The next deployment would bring it back: revert it, so that templates and services agree.",
        ))
        .verify(RunbookStep::new("Look at the alarms of the release").left_to_people().expect("all of them are quiet for ten minutes"))
        .roll_back(RunbookStep::new("Deploy the release again").text("Start the pipeline for its commit: the images are there still."))
}

fn automated(fleets: &[Fleet]) -> Step {
    let script = Script::new(BACK, "back").input("services", fleet::inputs(fleets));
    let script = fleet::calls(fleets, &CALLS).into_iter().fold(script, Script::calling);
    Step::script("UpdateServiceToPreviousTaskDefinition", script)
}
