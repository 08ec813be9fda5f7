//! Statements about nothing.

use ce_synth::Scope;

use crate::security::Statement;

rule!(
    "CE5103",
    "a statement names no action or no resource",
    "A statement of a role's policy needs both; IAM refuses the policy otherwise. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"
);

#[track_caller]
pub(crate) fn check(statement: &Statement, scope: Scope<'_>) {
    if statement.actions().is_empty() {
        scope
            .error(RULE.code, "the statement names no action")
            .help("give `Statement::allow([..])` at least one action");
    }
    if statement.resources().is_empty() {
        scope.error(RULE.code, "the statement names no resource").help("add `.on([arn])`");
    }
}
