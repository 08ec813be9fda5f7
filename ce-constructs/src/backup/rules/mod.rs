//! The rules of backups: one a file.

pub mod copy_target;
pub mod key_region;
pub mod lifecycle;
pub mod locked_retention;
pub mod plan_rules;
pub mod report_name;
pub mod restore_testing;
pub mod rule_schedule;
pub mod rule_window;
pub mod selection;
pub mod vault_lock;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &vault_lock::RULE,
    &lifecycle::RULE,
    &rule_window::RULE,
    &rule_schedule::RULE,
    &plan_rules::RULE,
    &selection::RULE,
    &restore_testing::RULE,
    &locked_retention::RULE,
    &copy_target::RULE,
    &key_region::RULE,
    &report_name::RULE,
];

/// Letters, digits and these.
fn is_name(name: &str, longest: usize, more: &[char]) -> bool {
    (1..=longest).contains(&name.len())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || more.contains(&letter))
}
