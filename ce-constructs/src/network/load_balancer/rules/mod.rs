//! The rules of load balancers: one a file.

pub mod certificate_region;
pub mod duplicate_priority;
pub mod health_check_timing;
pub mod log_bucket_region;
pub mod plain_http;
pub mod resource_name;
pub mod route_form;
pub mod target_group_setting;
pub mod too_few_zones;
pub mod too_many_rules;
pub mod unlogged;
pub mod unrouted_target_group;
pub mod weights;

use ce_synth::Rule;

/// Every rule of load balancers, by code.
pub static RULES: &[&Rule] = &[
    &too_few_zones::RULE,
    &plain_http::RULE,
    &duplicate_priority::RULE,
    &health_check_timing::RULE,
    &route_form::RULE,
    &certificate_region::RULE,
    &too_many_rules::RULE,
    &resource_name::RULE,
    &target_group_setting::RULE,
    &unrouted_target_group::RULE,
    &weights::RULE,
    &log_bucket_region::RULE,
    &unlogged::RULE,
];
