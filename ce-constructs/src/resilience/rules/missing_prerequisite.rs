//! Things of the primary that the standby would miss.

use std::collections::BTreeSet;

use ce_synth::Report;

use super::super::SiteRole;
use super::super::comparison::Comparison;
use crate::observe::log_encryption;

rule!(
    "CE8418",
    "the standby lacks something that tasks need before a failover",
    "Services, load balancers, parameters and keys cannot be made in the hour they are needed: Parameter Store does not \
     replicate, a key cannot be copied later, and control planes may be out of reach. They are compared by their path."
);

const NEEDED: [&str; 5] = [
    "AWS::ECS::Service",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::KMS::Key",
    "AWS::SSM::Parameter",
];

pub(in crate::resilience) fn check(comparison: &Comparison<'_>, report: &mut Report<'_>) {
    let there: BTreeSet<_> =
        comparison.resources(SiteRole::Standby).map(|found| comparison.shared_path(found.node())).collect();
    for found in comparison.resources(SiteRole::Primary).filter(|found| NEEDED.contains(&found.type_name())) {
        let path = comparison.shared_path(found.node());
        // A stack makes it for its own log groups, and so does the standby's where there are any.
        let own_key = path.split_once('/').is_some_and(|(_, below)| below == log_encryption::SHARED_KEY);
        if !own_key && !there.contains(&path) {
            let message = format!("the standby has nothing like `{path}`, an `{}`", found.type_name());
            let help = "build it in the closure of the pair, without asking `is_primary()`";
            report.warning(found.node(), RULE.code, message).help = Some(help.to_owned());
        }
    }
}
