//! Names of keys.

use ce_synth::Scope;

rule!(
    "CE5113",
    "a key cannot have this alias",
    "An alias is `alias/` and up to 250 letters, digits, `/`, `_` and `-`; `alias/aws/` is for AWS. \
     Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html"
);

const LIMIT: usize = 256;

/// Whether KMS takes the alias.
#[track_caller]
pub(crate) fn check(scope: Scope<'_>, alias: &str) -> bool {
    let name = alias.strip_prefix("alias/").unwrap_or_default();
    let formed = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "/_-".contains(letter));
    if name.is_empty() || name.starts_with("aws/") || alias.len() > LIMIT || !formed {
        let finding = scope.error(RULE.code, format!("`{alias}` is not an alias for a key"));
        finding.help("write `alias/` and a name of letters, digits, `/`, `_` and `-`");
        return false;
    }
    true
}
