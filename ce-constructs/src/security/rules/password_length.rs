//! Lengths of passwords.

use ce_synth::Scope;

use crate::security::Password;

rule!(
    "CE5116",
    "a generated password is too short or too long",
    "Secrets Manager makes 1 to 4,096 characters; fewer than 16 can be guessed. \
     Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, password: &Password) {
    let length = password.length;
    if !(8..=4_096).contains(&length) {
        let finding = scope.error(RULE.code, format!("a password of {length} characters is not 8 to 4,096 long"));
        finding.help("write `.length(32)`");
    } else if length < 16 {
        scope
            .warning(RULE.code, format!("a password of {length} characters can be guessed"))
            .help("write `.length(32)`");
    }
}
