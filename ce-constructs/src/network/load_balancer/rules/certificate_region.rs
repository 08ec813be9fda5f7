//! A certificate of another region than the load balancer's.

use ce_synth::{Code, Rule, Scope};

use crate::edge::Certificate;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1055"),
    title: "a listener's certificate is in another region",
    about: "A load balancer takes certificates of ACM from its own region alone. CloudFront takes them from us-east-1 \
            alone, so a site behind both needs one in each. Source: \
            https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, certificate: &Certificate<'_>) {
    let here = scope.region();
    let Some(region) = certificate.region().filter(|region| *region != here) else { return };
    scope
        .error(RULE.code, format!("the certificate is in `{region}`, the load balancer in `{here}`"))
        .help(format!("make one in a stack of `{here}`: `Certificate::builder(..).build(scope, ..)`"));
}
