//! Settings of a Route 53 health check that AWS refuses.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6003"),
    title: "a setting of a health check is out of range",
    about: "A check fails after 1 to 10 failures; the text it looks for has 1 to 255 characters. Source: \
            https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, failures: u8, text: Option<&str>) {
    if !(1..=10).contains(&failures) {
        scope.error(RULE.code, format!("unhealthy after `{failures}` failures")).help("use 1 to 10");
    }
    if let Some(text) = text.filter(|text| !(1..=255).contains(&text.len())) {
        scope
            .error(RULE.code, format!("a text of `{}` characters to look for", text.len()))
            .help("use 1 to 255 characters");
    }
}
