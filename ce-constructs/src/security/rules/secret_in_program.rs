//! Secrets in programs.

use ce_synth::value::Token;
use ce_synth::{Expr, Scope, Value};

rule!(
    "CE5117",
    "a secret's text is written in the program",
    "What a program writes stands in the repository, in the template, and in CloudFormation's history. A secret is \
     generated, filled by hand, or refers to another one. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html#creds"
);

#[track_caller]
pub(crate) fn check_field(scope: Scope<'_>, field: &str, value: &Value<String>) {
    if value.literal().is_some() && !mentions_secret(value.expr()) {
        let finding =
            scope.error(RULE.code, format!("the text of the secret's field `{field}` is written in the program"));
        finding.help("refer to an attribute or to another secret, or make the secret `.filled_by_hand()`");
    }
}

#[track_caller]
pub(crate) fn check_text(scope: Scope<'_>, text: &Value<String>) {
    if !mentions_secret(text.expr()) {
        let finding = scope.error(RULE.code, "the text of the secret refers to no other secret");
        finding.help("put `other.field(\"password\")` into it, or make the secret `.filled_by_hand()`");
    }
}

fn mentions_secret(value: &Expr) -> bool {
    match value {
        Expr::Text(text) => text.contains("{{resolve:secretsmanager:"),
        Expr::List(items) => items.iter().any(mentions_secret),
        Expr::Token(token) => matches!(&**token, Token::Call(_, argument) if mentions_secret(argument)),
        _ => false,
    }
}
