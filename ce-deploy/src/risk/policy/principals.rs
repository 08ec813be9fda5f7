//! Who a statement is about.

use serde_json::Value;

use super::patterns::Patterns;
use super::wildcard::Wildcard;

/// What is known of accounts and of roles that the templates make.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accounts {
    /// The account of the stack, as texts of policies give it: twelve digits or a symbol.
    pub(crate) own: String,
    /// The symbols of ARNs of roles and users that the templates make.
    pub(crate) made: Vec<String>,
    /// Hidden parameters of which nobody can say whether they change.
    pub(crate) unsure: std::collections::BTreeSet<String>,
}

/// Reads `Principal` or `NotPrincipal`. None if it cannot be read.
pub(super) fn read(value: &Value, accounts: &Accounts) -> Option<Vec<Wildcard>> {
    match value {
        Value::String(text) => (text == "*").then(|| vec![Wildcard::new("*")]),
        Value::Object(map) => {
            let mut all = Vec::new();
            for (kind, names) in map {
                for name in texts(names)? {
                    all.push(one(kind, &name, accounts));
                }
            }
            Some(all)
        }
        _ => None,
    }
}

/// One principal. `"AWS": "*"` is everybody, as `"*"` is. An account stands for all in it: whom it lets in is for the
/// account to say, so a role of it is less than the account.
fn one(kind: &str, name: &str, accounts: &Accounts) -> Wildcard {
    if kind != "AWS" {
        return Wildcard::new(&format!("{kind}:{name}"));
    }
    if name == "*" {
        return Wildcard::new("*");
    }
    if accounts.made.iter().any(|made| made == name) {
        return Wildcard::literal(&format!("AWS:{}:{name}", accounts.own));
    }
    let account = name.strip_suffix(":root").and_then(|rest| rest.split_once(":iam::")).map(|(_, account)| account);
    let digits = name.len() == 12 && name.bytes().all(|digit| digit.is_ascii_digit());
    if let Some(account) = account.or_else(|| digits.then_some(name)) {
        return Wildcard::new(&format!("AWS:{account}:*"));
    }
    in_account(name).unwrap_or_else(|| Wildcard::literal(&format!("AWS:{name}")))
}

/// `arn:aws:iam::111111111111:role/x` without its service and partition; a symbol may stand for the account.
fn in_account(name: &str) -> Option<Wildcard> {
    let (_, rest) = name.split_once(":iam::").or_else(|| name.split_once(":sts::"))?;
    let plain = !crate::template::symbol::is_in(rest);
    let kinds = [":role/", ":user/", ":assumed-role/", ":federated-user/"];
    let end = if plain { rest.find(':') } else { kinds.iter().find_map(|kind| rest.find(kind)) };
    end.map(|end| Wildcard::literal(&format!("AWS:{}:{}", &rest[..end], &rest[end + 1..])))
}

/// A text or a list of texts; none if something else is among them.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Number(number) => Some(vec![number.to_string()]),
        Value::Bool(flag) => Some(vec![flag.to_string()]),
        Value::Array(items) => {
            let scalar = |item: &Value| texts(item).filter(|_| !item.is_array());
            items.iter().map(scalar).collect::<Option<Vec<_>>>().map(|lists| lists.concat())
        }
        _ => None,
    }
}

/// Whom a statement without principal is about: whoever the policy is attached to.
pub(super) fn attached() -> Patterns {
    Patterns::all()
}
