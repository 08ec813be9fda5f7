//! ARNs of what has none of its own in a template.

use ce_synth::value::{Function, Token, account_id, joined, partition, region};
use ce_synth::{Expr, IntoValue, Value};

/// The ARN of a thing of a service in the account and region of its stack: for what CloudFormation gives no ARN of.
///
/// ```
/// use ce_constructs::security::{Action, Statement, own_arn};
/// let send = Statement::allow([Action::new("ses:SendEmail")]).on([own_arn("ses", "identity/example.com")]);
/// # let _ = send;
/// ```
pub fn own_arn(service: &str, resource: impl IntoValue<String>) -> Value<String> {
    let start = ["arn:".into_value(), partition(), format!(":{service}:").into_value(), region(), ":".into_value()];
    let resource: Value<String> = resource.into_value();
    joined(start.into_iter().chain([account_id(), ":".into_value()]).chain(parts(resource.into_expr())))
}

/// What a text was put together from, so that the whole is put together once.
fn parts(text: Expr) -> Vec<Value<String>> {
    let whole = |text: Expr| vec![Value::from_expr(text)];
    let Expr::Token(token) = &text else { return whole(text) };
    match &**token {
        Token::Call(Function::Join, Expr::List(arguments)) => match &arguments[..] {
            [Expr::Text(nothing), Expr::List(parts)] if nothing.is_empty() => {
                parts.iter().cloned().map(Value::from_expr).collect()
            }
            _ => whole(text),
        },
        _ => whole(text),
    }
}
