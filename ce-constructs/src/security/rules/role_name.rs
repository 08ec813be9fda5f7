//! Names of roles.

use ce_synth::Scope;

rule!(
    "CE5106",
    "a role cannot have this name",
    "IAM takes 1 to 64 letters, digits and `+=,.@_-`. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
);

const LIMIT: usize = 64;

/// The name, if IAM takes it.
#[track_caller]
pub(crate) fn checked(scope: Scope<'_>, name: Option<String>) -> Option<String> {
    let name = name?;
    let formed = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "+=,.@_-".contains(letter));
    if name.is_empty() || name.len() > LIMIT || !formed {
        let finding =
            scope.error(RULE.code, format!("`{name}` has {} characters or some that IAM refuses", name.len()));
        finding.help("use 1 to 64 letters, digits and `+=,.@_-`");
        return None;
    }
    Some(name)
}
