//! Values that are not among those AWS lists.

use super::{Problem, shown};
use crate::diagnostics::nearest;
use crate::schema::{Kind, ValueSchema};
use crate::value::{Expr, dynamic_references};

rule!(
    "CE0406",
    "a value is not among those AWS lists",
    "The type's schema lists every value that is taken. Generated constants name them; a text can be misspelt."
);

pub(super) fn check(value: &Expr, schema: &ValueSchema) -> Option<Problem> {
    if schema.enumeration.is_empty() || matches!(schema.kind, Kind::List(_) | Kind::Map(_) | Kind::Object(_)) {
        return None;
    }
    let given = match value {
        Expr::Text(text) => text.to_string(),
        Expr::Integer(number) => number.to_string(),
        Expr::Number(number) => number.to_string(),
        Expr::Bool(value) => value.to_string(),
        _ => return None,
    };
    let same =
        |known: &&str| **known == *given || schema.enumeration_ignores_case && known.eq_ignore_ascii_case(&given);
    // A dynamic reference is a text here and a value only when it is deployed.
    if schema.enumeration.iter().any(same) || dynamic_references(&given) > 0 {
        return None;
    }
    let help = match nearest(&given, schema.enumeration.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let known: Vec<String> = schema.enumeration.iter().take(12).map(|known| format!("`{known}`")).collect();
            let more = if schema.enumeration.len() > 12 { ", …" } else { "" };
            format!("use one of {}{more}", known.join(", "))
        }
    };
    Some(Problem::new(format!("`{}` is not taken", shown(value)), help))
}
