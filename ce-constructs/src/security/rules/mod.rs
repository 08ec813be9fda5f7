//! What roles, keys and secrets are held to: one rule a file, [`RULES`] is the table of them.

macro_rules! rule {
    ($code:literal, $title:literal, $about:literal) => {
        /// The rule.
        pub static RULE: ce_synth::Rule =
            ce_synth::Rule { code: ce_synth::Code::new($code), title: $title, about: $about };
    };
}

pub mod condition_operator;
pub mod key_alias;
pub mod key_pending_window;
pub mod key_rotation;
pub mod managed_policy_count;
pub mod open_trust;
pub mod parameter_value;
pub mod password_length;
pub mod policy_size;
pub mod public_statement;
pub mod replica_region;
pub mod role_name;
pub mod rotation_network;
pub mod rotation_period;
pub mod secret_in_program;
pub mod secret_name;
pub mod secret_replicas;
pub mod session_length;
pub mod statement_without_resource;
pub mod wildcard_action;
pub mod wildcard_resource;

use ce_synth::{Rule, Scope};

use super::Statement;

/// Every rule of this domain, by code.
pub static RULES: &[&Rule] = &[
    &wildcard_action::RULE,
    &wildcard_resource::RULE,
    &statement_without_resource::RULE,
    &public_statement::RULE,
    &condition_operator::RULE,
    &role_name::RULE,
    &policy_size::RULE,
    &session_length::RULE,
    &managed_policy_count::RULE,
    &open_trust::RULE,
    &key_pending_window::RULE,
    &key_rotation::RULE,
    &key_alias::RULE,
    &replica_region::RULE,
    &secret_name::RULE,
    &password_length::RULE,
    &secret_in_program::RULE,
    &secret_replicas::RULE,
    &rotation_period::RULE,
    &rotation_network::RULE,
    &parameter_value::RULE,
];

/// The rules that hold for every statement.
#[track_caller]
pub(crate) fn check_statement(statement: &Statement, scope: Scope<'_>) {
    wildcard_action::check(statement, scope);
    condition_operator::check(scope, statement.conditions());
}
