//! Which account a role is for.

use ce_synth::{Account, Code, Rule, Scope, Value};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8110"),
    title: "a role for another account is for none, or for its own",
    about: "An account is twelve digits, another than this one; an external id is 2 to 1,224 characters. Source: \
            https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, account: &Value<String>, external_id: &Value<String>) {
    if let Some(digits) = account.expr().as_text() {
        match digits.parse::<Account>() {
            Err(_) => {
                scope
                    .error(RULE.code, format!("`{digits}` is not an account"))
                    .help("give its twelve digits, or a parameter");
            }
            Ok(account) if account == scope.environment().account => {
                scope.error(RULE.code, format!("`{digits}` is this account")).help("name the account that is let in");
            }
            Ok(_) => {}
        }
    }
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_+=,.@:/-".contains(letter);
    if let Some(id) = external_id.expr().as_text()
        && (!(2..=1_224).contains(&id.len()) || !id.chars().all(plain))
    {
        scope
            .error(RULE.code, format!("`{id}` is not an external id"))
            .help("use 2 to 1,224 letters, digits and `_+=,.@:/-`");
    }
}
