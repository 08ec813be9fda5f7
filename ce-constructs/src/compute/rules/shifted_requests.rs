//! Requests that are shifted.

use ce_cfn::ecs::ServiceRef;
use ce_synth::{Code, Rule, Scope};

use crate::compute::Tracking;
use crate::compute::tracking::What;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2023"),
    title: "scaling looks at one of two target groups",
    about: "`ALBRequestCountPerTarget` looks at one target group, and a rollout that shifts requests sends them to the other. \
            Source: https://docs.aws.amazon.com/autoscaling/application/userguide/create-target-tracking-policy-cli.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, tracking: &Tracking, service: ServiceRef<'_>) {
    let strategy = service.peek("DeploymentConfiguration.Strategy");
    let rolling = strategy.as_ref().and_then(|strategy| strategy.as_text()).is_none_or(|name| name == "ROLLING");
    if !rolling && matches!(tracking.what, What::Requests(_)) {
        scope
            .warning(RULE.code, "scaling on the requests of one target group, while the rollout shifts them to another")
            .help("write `Tracking::metric(..)` over the requests of both, divided by the running tasks");
    }
}
