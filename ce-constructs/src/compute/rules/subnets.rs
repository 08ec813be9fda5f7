//! Where tasks are.

use ce_synth::{Code, Rule, Scope};

use crate::compute::fargate_builder::NetworkPlace;
use crate::network::SubnetTier;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2008"),
    title: "tasks are where they cannot start",
    about: "A task needs a way to the registry of its image, to its secrets and to its log: through a NAT gateway from private \
            subnets, with a public address from public ones, through interface endpoints from isolated ones. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, place: &NetworkPlace) {
    let tier = place.tier.as_str();
    if place.subnet_ids().is_empty() {
        scope
            .error(RULE.code, format!("the network has no {tier} subnets"))
            .help("write `.subnets(SubnetTier::…)` with a tier the network has");
    }
    match (place.tier, place.public_address) {
        (SubnetTier::Public, false) => {
            scope
                .error(RULE.code, "tasks in public subnets without a public address reach nothing")
                .help("write `.subnets(SubnetTier::Private)`, or `.public_address()`");
        }
        (SubnetTier::Private | SubnetTier::Isolated, true) => {
            scope
                .warning(RULE.code, format!("a public address is of no use in {tier} subnets"))
                .help("leave `.public_address()` out");
        }
        (SubnetTier::Isolated, false) => {
            scope
                .warning(RULE.code, "isolated subnets have no way to the image, the secrets and the log")
                .help("give the network endpoints for `ecr.api`, `ecr.dkr`, `s3`, `logs` and `secretsmanager`");
        }
        _ => {}
    }
}
