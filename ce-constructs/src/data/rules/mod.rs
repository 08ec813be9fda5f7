//! The rules of databases and caches: one a file.

pub mod bounds;
pub mod class_in_global;
pub mod engine_version;
pub mod global_member;
pub mod global_prefix;
pub mod instance_class;
pub mod key_region;
pub mod managed_password_in_global;
pub mod multi_az_without_replica;
pub mod name_form;
pub mod no_backups;
pub mod no_standby;
pub mod no_subnets;
pub mod replica_source;
pub mod scaling_on_secondary;
pub mod serverless_pause;
pub mod shard_scaling;
pub mod single_zone;
pub mod token_of_secondary;
pub mod unknown_zone;
pub mod weak_parameter;
pub mod window_length;
pub mod windows_overlap;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &engine_version::RULE,
    &instance_class::RULE,
    &class_in_global::RULE,
    &windows_overlap::RULE,
    &no_subnets::RULE,
    &single_zone::RULE,
    &no_backups::RULE,
    &scaling_on_secondary::RULE,
    &bounds::RULE,
    &serverless_pause::RULE,
    &multi_az_without_replica::RULE,
    &shard_scaling::RULE,
    &managed_password_in_global::RULE,
    &name_form::RULE,
    &no_standby::RULE,
    &unknown_zone::RULE,
    &global_member::RULE,
    &window_length::RULE,
    &global_prefix::RULE,
    &weak_parameter::RULE,
    &replica_source::RULE,
    &token_of_secondary::RULE,
    &key_region::RULE,
];
