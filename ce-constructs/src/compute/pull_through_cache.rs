//! Copies of other registries' images.

use ce_cfn::ecr;
use ce_synth::value::{account_id, region, url_suffix};
use ce_synth::{Expr, Scope, Value, join};

use super::rules;
use crate::security::{Secret, own_arn};

/// A registry that ECR can keep copies of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpstreamRegistry {
    /// `public.ecr.aws`; needs no credentials.
    EcrPublic,
    /// `registry.k8s.io`; needs no credentials.
    Kubernetes,
    /// `quay.io`; needs no credentials.
    Quay,
    /// `registry-1.docker.io`
    DockerHub,
    /// `ghcr.io`
    GitHub,
}

impl UpstreamRegistry {
    const fn name_and_url(self) -> (&'static str, &'static str) {
        match self {
            Self::EcrPublic => ("ecr-public", "public.ecr.aws"),
            Self::Kubernetes => ("k8s", "registry.k8s.io"),
            Self::Quay => ("quay", "quay.io"),
            Self::DockerHub => ("docker-hub", "registry-1.docker.io"),
            Self::GitHub => ("github-container-registry", "ghcr.io"),
        }
    }

    /// Whether it answers only those who sign in.
    pub const fn needs_credentials(self) -> bool {
        matches!(self, Self::DockerHub | Self::GitHub)
    }
}

/// A part of the account's registry that holds copies of another registry's images, made when one is first pulled.
///
/// ```no_run
/// # use ce_synth::Scope;
/// # use ce_constructs::compute::{PullThroughCache, UpstreamRegistry};
/// # fn example(scope: Scope<'_>) {
/// PullThroughCache::builder(UpstreamRegistry::EcrPublic, "public").build(scope, "Cache");
/// # }
/// ```
///
/// By default its repositories are scanned at push, and tags may move, as the other registry moves them. It checks the
/// other registry once a day.
///
/// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html>
#[derive(Clone)]
pub struct PullThroughCache<'a> {
    rule: ecr::PullThroughCacheRuleRef<'a>,
    prefix: String,
}

/// Builder of a [`PullThroughCache`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct PullThroughCacheBuilder {
    upstream: UpstreamRegistry,
    prefix: String,
    credentials: Option<Value<String>>,
}

impl PullThroughCache<'_> {
    /// Copies of a registry's images below a prefix of the account's own.
    pub fn builder(upstream: UpstreamRegistry, prefix: impl Into<String>) -> PullThroughCacheBuilder {
        PullThroughCacheBuilder { upstream, prefix: prefix.into(), credentials: None }
    }
}

impl PullThroughCacheBuilder {
    /// The user and token for the other registry, in a secret whose name begins with `ecr-pullthroughcache/`.
    /// Default: none.
    pub fn credentials(mut self, secret: &Secret<'_>) -> Self {
        self.credentials = Some(secret.arn().cast());
        self
    }

    /// Adds the cache and the template of its repositories.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> PullThroughCache<'a> {
        let scope = scope.child(id);
        rules::cache_credentials::check(scope, self.upstream, self.credentials.is_some());
        let (name, url) = self.upstream.name_and_url();
        let template = ecr::RepositoryCreationTemplate::new()
            .prefix(self.prefix.clone())
            .applied_for(Expr::list(["PULL_THROUGH_CACHE"]))
            .image_tag_mutability("MUTABLE");
        scope.add("Template", template);
        let rule = ecr::PullThroughCacheRule::new()
            .ecr_repository_prefix(self.prefix.clone())
            .upstream_registry(name)
            .upstream_registry_url(url)
            .credential_arn(self.credentials);
        PullThroughCache { rule: scope.add("Resource", rule), prefix: self.prefix }
    }
}

impl<'a> PullThroughCache<'a> {
    /// What an image of the other registry is pulled from.
    pub fn uri(&self, name: &str) -> Value<String> {
        join![account_id(), ".dkr.ecr.", region(), ".", url_suffix(), "/", &self.prefix, "/", name]
    }

    /// The ARN of the repository that holds the copies of an image.
    pub fn repository_arn(&self, name: &str) -> Value<String> {
        own_arn("ecr", join!["repository/", &self.prefix, "/", name])
    }

    /// The generated resource.
    pub fn rule(&self) -> ecr::PullThroughCacheRuleRef<'a> {
        self.rule
    }
}
