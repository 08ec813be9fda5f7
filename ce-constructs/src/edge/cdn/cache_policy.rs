//! How long answers are cached, and what tells them apart.

use std::borrow::Cow;

use ce_cfn::cloudfront::{self, cache_policy as shape};
use ce_cfn::ids;
use ce_synth::{Duration, IntoValue, Scope, Value};

use crate::edge::physical_name::physical_name;

/// What is cached, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub struct CachePolicy(Value<ids::CloudFrontCachePolicy>);

impl CachePolicy {
    /// Nothing is cached: AWS' `CachingDisabled`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html>
    pub fn disabled() -> Self {
        Self("4135ea2d-6df8-44a3-9df3-4b5a84be39ad".into_value())
    }

    /// A day, up to a year, whatever the query, headers and cookies, compressed: AWS' `CachingOptimized`.
    pub fn optimized() -> Self {
        Self("658327ea-f89d-4fab-a63d-7e88639e58f6".into_value())
    }

    /// A policy that exists already, by its id.
    pub fn existing(id: impl IntoValue<ids::CloudFrontCachePolicy>) -> Self {
        Self(id.into_value())
    }

    /// A policy of your own: how long an answer is cached that says nothing about it.
    ///
    /// ```
    /// use ce_constructs::edge::cdn::CachePolicy;
    /// use ce_synth::{Duration, Scope};
    /// fn assets(scope: Scope<'_>) -> CachePolicy {
    ///     CachePolicy::builder(Duration::days(1)).build(scope, "AssetCache")
    /// }
    /// ```
    pub fn builder(default: Duration) -> CachePolicyBuilder {
        CachePolicyBuilder {
            default,
            least: Duration::seconds(0),
            most: Duration::days(365),
            queries: Keys::None,
            headers: Vec::new(),
            name: None,
        }
    }

    pub(super) fn id(&self) -> Value<ids::CloudFrontCachePolicy> {
        self.0.clone()
    }
}

#[derive(Clone)]
enum Keys {
    None,
    All,
    These(Vec<Cow<'static, str>>),
}

/// Builds a [`CachePolicy`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CachePolicyBuilder {
    default: Duration,
    least: Duration,
    most: Duration,
    queries: Keys,
    headers: Vec<Cow<'static, str>>,
    name: Option<Cow<'static, str>>,
}

impl CachePolicyBuilder {
    /// The shortest and the longest time that answers can ask for. Default: 0 seconds and 365 days.
    pub fn between(self, least: Duration, most: Duration) -> Self {
        Self { least, most, ..self }
    }

    /// Answers differ by the whole query, which the origin gets. Default: the query does not count.
    pub fn by_query(self) -> Self {
        Self { queries: Keys::All, ..self }
    }

    /// Answers differ by these parameters of the query, which the origin gets. Default: the query does not count.
    pub fn by_query_parameters<K: Into<Cow<'static, str>>>(self, names: impl IntoIterator<Item = K>) -> Self {
        Self { queries: Keys::These(names.into_iter().map(Into::into).collect()), ..self }
    }

    /// Answers differ by this header too, which the origin gets. Default: headers do not count.
    pub fn by_header(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push(name.into());
        self
    }

    /// Names the policy; unique in the account. Default: a name made of the stack's and the construct's, because AWS
    /// asks for one.
    pub fn named(self, name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Adds the policy. Cookies never count; compressed answers (gzip, Brotli) are cached apart.
    #[track_caller]
    pub fn build(self, scope: Scope<'_>, id: &str) -> CachePolicy {
        let scope = scope.child(id);
        let name = self.name.unwrap_or_else(|| physical_name(scope, 128).into());
        let queries = shape::QueryStringsConfig::new();
        let queries = match self.queries {
            Keys::None => queries.query_string_behavior("none"),
            Keys::All => queries.query_string_behavior("all"),
            Keys::These(names) => queries.query_string_behavior("whitelist").query_strings(names),
        };
        let headers = shape::HeadersConfig::new();
        let headers = if self.headers.is_empty() {
            headers.header_behavior("none")
        } else {
            headers.header_behavior("whitelist").headers(self.headers)
        };
        let parameters = shape::ParametersInCacheKeyAndForwardedToOrigin::new()
            .enable_accept_encoding_gzip(true)
            .enable_accept_encoding_brotli(true)
            .cookies_config(shape::CookiesConfig::new().cookie_behavior("none"))
            .headers_config(headers)
            .query_strings_config(queries);
        let config = shape::CachePolicyConfig::new()
            .name(name)
            .default_ttl(self.default.as_seconds())
            .min_ttl(self.least.as_seconds())
            .max_ttl(self.most.as_seconds())
            .parameters_in_cache_key_and_forwarded_to_origin(parameters);
        CachePolicy(scope.add("Resource", cloudfront::CachePolicy::new().cache_policy_config(config)).into_value())
    }
}
