//! Subnets that the plan of addresses has no place for.

use ce_synth::{Code, Rule, Scope};

use crate::network::vpc::plan::{Misfit, Plan, SMALLEST_SUBNET};
use crate::network::{Cidr, SubnetTier};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1002"),
    title: "a VPC's addresses do not hold its subnets",
    about: "The plan of addresses keeps a slot for every tier and zone, so that nothing moves when one is added: nine zones \
            of /24 in a VPC of /16 to /19, four zones of a sixteenth in a smaller one. Subnets that are larger than a slot \
            stand beside the slots: private ones in the second half of the VPC, public ones in its second quarter, \
            isolated ones in its second eighth. Subnets are /28 at least. Source: \
            https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
};

#[track_caller]
pub(in crate::network) fn report(
    scope: Scope<'_>,
    vpc: Cidr,
    tier: SubnetTier,
    prefix: Option<u8>,
    misfit: Misfit,
    larger: Option<u8>,
) {
    let tier = tier.as_str();
    let size = prefix.map_or(String::new(), |prefix| format!(" of /{prefix}"));
    let message = match misfit {
        Misfit::Zone { last } => format!("`{vpc}` has room for {tier} subnets in zones `a` to `{last}` only"),
        Misfit::TooLarge => format!("`{vpc}` has no room for {tier} subnets{size} in every zone"),
        Misfit::TooSmall => {
            let size = prefix.unwrap_or(Plan::of(vpc).slot_prefix());
            format!("{tier} subnets of `{vpc}` would be /{size}; a subnet is /{SMALLEST_SUBNET} at least")
        }
    };
    let help = match (larger, misfit) {
        (Some(larger), _) => format!("make the VPC a /{larger}, or say where they are: `.subnet_blocks(tier, [..])`"),
        (None, Misfit::Zone { .. }) => "use fewer zones, or nearer letters: `.zone_letters(\"abc\")`".to_owned(),
        (None, Misfit::TooSmall) => format!("ask for subnets of /{SMALLEST_SUBNET} or larger"),
        (None, Misfit::TooLarge) => {
            "ask for smaller subnets, or say where they are: `.subnet_blocks(tier, [..])`".to_owned()
        }
    };
    scope.error(RULE.code, message).help(help);
}
