//! What a distribution does with the requests of a path.

use ce_cfn::cloudfront::distribution as shape;
use ce_cfn::ids;
use ce_synth::{IntoValue, PropMap, Value};

use super::{CachePolicy, Origin, Origins};

/// Which methods viewers may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Methods {
    /// `GET`, `HEAD`
    GetHead,
    /// `GET`, `HEAD`, `OPTIONS`
    GetHeadOptions,
    /// All seven that CloudFront knows
    All,
}

impl Methods {
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::GetHead => &["GET", "HEAD"],
            Self::GetHeadOptions => &["GET", "HEAD", "OPTIONS"],
            Self::All => &["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
        }
    }
}

/// What the origin gets of a request, beside what is part of the cache key.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html>
#[derive(Clone, Debug, PartialEq)]
pub enum Forwarding {
    /// Nothing more.
    Nothing,
    /// Everything the viewer sent, the host too: AWS' `AllViewer`.
    AllViewer,
    /// Everything but the host: AWS' `AllViewerExceptHostHeader`.
    AllViewerExceptHost,
    /// Everything, and what CloudFront knows of the viewer: AWS' `AllViewerAndCloudFrontHeaders-2022-06`.
    AllViewerAndCloudFront,
    /// A policy, by its id.
    Policy(Value<ids::CloudFrontOriginRequestPolicy>),
}

impl Forwarding {
    fn id(&self) -> Option<Value<ids::CloudFrontOriginRequestPolicy>> {
        let id = match self {
            Self::Nothing => return None,
            Self::AllViewer => "216adef6-5c7f-47e4-b989-5492eafa07d3",
            Self::AllViewerExceptHost => "b689b0a8-53d0-40ab-baf2-68738e2966ac",
            Self::AllViewerAndCloudFront => "33f36d7e-f396-46d9-90e0-52428a34d9dc",
            Self::Policy(id) => return Some(id.clone()),
        };
        Some(id.into_value())
    }

    /// Whether it is known to send the viewer's host.
    pub(crate) const fn sends_host(&self) -> bool {
        matches!(self, Self::AllViewer | Self::AllViewerAndCloudFront)
    }
}

/// Headers that are added to answers.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponseHeaders {
    /// None.
    Nothing,
    /// `Strict-Transport-Security`, `X-Content-Type-Options`, `X-Frame-Options` and the like, where the origin did not
    /// send them: AWS' `SecurityHeadersPolicy`.
    Security,
    /// A policy, by its id.
    Policy(Value<ids::CloudFrontResponseHeadersPolicy>),
}

impl ResponseHeaders {
    fn id(&self) -> Option<Value<ids::CloudFrontResponseHeadersPolicy>> {
        match self {
            Self::Nothing => None,
            Self::Security => Some("67f7725c-6f97-4210-82d7-5512b31e9d03".into_value()),
            Self::Policy(id) => Some(id.clone()),
        }
    }
}

/// What a distribution does with the requests of a path.
#[derive(Clone)]
#[must_use = "a behavior does nothing until a distribution takes it"]
pub struct Behavior<'a> {
    pub(crate) origins: Origins<'a>,
    pub(crate) methods: Methods,
    cache: CachePolicy,
    pub(crate) forwarding: Forwarding,
    headers: ResponseHeaders,
    compress: bool,
    refuses_http: bool,
}

impl<'a> Behavior<'a> {
    /// For applications: all methods, nothing cached, everything the viewer sent goes to the origin.
    pub fn dynamic(origins: impl Into<Origins<'a>>) -> Self {
        Self {
            methods: Methods::All,
            forwarding: Forwarding::AllViewer,
            ..Self::cached(origins, CachePolicy::disabled())
        }
    }

    /// For files: `GET`, `HEAD` and `OPTIONS`, cached; the origin gets what is part of the cache key.
    pub fn cached(origins: impl Into<Origins<'a>>, cache: CachePolicy) -> Self {
        Self {
            origins: origins.into(),
            methods: Methods::GetHeadOptions,
            cache,
            forwarding: Forwarding::Nothing,
            headers: ResponseHeaders::Security,
            compress: true,
            refuses_http: false,
        }
    }

    /// The methods viewers may use. Default: all for [`dynamic`](Self::dynamic), else those that read.
    pub fn methods(self, methods: Methods) -> Self {
        Self { methods, ..self }
    }

    /// What the origin gets. Default: everything for [`dynamic`](Self::dynamic), else what is part of the cache key.
    pub fn forwarding(self, forwarding: Forwarding) -> Self {
        Self { forwarding, ..self }
    }

    /// Headers that are added to answers. Default: [`ResponseHeaders::Security`].
    pub fn response_headers(self, headers: ResponseHeaders) -> Self {
        Self { headers, ..self }
    }

    /// Whether cacheable answers are compressed for viewers that take it. Default: true.
    pub fn compress(self, on: bool) -> Self {
        Self { compress: on, ..self }
    }

    /// Refuses plain HTTP with 403, for clients that should never send a secret in the clear. Default: it is redirected
    /// to HTTPS.
    pub fn https_only(self) -> Self {
        Self { refuses_http: true, ..self }
    }

    /// Whether it gets answers from a bucket.
    pub(crate) fn has_bucket(&self) -> bool {
        self.origins.all().any(Origin::is_bucket)
    }

    /// The properties that the default behavior and those of paths share.
    pub(super) fn properties(&self, target: &str) -> PropMap {
        let viewer = if self.refuses_http { "https-only" } else { "redirect-to-https" };
        // CloudFront caches answers to those of the allowed methods that read.
        let cached = if self.methods == Methods::GetHead { Methods::GetHead } else { Methods::GetHeadOptions };
        let behavior = shape::DefaultCacheBehavior::new()
            .target_origin_id(target)
            .viewer_protocol_policy(viewer)
            .allowed_methods(self.methods.names())
            .cached_methods(cached.names())
            .cache_policy_id(self.cache.id())
            .origin_request_policy_id(self.forwarding.id())
            .response_headers_policy_id(self.headers.id())
            .compress(self.compress);
        let value: Value<shape::DefaultCacheBehavior> = behavior.into_value();
        value.expr().as_object().cloned().unwrap_or_default()
    }
}
