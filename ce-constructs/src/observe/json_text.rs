//! JSON text with values in it that are known at deployment only.

use ce_synth::value::{Function, Token, joined};
use ce_synth::{Expr, Value};

/// The compact JSON text of a value, as one text: literals are escaped, a token stands inside quotes.
///
/// Right for tokens whose text needs no escape, such as names, ids and ARNs.
pub(crate) fn json_text(value: &Expr) -> Value<String> {
    let mut parts = Vec::new();
    write(value, &mut parts);
    joined(parts)
}

fn write(value: &Expr, parts: &mut Vec<Value<String>>) {
    match value {
        Expr::List(items) => {
            raw("[", parts);
            for (place, item) in items.iter().enumerate() {
                raw(if place == 0 { "" } else { "," }, parts);
                write(item, parts);
            }
            raw("]", parts);
        }
        Expr::Object(map) => {
            raw("{", parts);
            for (place, (key, item)) in map.iter().enumerate() {
                raw(if place == 0 { "" } else { "," }, parts);
                literal(&Expr::text(key.to_owned()), parts);
                raw(":", parts);
                write(item, parts);
            }
            raw("}", parts);
        }
        Expr::Token(token) => {
            raw("\"", parts);
            inside_quotes(token, parts);
            raw("\"", parts);
        }
        other => literal(other, parts),
    }
}

/// The literal parts of a joined text are escaped like any other.
fn inside_quotes(token: &Token, parts: &mut Vec<Value<String>>) {
    if let Token::Call(Function::Join, Expr::List(argument)) = token
        && let [Expr::Text(delimiter), Expr::List(items)] = &argument[..]
        && delimiter.is_empty()
    {
        for item in items {
            match item {
                Expr::Text(text) => {
                    let quoted = Expr::Text(text.clone()).to_json();
                    parts.push(Value::from_expr(quoted[1..quoted.len() - 1].to_owned().into()));
                }
                other => parts.push(Value::from_expr(other.clone())),
            }
        }
        return;
    }
    parts.push(Value::from_expr(token.clone().into()));
}

fn raw(text: &'static str, parts: &mut Vec<Value<String>>) {
    parts.push(Value::from_expr(text.into()));
}

fn literal(value: &Expr, parts: &mut Vec<Value<String>>) {
    parts.push(Value::from_expr(value.to_json().into()));
}

#[cfg(test)]
mod tests {
    use ce_synth::value::region;

    use super::*;

    #[test]
    fn literals_are_one_text() {
        let value = Expr::object([("a", Expr::from([1, 2])), ("b", Expr::from("say \"hi\""))]);
        assert_eq!(json_text(&value).expr().as_text(), Some(r#"{"a":[1,2],"b":"say \"hi\""}"#));
    }

    #[test]
    fn tokens_stand_inside_quotes() {
        let value = Expr::object([("region", region().into_expr())]);
        assert_eq!(json_text(&value), ce_synth::join!["{\"region\":\"", region(), "\"}"]);
    }

    #[test]
    fn joined_text_is_escaped_around_its_tokens() {
        let query = ce_synth::join!["say \"", region(), "\""].into_expr();
        assert_eq!(json_text(&query), ce_synth::join!["\"say \\\"", region(), "\\\"\""]);
    }
}
