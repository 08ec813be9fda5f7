//! All resources.

use ce_synth::Scope;

use crate::security::Statement;

rule!(
    "CE5102",
    "a statement allows its actions on all resources",
    "`*` reaches every resource of the account, today's and tomorrow's. Some actions know no resources; then write that. \
     Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"
);

#[track_caller]
pub(crate) fn check(statement: &Statement, scope: Scope<'_>) {
    let everything = statement.resources().iter().any(|resource| resource.expr().as_text() == Some("*"));
    if everything && statement.is_allow() && statement.wildcard_reason().is_none() {
        let actions: Vec<_> = statement.actions().iter().map(|action| format!("`{action}`")).collect();
        let finding = scope.error(RULE.code, format!("the statement allows {} on all resources", actions.join(", ")));
        finding.help("give ARNs to `.on([..])`, or add `.with_wildcard_reason(\"…\")`");
    }
}
