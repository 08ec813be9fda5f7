//! How often a secret is rotated.

use ce_synth::{Duration, Scope};

rule!(
    "CE5119",
    "a secret's rotation is planned in a way that is refused",
    "Secrets Manager takes 1 to 1,000 whole days, or a `cron(..)` or `rate(..)` expression. \
     Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, period: Duration) {
    if !period.as_days().is_some_and(|days| (1..=1_000).contains(&days)) {
        let finding = scope.error(RULE.code, format!("a rotation every `{period}` is not every 1 to 1,000 whole days"));
        finding.help("write `.every(Duration::days(30))`, or `.on_schedule(..)` for hours");
    }
}

#[track_caller]
pub(crate) fn check_expression(scope: Scope<'_>, expression: &str) {
    let called =
        |name: &str| expression.strip_prefix(name).is_some_and(|rest| rest.starts_with('(') && rest.ends_with(')'));
    if !(called("cron") || called("rate")) {
        let finding = scope.error(RULE.code, format!("`{expression}` is neither `cron(..)` nor `rate(..)`"));
        finding.help("write `cron(0 4 1 * ? *)` or `rate(10 days)`");
    }
}
