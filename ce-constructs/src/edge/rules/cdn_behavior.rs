//! Behaviors of a distribution that CloudFront refuses, or that cannot work.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ce_synth::{Code, Rule, Scope};

use crate::edge::cdn::{Behavior, Methods};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6009"),
    title: "a behavior of a distribution cannot work",
    about: "A bucket answers only for its own host, so the viewer's host must not be forwarded to it; origins that fail \
            over take only methods that read; a path pattern is used once and has up to 255 characters; a distribution \
            has up to 75 behaviors. Sources: \
            https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html \
            and https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
};

/// The quota of behaviors.
const QUOTA: usize = 75;

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, default: &Behavior<'_>, behaviors: &[(Cow<'static, str>, Behavior<'_>)]) {
    let mut paths = BTreeSet::new();
    for (path, behavior) in behaviors {
        one(scope, path, behavior);
        if !paths.insert(path) {
            scope.error(RULE.code, format!("two behaviors for `{path}`")).help("keep one: the first wins");
        }
        if path.is_empty() || path.len() > 255 {
            scope.error(RULE.code, format!("the path pattern `{path}`")).help("use 1 to 255 characters");
        }
    }
    one(scope, "*", default);
    if behaviors.len() >= QUOTA {
        let message = format!("`{}` behaviors: the quota is {QUOTA}", behaviors.len() + 1);
        scope.error(RULE.code, message).help("join paths that are answered alike");
    }
}

#[track_caller]
fn one(scope: Scope<'_>, path: &str, behavior: &Behavior<'_>) {
    if behavior.has_bucket() && behavior.forwarding.sends_host() {
        scope
            .error(RULE.code, format!("`{path}` forwards the viewer's host to a bucket, which refuses it"))
            .help("use `Behavior::cached(..)`, or `.forwarding(Forwarding::AllViewerExceptHost)`");
    }
    if behavior.origins.fails_over() && behavior.methods == Methods::All {
        scope
            .error(RULE.code, format!("`{path}` takes writes, and its origins fail over for reads alone"))
            .help("write `.methods(Methods::GetHeadOptions)`, or let DNS fail over: a record with `Routing::Primary`");
    }
}
