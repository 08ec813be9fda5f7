//! What stops deployments when a plan begins.

use ce_cfn::arcregionswitch;
use ce_synth::Scope;

use crate::delivery::DeployFreeze;
use crate::operations::{AutomationDocument, EventPattern, EventRule, Match};

/// A rule about executions that begin, and the runbook that puts the flag up.
///
/// Source: <https://docs.aws.amazon.com/r53recovery/latest/dg/eventbridge-region-switch.html>
#[track_caller]
pub(super) fn place(scope: Scope<'_>, plan: arcregionswitch::PlanRef<'_>, freeze: &DeployFreeze) {
    let document = AutomationDocument::builder("Stops deployments until somebody allows them again")
        .step(freeze.raising("FreezeDeployments"))
        .build(scope, "Freeze");
    let begins = EventPattern::of("aws.arc-region-switch", "ARC Region Switch Plan Execution")
        .about([plan.arn().cast::<String>()])
        .detail("eventType", [Match::text("ExecutionStarted")]);
    EventRule::builder(begins).to(&document).build(scope, "Begins");
}
