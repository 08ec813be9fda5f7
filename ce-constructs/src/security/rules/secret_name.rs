//! Names of secrets.

use ce_synth::Scope;

rule!(
    "CE5115",
    "a secret cannot have this name",
    "Secrets Manager takes 1 to 512 letters, digits and `/_+=.@-`. A name that ends in a hyphen and six characters looks \
     like the end of an ARN and is not found by it. \
     Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"
);

const LIMIT: usize = 512;

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, name: Option<&str>) {
    let Some(name) = name else { return };
    let formed = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "/_+=.@-".contains(letter));
    if name.is_empty() || name.len() > LIMIT || !formed {
        let finding =
            scope.error(RULE.code, format!("`{name}` has {} characters or some that are refused", name.len()));
        finding.help("use 1 to 512 letters, digits and `/_+=.@-`");
    } else if name.rsplit_once('-').is_some_and(|(_, end)| end.len() == 6) {
        let finding = scope.warning(RULE.code, format!("`{name}` ends like an ARN does, in `-` and six characters"));
        finding.help("make the last word longer or shorter: a secret is not found by such a name");
    }
}
