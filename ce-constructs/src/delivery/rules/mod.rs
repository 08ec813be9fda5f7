//! The rules of delivery: one a file.

mod expressions;
pub mod gate;
pub mod lost_value;
pub mod missing_token;
pub mod names;
pub mod needs;
pub mod role_of_target;
pub mod schedule_form;
pub mod script_injection;
pub mod shares;
pub mod subject_name;
pub mod target_names;
pub mod unpinned_action;
pub mod workflow_parts;

use ce_synth::{Rule, Scope};

use super::Workflow;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &subject_name::RULE,
    &workflow_parts::RULE,
    &names::RULE,
    &unpinned_action::RULE,
    &script_injection::RULE,
    &schedule_form::RULE,
    &needs::RULE,
    &lost_value::RULE,
    &missing_token::RULE,
    &gate::RULE,
    &shares::RULE,
    &target_names::RULE,
    &role_of_target::RULE,
];

/// Everything that is checked of a workflow, whoever wrote it.
#[track_caller]
pub(super) fn check_workflow(scope: Scope<'_>, workflow: &Workflow) {
    workflow_parts::check(scope, workflow);
    names::check(scope, workflow);
    unpinned_action::check(scope, workflow);
    script_injection::check(scope, workflow);
    schedule_form::check(scope, workflow);
    needs::check(scope, workflow);
    lost_value::check(scope, workflow);
    missing_token::check(scope, workflow);
}
