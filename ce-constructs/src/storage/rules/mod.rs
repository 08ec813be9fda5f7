//! What buckets are held to: one rule a file, [`RULES`] is the table of them.

macro_rules! rule {
    ($code:literal, $title:literal, $about:literal) => {
        /// The rule.
        pub static RULE: ce_synth::Rule =
            ce_synth::Rule { code: ce_synth::Code::new($code), title: $title, about: $about };
    };
}

pub mod access_log;
pub mod cors;
pub mod lifecycle_days;
pub mod log_target;
pub mod object_lock;
pub mod replication;
pub mod transition_order;

use ce_synth::Rule;

/// Every rule of this domain, by code.
pub static RULES: &[&Rule] = &[
    &access_log::RULE,
    &transition_order::RULE,
    &lifecycle_days::RULE,
    &object_lock::RULE,
    &replication::RULE,
    &log_target::RULE,
    &cors::RULE,
];
