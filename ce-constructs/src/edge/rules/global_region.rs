//! Something of CloudFront in another region than us-east-1.

use ce_synth::{Code, Region, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6001"),
    title: "something of CloudFront is not in us-east-1",
    about: "CloudFront takes certificates, web ACLs and log deliveries from us-east-1 alone. Sources: \
            https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html and \
            https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, what: &str) {
    check_region(scope, scope.region(), what);
}

#[track_caller]
pub(crate) fn check_region(scope: Scope<'_>, region: Region, what: &str) {
    if region != Region::US_EAST_1 {
        scope
            .error(RULE.code, format!("{what} is in `{region}`"))
            .help("put it into a stack of us-east-1: `PROD.in_region(Region::US_EAST_1)`");
    }
}
