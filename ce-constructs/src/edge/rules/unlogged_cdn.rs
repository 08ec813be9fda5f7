//! A distribution without access logs.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6012"),
    title: "a distribution has no access logs",
    about: "Without them nobody can say later who asked for what; production alone is looked at. Security Hub: \
            CloudFront.5, https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, logged: bool) {
    if !logged && scope.environment().tier.is_production() {
        scope
            .warning(RULE.code, "a distribution without access logs")
            .help("give it a bucket: `.access_logs(&bucket)`");
    }
}
