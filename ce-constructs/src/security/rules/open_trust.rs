//! Roles for everyone.

use ce_synth::Scope;

use crate::security::Principal;

rule!(
    "CE5110",
    "a role can be taken on by everyone",
    "A trust policy with everyone as principal, or with an identity provider and no condition on its tokens, lets \
     strangers act in the account. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, principal: &Principal) {
    if principal.is_unrestricted() {
        scope.error(RULE.code, "everyone may take on this role").help("trust a service, an account or a provider");
    }
    if principal.is_federated() && principal.conditions.is_empty() {
        let finding = scope.error(RULE.code, "whoever has a token of the provider may take on this role");
        finding.help("add `.when(\"StringEquals\", \"<provider>:aud\", ..)` and the token's subject");
    }
}
