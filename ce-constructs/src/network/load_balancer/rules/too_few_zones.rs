//! A load balancer in fewer than two zones.

use std::collections::BTreeSet;

use ce_synth::{Code, Rule, Scope};

use crate::network::{Subnet, SubnetTier};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1050"),
    title: "a load balancer has fewer than two zones",
    about: "An Application Load Balancer needs subnets of at least two availability zones; AWS refuses fewer. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, subnets: &[Subnet], tier: SubnetTier) {
    let zones: BTreeSet<&str> = subnets.iter().map(Subnet::zone).collect();
    if zones.len() < 2 {
        let tier = tier.as_str();
        scope
            .error(RULE.code, format!("`{}` zones with a {tier} subnet: a load balancer needs two", zones.len()))
            .help(format!("give the network {tier} subnets in two zones or more: `.zones(2)`"));
    }
}
