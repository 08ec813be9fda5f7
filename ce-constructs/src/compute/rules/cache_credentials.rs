//! Signing in to other registries.

use ce_synth::{Code, Rule, Scope};

use crate::compute::UpstreamRegistry;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2018"),
    title: "a cache cannot sign in to the registry it copies",
    about: "Docker Hub and the registry of GitHub answer ECR only with a user and token, from a secret. Source: \
            https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, upstream: UpstreamRegistry, credentials: bool) {
    if upstream.needs_credentials() && !credentials {
        scope.error(RULE.code, format!("`{upstream:?}` needs credentials")).help("write `.credentials(&secret)`");
    }
}
