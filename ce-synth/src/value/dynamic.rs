//! Dynamic references: values that CloudFormation reads from other services while it deploys.
//!
//! A secret never stands in a template, only the place it is read from.

use super::{IntoValue, Value};

/// How many dynamic references stand in a text.
pub(crate) fn dynamic_references(text: &str) -> usize {
    // Nearly no text has a brace: a look for one byte is a tenth of a search.
    if text.as_bytes().contains(&b'{') { text.matches("{{resolve:").count() } else { 0 }
}
use crate::join;

/// One field of a Secrets Manager secret's JSON, read at deployment: `{{resolve:secretsmanager:…:SecretString:field}}`.
///
/// `secret` is its name or ARN. Allowed in resource properties only, not in outputs or metadata.
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html>
pub fn secret_field(secret: impl IntoValue<String>, field: &str) -> Value<String> {
    join!["{{resolve:secretsmanager:", secret, ":SecretString:", field, "}}"]
}

/// The plain value of a Systems Manager parameter, read at deployment: `{{resolve:ssm:name}}`.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html>
pub fn ssm_parameter(name: &str) -> Value<String> {
    join!["{{resolve:ssm:", name, "}}"]
}
