//! The rules of runbooks: one a file.

pub mod incomplete;
pub mod no_steps;
pub mod placeholder;
pub mod unguarded;

use ce_synth::{Rule, Scope};

use super::RunbookBuilder;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[&no_steps::RULE, &incomplete::RULE, &placeholder::RULE, &unguarded::RULE];

#[track_caller]
pub(super) fn check(scope: Scope<'_>, runbook: &RunbookBuilder) {
    no_steps::check(scope, runbook);
    incomplete::check(scope, runbook);
    placeholder::check(scope, runbook);
    unguarded::check(scope, runbook);
}
