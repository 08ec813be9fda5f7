//! The rules of the edge: one a file.

pub mod cdn_behavior;
pub mod cdn_domain;
pub mod domain_name;
pub mod firewall_capacity;
pub mod firewall_region;
pub mod firewall_rule;
pub mod global_region;
pub mod health_check_setting;
pub mod plain_secret;
pub mod record_setting;
pub mod unlogged_cdn;
pub mod unprotected_cdn;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &global_region::RULE,
    &domain_name::RULE,
    &health_check_setting::RULE,
    &record_setting::RULE,
    &plain_secret::RULE,
    &firewall_capacity::RULE,
    &firewall_rule::RULE,
    &firewall_region::RULE,
    &cdn_behavior::RULE,
    &cdn_domain::RULE,
    &unprotected_cdn::RULE,
    &unlogged_cdn::RULE,
];
