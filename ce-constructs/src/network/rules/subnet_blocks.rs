//! Blocks given by hand that cannot be a tier's subnets.

use ce_synth::{Code, Rule, Scope};

use crate::network::{Cidr, SubnetTier};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1011"),
    title: "blocks given for subnets are outside of the VPC, too large or small, or not as many as the zones",
    about: "A tier has one subnet in each zone; each is inside of the VPC and /16 to /28. Source: \
            https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
};

#[track_caller]
pub(in crate::network) fn check(scope: Scope<'_>, vpc: Cidr, tier: SubnetTier, zones: usize, blocks: &[Cidr]) {
    if blocks.len() != zones {
        let message = format!("{} subnets are given {} blocks for {zones} zones", tier.as_str(), blocks.len());
        scope.error(RULE.code, message).help("give one block for each zone");
    }
    for block in blocks {
        if !vpc.contains(*block) {
            scope.error(RULE.code, format!("`{block}` is not inside of `{vpc}`")).help("use a part of the VPC's block");
        }
        if !(16..=28).contains(&block.prefix()) {
            scope.error(RULE.code, format!("`{block}` cannot be a subnet")).help("use /16 to /28");
        }
    }
}
