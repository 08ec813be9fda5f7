//! A distribution without a web ACL.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6011"),
    title: "a distribution has no web ACL",
    about: "Requests reach the origins unfiltered. A web ACL costs money, so it is asked for and not added unasked; \
            production alone is looked at. Security Hub: CloudFront.6, \
            https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, protected: bool) {
    if !protected && scope.environment().tier.is_production() {
        scope
            .warning(RULE.code, "a distribution without a web ACL")
            .help("make one with `WebFirewall::builder().build_global(..)` and give it: `.firewall(&firewall)`");
    }
}
