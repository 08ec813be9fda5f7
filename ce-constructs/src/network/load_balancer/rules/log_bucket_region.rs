//! A bucket of access logs in another region.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1061"),
    title: "the bucket for a load balancer's access logs is in another region",
    about: "Elastic Load Balancing writes access logs to a bucket of the load balancer's region alone, encrypted with \
            SSE-S3 alone. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, bucket: Scope<'_>) {
    let (here, there) = (scope.region(), bucket.region());
    if here != there {
        scope
            .error(RULE.code, format!("the bucket `{}` is in `{there}`, the load balancer in `{here}`", bucket.path()))
            .help(format!("make a log bucket in a stack of `{here}`"));
    }
}
