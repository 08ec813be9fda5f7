//! The rules of runbooks, event rules and schedules: one a file.

pub mod approval;
pub mod document_input;
pub mod document_name;
pub mod document_size;
pub mod evidence_region;
pub mod pattern_detail;
pub mod schedule_setting;
pub mod step_name;
pub mod step_reference;
pub mod step_time;
pub mod target_count;
pub mod target_place;
pub mod target_setting;
pub mod unlisted_firewall;
pub mod unlocked_evidence;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &document_name::RULE,
    &step_name::RULE,
    &document_size::RULE,
    &step_reference::RULE,
    &step_time::RULE,
    &approval::RULE,
    &document_input::RULE,
    &target_count::RULE,
    &target_place::RULE,
    &target_setting::RULE,
    &schedule_setting::RULE,
    &pattern_detail::RULE,
    &unlisted_firewall::RULE,
    &unlocked_evidence::RULE,
    &evidence_region::RULE,
];
