//! The rules of configuration: one a file.

pub mod flag_name;
pub mod flag_rollout;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[&flag_name::RULE, &flag_rollout::RULE];
