//! What people look at before production.

use ce_synth::{Duration, IntoValue, Value, join};

use crate::runbooks::{Runbook, RunbookBuilder, RunbookStep};

/// The look at a release before production, at an address of staging.
pub fn manual_qa(address: impl IntoValue<String>) -> RunbookBuilder {
    let address: Value<String> = address.into_value();
    Runbook::builder("Manual QA")
        .purpose("Finds in staging what tests do not: what looks wrong, reads wrong, or is in the way.")
        .when("Before each deployment to production, after the smoke tests.")
        .who("Somebody who did not write the change")
        .takes(Duration::minutes(45))
        .before("Integration and smoke tests of the commit are green.")
        .step(
            RunbookStep::new("Read the change")
                .text("The pull requests since the last deployment, and what they say to look at."),
        )
        .step(
            RunbookStep::new("Go the main ways")
                .command(join!["xdg-open ", address])
                .text("Sign up, sign in, the three things most users do, sign out.")
                .expect("nothing that a user would write to us about"),
        )
        .step(
            RunbookStep::new("Go the ways that changed")
                .text("With a small screen, with the keyboard alone, with a slow connection."),
        )
        .step(
            RunbookStep::new("Write down the result")
                .text("In the run of the pipeline, with the commit: what was looked at, by whom, what was found.")
                .stop_if("something was found that users would meet"),
        )
        .verify(
            RunbookStep::new("Approve")
                .text("Whoever looked tells the two who approve.")
                .expect("the pipeline goes on"),
        )
        .roll_back(RunbookStep::new("Reject").text("The run ends there; production is what it was."))
}
