//! Values of the wrong shape: a text where a list belongs.

use super::{Problem, shown};
use crate::schema::{Kind, ValueSchema};
use crate::tree::Tree;
use crate::value::{Expr, Function, Token};

rule!(
    "CE0405",
    "a value has the wrong shape",
    "CloudFormation takes numbers and truth values as texts too, and turns numbers into texts; it does not turn a text \
     into a list or an object."
);

/// Whether a literal could be of this schema at all.
pub(super) fn fits(value: &Expr, schema: &ValueSchema) -> bool {
    match (&schema.kind, value) {
        (_, Expr::Token(_) | Expr::Null) | (Kind::Json, _) => true,
        (Kind::String | Kind::Timestamp, value) => !matches!(value, Expr::List(_) | Expr::Object(_)),
        (Kind::Integer, Expr::Integer(_)) | (Kind::Number, Expr::Integer(_) | Expr::Number(_)) => true,
        (Kind::Integer, Expr::Number(number)) => number.fract() == 0.0,
        (Kind::Integer, Expr::Text(text)) => text.parse::<i64>().is_ok(),
        (Kind::Number, Expr::Text(text)) => text.parse::<f64>().is_ok(),
        (Kind::Boolean, Expr::Bool(_)) => true,
        (Kind::Boolean, Expr::Text(text)) => matches!(&**text, "true" | "false"),
        (Kind::Tag | Kind::Object(_) | Kind::Map(_), Expr::Object(_)) | (Kind::List(_), Expr::List(_)) => true,
        (Kind::OneOf(choices), value) => choices.iter().any(|choice| fits(value, choice)),
        _ => false,
    }
}

pub(super) fn check(value: &Expr, schema: &ValueSchema) -> Option<Problem> {
    if fits(value, schema) {
        return None;
    }
    let wanted = name(schema);
    Some(Problem::new(format!("`{}` is not {wanted}", shown(value)), format!("give {wanted}")))
}

/// Functions and references whose shape is known.
pub(super) fn check_token(tree: &Tree, token: &Token, schema: &ValueSchema) -> Option<Problem> {
    let (what, list) = match token {
        Token::Call(function @ (Function::Join | Function::Sub | Function::Base64), _) => (function.name(), false),
        Token::Call(function, _) if function.gives_list() => (function.name(), true),
        Token::Att(node, attribute) if node.app == tree.app => {
            let resource = tree.resource(node.index)?;
            let schema = resource.schema()?;
            (&**attribute, schema.attribute(attribute)?.value.is_list())
        }
        _ => return None,
    };
    let takes_list = match &schema.kind {
        Kind::List(_) => true,
        Kind::String | Kind::Timestamp | Kind::Integer | Kind::Number | Kind::Boolean => false,
        Kind::Object(_) | Kind::Tag | Kind::Map(_) if !list && matches!(token, Token::Call(..)) => true,
        _ => return None,
    };
    (list != takes_list).then(|| {
        let given = if list { "a list" } else { "one text" };
        let help = if list { "take one element with `select(0, ..)`" } else { "put it into a list: `[..]`" };
        Problem::new(format!("`{what}` gives {given}, not {}", name(schema)), help)
    })
}

fn name(schema: &ValueSchema) -> &'static str {
    match schema.kind {
        Kind::Json => "a value",
        Kind::String => "a text",
        Kind::Timestamp => "a point in time",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::Boolean => "`true` or `false`",
        Kind::Tag | Kind::Object(_) | Kind::Map(_) => "an object",
        Kind::List(_) => "a list",
        Kind::OneOf(_) => "any of the shapes that are taken",
    }
}
