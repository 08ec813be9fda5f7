//! Actions that stand for others.

use ce_synth::Scope;

use crate::security::Statement;

rule!(
    "CE5101",
    "a statement allows actions by a wildcard",
    "A wildcard allows what the service adds tomorrow, too. List the actions, or write why all of them are meant. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege"
);

#[track_caller]
pub(crate) fn check(statement: &Statement, scope: Scope<'_>) {
    if !statement.is_allow() || statement.wildcard_reason().is_some() {
        return;
    }
    for action in statement.actions().iter().filter(|action| action.is_wildcard()) {
        let finding = scope.error(RULE.code, format!("the statement allows `{action}`, whatever that comes to mean"));
        finding.help("list the actions, or add `.with_wildcard_reason(\"…\")`");
    }
}
