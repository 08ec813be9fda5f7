//! The rules of services, scaling and images: one a file.

pub mod cache_credentials;
pub mod connect_namespace;
pub mod container_names;
pub mod environment_name;
pub mod exec_root;
pub mod grace_period;
pub mod health_timing;
pub mod latest_image;
pub mod network_region;
pub mod replication_region;
pub mod rollout_bounds;
pub mod rollout_deadlock;
pub mod rollout_targets;
pub mod scaling_policy;
pub mod schedule_form;
pub mod shifted_requests;
pub mod spot_base;
pub mod step_order;
pub mod stop_timeout;
pub mod storage_size;
pub mod subnets;
pub mod task_bounds;
pub mod tracking_value;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &task_bounds::RULE,
    &rollout_deadlock::RULE,
    &environment_name::RULE,
    &health_timing::RULE,
    &latest_image::RULE,
    &stop_timeout::RULE,
    &container_names::RULE,
    &subnets::RULE,
    &network_region::RULE,
    &spot_base::RULE,
    &rollout_targets::RULE,
    &rollout_bounds::RULE,
    &grace_period::RULE,
    &exec_root::RULE,
    &storage_size::RULE,
    &connect_namespace::RULE,
    &replication_region::RULE,
    &cache_credentials::RULE,
    &scaling_policy::RULE,
    &schedule_form::RULE,
    &step_order::RULE,
    &tracking_value::RULE,
    &shifted_requests::RULE,
];
