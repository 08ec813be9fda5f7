//! The rules of governance: one a file.

pub mod billing_region;
pub mod budget;
pub mod config_rule;
pub mod cost_report;
pub mod detector_region;
pub mod key_region;
pub mod other_account;
pub mod posture_standard;
pub mod recorder_types;
pub mod required_tag;
pub mod threat_feature;
pub mod threat_severity;
pub mod trail_name;
pub mod unheard_costs;
pub mod unheard_threats;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &trail_name::RULE,
    &key_region::RULE,
    &config_rule::RULE,
    &recorder_types::RULE,
    &unheard_threats::RULE,
    &threat_feature::RULE,
    &threat_severity::RULE,
    &detector_region::RULE,
    &posture_standard::RULE,
    &other_account::RULE,
    &unheard_costs::RULE,
    &budget::RULE,
    &billing_region::RULE,
    &cost_report::RULE,
    &required_tag::RULE,
];
