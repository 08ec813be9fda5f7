//! The rules of networks: one a file.

pub mod connection_across_regions;
pub mod no_default_port;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[&no_default_port::RULE, &connection_across_regions::RULE];
