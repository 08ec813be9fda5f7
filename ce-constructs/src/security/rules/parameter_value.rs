//! Parameters of Parameter Store.

use ce_synth::{Scope, Value};

rule!(
    "CE5121",
    "a parameter cannot have this name or value",
    "A name has up to 1,011 letters, digits and `._-/`, does not begin with `aws` or `ssm`, and begins with `/` when it \
     has levels; a standard value has up to 4,096 characters. A name that speaks of a password is a warning. \
     Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"
);

const LONGEST_NAME: usize = 1_011;
const LONGEST_VALUE: usize = 4_096;
const SECRET_WORDS: [&str; 5] = ["password", "passwd", "secret", "private-key", "api-key"];

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, name: &str, value: &Value<String>) {
    let formed = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-/".contains(letter));
    let levels = name.contains('/') && !name.starts_with('/');
    let word = name.trim_start_matches('/').to_ascii_lowercase();
    let reserved = word.starts_with("aws") || word.starts_with("ssm");
    if word.is_empty() || name.len() > LONGEST_NAME || !formed || levels || reserved {
        let finding = scope.error(RULE.code, format!("`{name}` is not a name for a parameter"));
        finding.help(
            "write letters, digits and `._-`, or levels like `/shop/prod/limit`, not beginning with `aws` or `ssm`",
        );
    }
    let length = value.expr().as_text().map_or(0, str::len);
    if length > LONGEST_VALUE {
        let finding =
            scope.error(RULE.code, format!("the value has {length} characters, at most {LONGEST_VALUE} are taken"));
        finding.help("keep it in a bucket and its address here");
    }
    if let Some(said) = SECRET_WORDS.iter().find(|said| word.contains(**said)) {
        let finding =
            scope.warning(RULE.code, format!("`{name}` speaks of a {said}, and everyone can read a parameter"));
        finding.help("make it a `Secret`");
    }
}
