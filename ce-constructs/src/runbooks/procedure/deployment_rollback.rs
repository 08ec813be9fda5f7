//! Back to the version before.

use ce_synth::{Duration, join};

use super::Fleet;
use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// Services back on the version before, when no deployment is going on that would take itself back.
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
        .step(deployments.expect("the last one that succeeded before the release; one that goes on is stopped with `stop-service-deployment`"))
        .step(back.expect("every service is stable on the version before").stop_if("the version before does not know the database as it is now"))
        .step(RunbookStep::new("Take the change out of the main branch").text(
            "The next deployment would bring it back: revert it, so that templates and services agree.",
        ))
        .verify(RunbookStep::new("Look at the alarms of the release").expect("all of them are quiet for ten minutes"))
        .roll_back(RunbookStep::new("Deploy the release again").text("Start the pipeline for its commit: the images are there still."))
}
