//! The rules every app is held to: CloudFormation's grammar and limits, references, and resource types.
//!
//! One rule a file, each with a [`Rule`] that says what it checks, why, and where the limit comes from. [`RULES`] is
//! the table of them. Codes below `CE0400` are grammar: CloudFormation would refuse the template, so they cannot be
//! accepted.

macro_rules! rule {
    ($code:literal, $title:literal, $about:literal) => {
        /// The rule.
        pub static RULE: crate::diagnostics::Rule =
            crate::diagnostics::Rule { code: crate::diagnostics::Code::new($code), title: $title, about: $about };
    };
}

pub mod condition_elsewhere;
pub mod cross_account;
pub mod cross_partition;
pub mod deletion_snapshot;
pub mod description_length;
pub mod duplicate_id;
pub mod duplicate_stack_name;
pub mod dynamic_reference_limit;
pub mod export_name;
pub mod file_clash;
pub mod file_path;
pub mod file_reference;
pub mod foreign_node;
pub mod logical_id_clash;
pub mod logical_id_form;
pub mod node_id;
pub mod raw_path;
pub mod reference_in_condition;
pub mod resource_cycle;
pub mod schema;
pub mod section_limits;
pub mod stack_cycle;
pub mod stack_independence;
pub mod stack_name;
pub mod template_size;

use crate::app::Report;
use crate::diagnostics::Rule;
use crate::synth::Plan;

/// Every rule of this crate, by code.
pub static RULES: &[&Rule] = &[
    &duplicate_id::RULE,
    &node_id::RULE,
    &raw_path::RULE,
    &foreign_node::RULE,
    &section_limits::RULE,
    &template_size::RULE,
    &logical_id_form::RULE,
    &logical_id_clash::RULE,
    &description_length::RULE,
    &stack_name::RULE,
    &duplicate_stack_name::RULE,
    &dynamic_reference_limit::RULE,
    &deletion_snapshot::RULE,
    &reference_in_condition::RULE,
    &export_name::RULE,
    &stack_cycle::RULE,
    &cross_account::RULE,
    &cross_partition::RULE,
    &stack_independence::RULE,
    &condition_elsewhere::RULE,
    &resource_cycle::RULE,
    &file_path::RULE,
    &file_clash::RULE,
    &file_reference::RULE,
    &schema::unknown_type::RULE,
    &schema::unknown_property::RULE,
    &schema::missing_property::RULE,
    &schema::read_only_property::RULE,
    &schema::wrong_shape::RULE,
    &schema::enumeration::RULE,
    &schema::text_form::RULE,
    &schema::number_range::RULE,
    &schema::item_count::RULE,
    &schema::between_properties::RULE,
    &schema::reference_kind::RULE,
    &schema::unknown_attribute::RULE,
    &schema::type_in_region::RULE,
    &schema::assertion::RULE,
    &crate::lock::LOST,
    &crate::lock::RETYPED,
    &crate::lock::OUTDATED,
];

/// Runs the rules that look at the finished tree.
pub(crate) fn run(plan: &Plan, report: &mut Report<'_>) {
    foreign_node::check(report);
    section_limits::check(plan, report);
    logical_id_form::check(plan, report);
    logical_id_clash::check(plan, report);
    description_length::check(report);
    stack_name::check(report);
    duplicate_stack_name::check(report);
    dynamic_reference_limit::check(plan, report);
    deletion_snapshot::check(report);
    reference_in_condition::check(report);
    export_name::check(report);
    stack_cycle::check(plan, report);
    cross_account::check(plan, report);
    cross_partition::check(plan, report);
    stack_independence::check(plan, report);
    condition_elsewhere::check(report);
    resource_cycle::check(plan, report);
    file_path::check(report);
    file_clash::check(report);
    schema::check(report);
}
