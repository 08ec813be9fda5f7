//! Target groups and rollouts.

use ce_synth::{Code, Rule, Scope};

use crate::compute::Rollout;
use crate::compute::fargate_builder::Target;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2011"),
    title: "requests cannot be shifted between versions",
    about: "Behind a load balancer, blue-green, canary and linear deployments shift requests between two target groups by a \
            listener or rule; one group alone cannot tell the versions apart. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, rollout: Option<Rollout>, targets: &[Target<'_>]) {
    let shifts = rollout.is_some_and(Rollout::shifts_traffic);
    for target in targets {
        match &target.pair {
            None if shifts => {
                scope
                    .error(
                        RULE.code,
                        format!("the rollout shifts requests, and port `{}` has one target group", target.group.port()),
                    )
                    .help("write `.behind_pair([&blue, &green], rule_arn)`");
            }
            Some(pair) if pair.other.port() != target.group.port() => {
                let ports = (target.group.port(), pair.other.port());
                scope
                    .error(RULE.code, format!("the target groups of a pair use ports `{}` and `{}`", ports.0, ports.1))
                    .help("give both the port of the container");
            }
            _ => {}
        }
    }
}
