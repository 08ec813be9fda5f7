//! Values as they may be shown.

use ce_synth::schema::TypeSchema;
use serde_json::Value;

use crate::digest::sha256;
use crate::json::canonical;
use crate::template::symbol;

/// A value at a path as text. What no read gives back (a password), what looks like a secret by its name, and what
/// refers to one is not in it; a mark stands there that changes when the value does.
pub(super) fn shown(schema: Option<&TypeSchema>, path: &[&str], value: &Value) -> String {
    let mut path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
    let value = cover(schema, &mut path, value);
    let text = value.as_str().map_or_else(|| canonical(&value), str::to_owned);
    without_references(&symbol::shown(&text))
}

fn cover(schema: Option<&TypeSchema>, path: &mut Vec<String>, value: &Value) -> Value {
    if is_secret(schema, path, value) {
        return format!("‹hidden {}›", mark(path, value)).into();
    }
    match value {
        Value::Object(map) => {
            let named = map.get("Name").or_else(|| map.get("Key")).and_then(Value::as_str);
            let secret = named.is_some_and(is_secret_name) && map.contains_key("Value");
            let entries = map.iter().map(|(name, value)| {
                if secret && name == "Value" {
                    return (name.clone(), format!("‹hidden {}›", mark(path, value)).into());
                }
                path.push(name.clone());
                let covered = cover(schema, path, value);
                path.pop();
                (name.clone(), covered)
            });
            Value::Object(entries.collect())
        }
        Value::Array(items) => {
            path.push("*".to_owned());
            let items = items.iter().map(|item| cover(schema, path, item)).collect();
            path.pop();
            items
        }
        plain => plain.clone(),
    }
}

/// A value is secret if no read gives it back, or if its name says so. Names of secrets (`SecretId`, `KeyArn`) are not.
fn is_secret(schema: Option<&TypeSchema>, path: &[String], value: &Value) -> bool {
    if matches!(value, Value::Null | Value::Bool(_)) || path.is_empty() {
        return false;
    }
    let steps = path.iter().filter(|step| *step != "*").map(String::as_str);
    let steps: Vec<&str> = steps.collect();
    let write_only = schema.is_some_and(|schema| {
        schema
            .write_only
            .iter()
            .any(|only| only.split(['/', '.']).filter(|step| *step != "*").eq(steps.iter().copied()))
    });
    let scalar = !matches!(value, Value::Object(_) | Value::Array(_));
    let last = steps.last().copied().unwrap_or_default();
    // A write-only template body or image is no secret, and is what a difference is about.
    let is_text_of_code = matches!(
        last,
        "Code" | "ZipFile" | "S3Key" | "S3Bucket" | "S3ObjectVersion" | "ImageUri" | "TemplateBody" | "Body"
    );
    (write_only && !is_text_of_code) || (scalar && is_secret_name(last))
}

/// Whether a value of this name is kept from view: `DB_PASSWORD`, `AuthToken`, `SecretString`.
pub(super) fn is_secret_name(name: &str) -> bool {
    const WORDS: [&str; 13] = [
        "password",
        "passwd",
        "secretstring",
        "secretvalue",
        "secretkey",
        "apikey",
        "authtoken",
        "accesstoken",
        "privatekey",
        "credential",
        "passphrase",
        "clientsecret",
        "connectionstring",
    ];
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let refers = ["arn", "id", "name", "length", "policy", "enabled"].iter().any(|end| plain.ends_with(end));
    let says = WORDS.iter().any(|word| plain.contains(word)) || plain.ends_with("token") || plain.ends_with("secret");
    says && !refers
}

/// A mark that changes when the value does. It is short, so that nobody can be sure of a guess.
fn mark(path: &[String], value: &Value) -> String {
    sha256(format!("{}\n{}", path.join("."), canonical(value)))[..6].to_owned()
}

/// Dynamic references say where a secret is: that too stays hidden.
fn without_references(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{resolve:") {
        let (reference, following) = after.split_once("}}").unwrap_or((after, ""));
        let service = reference.split(':').next().unwrap_or_default();
        let mark = &sha256(reference)[..6];
        result.extend([before, "‹", service, " ", mark, "›"]);
        rest = following;
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_secret_name, shown};

    #[test]
    fn what_is_secret_does_not_show_and_a_change_of_it_does() {
        let schema = ce_cfn::SCHEMAS.find("AWS::SecretsManager::Secret");
        let show = |value: &str| shown(schema, &["SecretString"], &json!(value));
        assert!(show("hunter2").starts_with("‹hidden "));
        assert_ne!(show("hunter2"), show("hunter3"));
        assert_eq!(show("hunter2"), show("hunter2"));
    }

    #[test]
    fn environment_variables_and_references_are_covered() {
        let variables = json!({ "DB_PASSWORD": "hunter2", "STAGE": "prod", "SECRET_ARN": "arn:x" });
        let text = shown(None, &["Environment", "Variables"], &variables);
        assert!(!text.contains("hunter2") && text.contains("prod") && text.contains("arn:x"), "{text}");
        let list = json!([{ "Name": "API_TOKEN", "Value": "hunter2" }]);
        assert!(!shown(None, &["Environment"], &list).contains("hunter2"));
        let text = shown(None, &["Url"], &json!("u:{{resolve:secretsmanager:prod/db:SecretString:password}}@h"));
        assert!(text.starts_with("u:‹secretsmanager ") && text.ends_with("›@h"), "{text}");
    }

    #[test]
    fn names_that_only_point_at_secrets_are_shown() {
        assert!(["MasterUserPassword", "client_secret", "GITHUB_TOKEN"].iter().all(|name| is_secret_name(name)));
        assert!(!["PasswordLength", "SecretArn", "TableName", "Tokenizer"].iter().any(|name| is_secret_name(name)));
    }
}
