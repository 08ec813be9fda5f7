//! Where a distribution gets its answers from.

use std::borrow::Cow;

use ce_cfn::cloudfront::distribution as shape;
use ce_cfn::ids;
use ce_synth::{Duration, IntoValue, Region, Value};

use crate::edge::OriginVerification;
use crate::storage::{Bucket, BucketName};

/// A server or a bucket that a distribution gets answers from.
#[derive(Clone)]
#[must_use = "an origin does nothing until a behavior takes it"]
pub struct Origin<'a> {
    pub(super) kind: Kind<'a>,
    path: Option<Cow<'static, str>>,
    attempts: u8,
    connect_timeout: Duration,
    shield: Option<Region>,
}

#[derive(Clone)]
pub(super) enum Kind<'a> {
    Server {
        domain: Value<String>,
        verification: Option<OriginVerification>,
        read_timeout: Duration,
        keep_alive: Duration,
    },
    Bucket {
        domain: Value<String>,
        bucket: Option<Bucket<'a>>,
    },
}

impl<'a> Origin<'a> {
    fn of(kind: Kind<'a>) -> Self {
        Self { kind, path: None, attempts: 3, connect_timeout: Duration::seconds(10), shield: None }
    }

    /// A server with this domain name, spoken to with HTTPS (TLS 1.2) alone. Its certificate has to be for the name,
    /// or for the viewer's host where that is forwarded.
    pub fn server(domain: impl IntoValue<String>) -> Self {
        let (read_timeout, keep_alive) = (Duration::seconds(30), Duration::seconds(5));
        Self::of(Kind::Server { domain: domain.into_value(), verification: None, read_timeout, keep_alive })
    }

    /// A bucket, read with signed requests: its policy gets a statement that lets this distribution read.
    pub fn bucket(bucket: &Bucket<'a>) -> Self {
        Self::of(Kind::Bucket { domain: bucket.regional_domain_name(), bucket: Some(*bucket) })
    }

    /// A bucket by its name, as a replica in another region; its policy has to let the distribution read.
    pub fn bucket_named(name: &BucketName, region: Region) -> Self {
        let suffix = if region.partition() == "aws-cn" { ".cn" } else { "" };
        let domain = format!("{name}.s3.{region}.amazonaws.com{suffix}").into_value();
        Self::of(Kind::Bucket { domain, bucket: None })
    }

    /// Adds a secret header to each request, so that a server knows them. Default: none; buckets know signatures.
    pub fn verified_by(mut self, given: &OriginVerification) -> Self {
        if let Kind::Server { verification, .. } = &mut self.kind {
            *verification = Some(given.clone());
        }
        self
    }

    /// How long a server may be silent, 1 to 120 seconds; over 60 needs a higher quota. Default: 30 seconds.
    pub fn read_timeout(mut self, time: Duration) -> Self {
        if let Kind::Server { read_timeout, .. } = &mut self.kind {
            *read_timeout = time;
        }
        self
    }

    /// How long an idle connection to a server is kept, 1 to 120 seconds; over 60 needs a higher quota.
    /// Default: 5 seconds.
    pub fn keep_alive(mut self, time: Duration) -> Self {
        if let Kind::Server { keep_alive, .. } = &mut self.kind {
            *keep_alive = time;
        }
        self
    }

    /// Tries to connect so often, 1 to 3 times, for so long each, 1 to 10 seconds. Default: 3 times, 10 seconds.
    pub fn connect(self, attempts: u8, timeout: Duration) -> Self {
        Self { attempts, connect_timeout: timeout, ..self }
    }

    /// A folder that is put before each path, starting with `/`. Default: none.
    pub fn folder(self, path: impl Into<Cow<'static, str>>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// One more cache, in the region nearest to the origin. Default: none.
    pub fn shield(self, region: Region) -> Self {
        Self { shield: Some(region), ..self }
    }

    pub(super) fn resource(
        &self,
        id: &str,
        access: Option<&Value<ids::CloudFrontOriginAccessControl>>,
    ) -> shape::Origin {
        let shield =
            self.shield.map(|region| shape::OriginShield::new().enabled(true).origin_shield_region(region.as_str()));
        let origin = shape::Origin::new()
            .id(id)
            .origin_path(self.path.clone())
            .connection_attempts(self.attempts)
            .connection_timeout(self.connect_timeout.as_seconds())
            .origin_shield(shield);
        match &self.kind {
            // The empty identity says that access control is used instead.
            Kind::Bucket { domain, .. } => origin
                .domain_name(domain)
                .s3_origin_config(shape::S3OriginConfig::new().origin_access_identity(""))
                .origin_access_control_id(access.cloned()),
            Kind::Server { domain, verification, read_timeout, keep_alive } => {
                let server = shape::CustomOriginConfig::new()
                    .origin_protocol_policy("https-only")
                    .origin_ssl_protocols(["TLSv1.2"])
                    .origin_read_timeout(read_timeout.as_seconds())
                    .origin_keepalive_timeout(keep_alive.as_seconds());
                let header = verification.as_ref().map(|known| {
                    vec![
                        shape::OriginCustomHeader::new()
                            .header_name(known.header.clone())
                            .header_value(known.value.clone()),
                    ]
                });
                origin.domain_name(domain).custom_origin_config(server).origin_custom_headers(header)
            }
        }
    }

    pub(super) const fn is_bucket(&self) -> bool {
        matches!(self.kind, Kind::Bucket { .. })
    }
}

/// One origin, or two of which the second is asked when the first fails.
#[derive(Clone)]
#[must_use = "origins do nothing until a behavior takes them"]
pub struct Origins<'a> {
    pub(super) first: Origin<'a>,
    pub(super) second: Option<Origin<'a>>,
    pub(super) codes: Vec<u16>,
}

impl<'a> Origins<'a> {
    /// Asks `second` when `first` cannot be reached or answers 500, 502, 503 or 504. For reads alone: `GET`, `HEAD` and
    /// `OPTIONS`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html>
    pub fn failover(first: Origin<'a>, second: Origin<'a>) -> Self {
        Self { first, second: Some(second), codes: vec![500, 502, 503, 504] }
    }

    /// The status codes that count as failures. Default: 500, 502, 503, 504.
    pub fn on_status(self, codes: impl IntoIterator<Item = u16>) -> Self {
        Self { codes: codes.into_iter().collect(), ..self }
    }

    /// Whether there are two.
    pub(crate) const fn fails_over(&self) -> bool {
        self.second.is_some()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Origin<'a>> {
        std::iter::once(&self.first).chain(&self.second)
    }
}

impl<'a> From<Origin<'a>> for Origins<'a> {
    fn from(first: Origin<'a>) -> Self {
        Self { first, second: None, codes: Vec::new() }
    }
}
