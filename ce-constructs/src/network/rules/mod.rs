//! The rules of networks: one a file.

pub mod address_space;
pub mod connection_across_regions;
pub mod duplicate_endpoint;
pub mod joined_vpcs;
pub mod missing_endpoint;
pub mod nat_placement;
pub mod no_default_port;
pub mod overlapping_subnets;
pub mod subnet_blocks;
pub mod vpc_prefix;
pub mod zones;

use ce_synth::{App, Deferred, Placing, Rule, Tree};

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &vpc_prefix::RULE,
    &address_space::RULE,
    &zones::RULE,
    &nat_placement::RULE,
    &missing_endpoint::RULE,
    &duplicate_endpoint::RULE,
    &no_default_port::RULE,
    &connection_across_regions::RULE,
    &overlapping_subnets::RULE,
    &joined_vpcs::RULE,
    &subnet_blocks::RULE,
];

/// Runs the rules that look at the finished tree, once for each app however many VPCs ask for it.
pub(super) fn check_at_synth(app: &App) {
    app.defer(TreeRules);
}

struct TreeRules;

impl Deferred for TreeRules {
    fn key(&self, _: &Tree) -> String {
        "rules of networks".to_owned()
    }

    fn place(&self, app: &App, _: &mut Placing) {
        app.check(overlapping_subnets::check);
        app.check(joined_vpcs::check);
    }
}
