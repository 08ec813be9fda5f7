//! Resources for everyone.

use ce_synth::Scope;

use crate::security::{Principal, Statement};

rule!(
    "CE5104",
    "a resource's policy allows everyone",
    "A statement that allows, with everyone as principal and no condition, makes the resource public. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous"
);

#[track_caller]
pub(crate) fn check(statement: &Statement, scope: Scope<'_>) {
    let open = statement.principals().iter().any(Principal::is_unrestricted);
    if statement.is_allow() && open && statement.conditions().is_empty() {
        let finding = scope.error(RULE.code, "the statement allows everyone, also without credentials");
        finding.help("name the principal, or narrow it with `.when(..)`");
    }
}
