//! Addresses of subscriptions.

use ce_synth::{Code, Rule, Scope, Value};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7009"),
    title: "the address of a subscription has another form than its protocol",
    about: "SNS tells a URL that begins with `https://`, an address with an `@`, a number that begins with `+`, and queues \
            and functions by their ARN. Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html",
};

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, protocol: &str, address: &Value<String>) {
    let Some(text) = address.expr().as_text() else { return };
    let (formed, form) = match protocol {
        "https" => (text.starts_with("https://"), "a URL that begins with `https://`"),
        "email" => (text.contains('@'), "an e-mail address"),
        "sms" => (text.starts_with('+'), "a number such as `+15550100`"),
        _ => (text.starts_with("arn:"), "an ARN"),
    };
    if !formed {
        scope.error(RULE.code, format!("`{text}` is told by `{protocol}`")).help(format!("give {form}"));
    }
}
