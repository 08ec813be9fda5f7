//! A tier without subnets.

use ce_synth::{Code, Rule, Scope};

use crate::network::SubnetTier;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3005"),
    title: "a network has no subnets for data",
    about: "Databases and caches are put into isolated subnets, which have no route out of the VPC, or into the tier \
            you choose; a subnet group without subnets cannot be created.",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, tier: SubnetTier) {
    scope
        .error(RULE.code, format!("the network has no {} subnets", tier.as_str()))
        .help("add the tier to the network, or choose another with `.subnets(SubnetTier::Private)`");
}
