//! The distribution.

use std::borrow::Cow;

use ce_cfn::cloudfront::{
    self, distribution as shape, monitoring_subscription as metrics, origin_access_control as access,
};
use ce_cfn::ids;
use ce_synth::value::{account_id, partition};
use ce_synth::{Expr, IntoValue, Scope, Value, join};

use super::layout::Layout;
use super::origin::Kind;
use super::{Behavior, bucket_access, logging};
use crate::edge::GlobalCertificate;
use crate::edge::firewall::GlobalWebFirewall;
use crate::edge::physical_name::physical_name;
use crate::edge::rules::{cdn_behavior, cdn_domain, plain_secret, unlogged_cdn, unprotected_cdn};
use crate::observe::{Metric, Statistic};
use crate::storage::Bucket;

/// The oldest version of TLS that viewers may use, with the ciphers that go with it.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewerTls {
    /// TLS 1.2 with forward secrecy
    #[default]
    Tls12In2021,
    /// TLS 1.2 with forward secrecy, without ciphers of CBC
    Tls12In2025,
    /// TLS 1.3
    Tls13In2025,
}

impl ViewerTls {
    const fn name(self) -> &'static str {
        match self {
            Self::Tls12In2021 => "TLSv1.2_2021",
            Self::Tls12In2025 => "TLSv1.2_2025",
            Self::Tls13In2025 => "TLSv1.3_2025",
        }
    }
}

/// Where in the world answers are cached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriceClass {
    /// Everywhere
    #[default]
    All,
    /// Not in South America, Australia and New Zealand
    Class200,
    /// In North America, Europe and Israel
    Class100,
}

impl PriceClass {
    const fn name(self) -> &'static str {
        match self {
            Self::All => "PriceClass_All",
            Self::Class200 => "PriceClass_200",
            Self::Class100 => "PriceClass_100",
        }
    }
}

/// From which countries a distribution answers: two letters of ISO 3166 each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Countries {
    /// All
    #[default]
    All,
    /// These alone
    Only(Vec<Cow<'static, str>>),
    /// All but these
    Except(Vec<Cow<'static, str>>),
}

/// Builds a [`Cdn`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CdnBuilder<'a> {
    default: Behavior<'a>,
    behaviors: Vec<(Cow<'static, str>, Behavior<'a>)>,
    certificate: Option<GlobalCertificate<'a>>,
    names: Vec<Value<String>>,
    tls: ViewerTls,
    firewall: Option<GlobalWebFirewall<'a>>,
    logs: Option<Bucket<'a>>,
    price_class: PriceClass,
    countries: Countries,
    root: Option<Cow<'static, str>>,
    errors: Vec<(u16, u16, Cow<'static, str>)>,
    additional_metrics: bool,
    name: Option<Cow<'static, str>>,
}

impl<'a> CdnBuilder<'a> {
    /// Answers the requests of a path, such as `/assets/*`, in another way; the first pattern that matches wins.
    /// Default: all paths are alike.
    pub fn behavior(mut self, path: impl Into<Cow<'static, str>>, behavior: Behavior<'a>) -> Self {
        self.behaviors.push((path.into(), behavior));
        self
    }

    /// Answers for these names, with a certificate of us-east-1 that is for them. Default: the name of CloudFront
    /// alone, with its certificate, which lets old versions of TLS in.
    pub fn domain<N: IntoValue<String>>(
        self,
        certificate: &GlobalCertificate<'a>,
        names: impl IntoIterator<Item = N>,
    ) -> Self {
        let names = names.into_iter().map(IntoValue::into_value).collect();
        Self { certificate: Some(certificate.clone()), names, ..self }
    }

    /// The oldest version of TLS that viewers may use. Default: [`ViewerTls::Tls12In2021`].
    pub fn viewer_tls(self, tls: ViewerTls) -> Self {
        Self { tls, ..self }
    }

    /// Puts a web ACL before it. Default: none.
    pub fn firewall(self, firewall: &GlobalWebFirewall<'a>) -> Self {
        Self { firewall: Some(*firewall), ..self }
    }

    /// Writes a line for each request to a bucket, as JSON, in a folder for each hour below the distribution's id.
    /// Default: no access logs.
    pub fn access_logs(self, bucket: &Bucket<'a>) -> Self {
        Self { logs: Some(*bucket), ..self }
    }

    /// Where in the world answers are cached. Default: [`PriceClass::All`].
    pub fn price_class(self, class: PriceClass) -> Self {
        Self { price_class: class, ..self }
    }

    /// The countries it answers to. Default: [`Countries::All`].
    pub fn countries(self, countries: Countries) -> Self {
        Self { countries, ..self }
    }

    /// The file that `/` answers with, such as `index.html`. Default: the origin decides.
    pub fn root(self, file: impl Into<Cow<'static, str>>) -> Self {
        Self { root: Some(file.into()), ..self }
    }

    /// Answers a failure of the origin with another status and a file: `.error(403, 200, "/index.html")` for a
    /// single-page application. Default: failures are passed on.
    pub fn error(mut self, status: u16, answer: u16, path: impl Into<Cow<'static, str>>) -> Self {
        self.errors.push((status, answer, path.into()));
        self
    }

    /// Measures cache hits, latency and errors by status too, for a surcharge. Default: requests, bytes and error rates.
    pub fn additional_metrics(self) -> Self {
        Self { additional_metrics: true, ..self }
    }

    /// Names the distribution in its comment, of up to 128 characters: it has no other name. Default: the construct's
    /// path.
    pub fn named(self, name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Adds the distribution.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Cdn<'a> {
        let scope = scope.child(id);
        self.check(scope);
        let mut layout = Layout::default();
        let behaviors = self.behaviors.iter().map(|(_, behavior)| behavior);
        let targets: Vec<String> =
            behaviors.chain([&self.default]).map(|behavior| layout.place(&behavior.origins)).collect();
        let access = layout.has_bucket().then(|| origin_access(scope));
        let config = self.config(scope, &layout, &targets, access.as_ref());
        let distribution = scope.add("Resource", cloudfront::Distribution::new().distribution_config(config));
        let cdn = Cdn { distribution, additional_metrics: self.additional_metrics };
        if self.additional_metrics {
            add_metrics(scope, distribution);
        }
        if let Some(bucket) = self.logs {
            logging::add(scope, cdn, bucket);
        }
        for origin in layout.origins() {
            if let Kind::Bucket { bucket: Some(bucket), .. } = &origin.kind {
                bucket_access::allow(*bucket, cdn);
            }
        }
        cdn
    }

    #[track_caller]
    fn check(&self, scope: Scope<'a>) {
        cdn_behavior::check(scope, &self.default, &self.behaviors);
        cdn_domain::check(scope, self.certificate.is_some(), &self.names);
        unprotected_cdn::check(scope, self.firewall.is_some());
        unlogged_cdn::check(scope, self.logs.is_some());
        let behaviors = self.behaviors.iter().map(|(_, behavior)| behavior).chain([&self.default]);
        for origin in behaviors.flat_map(|behavior| behavior.origins.all()) {
            if let Kind::Server { verification: Some(verification), .. } = &origin.kind {
                plain_secret::check(scope, verification);
            }
        }
    }

    fn config(
        &self,
        scope: Scope<'a>,
        layout: &Layout<'a>,
        targets: &[String],
        access: Option<&Value<ids::CloudFrontOriginAccessControl>>,
    ) -> shape::DistributionConfig {
        let (default_target, targets) =
            targets.split_last().map_or(("", targets), |(last, rest)| (last.as_str(), rest));
        let behaviors = self.behaviors.iter().zip(targets).map(|((path, behavior), target)| {
            Expr::Object(behavior.properties(target).with::<String>("PathPattern", path.clone()))
        });
        let behaviors: Vec<Expr> = behaviors.collect();
        let behaviors = if behaviors.is_empty() { Expr::Null } else { Expr::List(behaviors) };
        let comment = self.name.clone().unwrap_or_else(|| scope.path().into());
        shape::DistributionConfig::new()
            .enabled(true)
            .comment(comment)
            .aliases((!self.names.is_empty()).then(|| self.names.clone()))
            .http_version(shape::HttpVersion::HTTP2AND3)
            .ipv6_enabled(true)
            .price_class(self.price_class.name())
            .default_root_object(self.root.clone())
            .web_acl_id(self.firewall.map(GlobalWebFirewall::arn))
            .viewer_certificate(self.viewer_certificate())
            .restrictions(self.restrictions())
            .default_cache_behavior(Expr::Object(self.default.properties(default_target)))
            .cache_behaviors(behaviors)
            .custom_error_responses(self.error_responses())
            .origins(layout.resources(access))
            .origin_groups(layout.groups())
    }

    fn viewer_certificate(&self) -> shape::ViewerCertificate {
        match &self.certificate {
            None => shape::ViewerCertificate::new().cloud_front_default_certificate(true),
            Some(certificate) => shape::ViewerCertificate::new()
                .acm_certificate_arn(certificate.arn())
                .minimum_protocol_version(self.tls.name())
                .ssl_support_method(shape::SslSupportMethod::SNI_ONLY),
        }
    }

    fn restrictions(&self) -> shape::Restrictions {
        let geo = shape::GeoRestriction::new();
        let geo = match &self.countries {
            Countries::All => geo.restriction_type(shape::RestrictionType::NONE),
            Countries::Only(these) => geo.restriction_type(shape::RestrictionType::WHITELIST).locations(these.clone()),
            Countries::Except(these) => {
                geo.restriction_type(shape::RestrictionType::BLACKLIST).locations(these.clone())
            }
        };
        shape::Restrictions::new().geo_restriction(geo)
    }

    fn error_responses(&self) -> Option<Vec<shape::CustomErrorResponse>> {
        let response = |(status, answer, path): &(u16, u16, Cow<'static, str>)| {
            shape::CustomErrorResponse::new()
                .error_code(*status)
                .response_code(*answer)
                .response_page_path(path.clone())
        };
        (!self.errors.is_empty()).then(|| self.errors.iter().map(response).collect())
    }
}

/// What signs the requests for buckets.
#[track_caller]
fn origin_access(scope: Scope<'_>) -> Value<ids::CloudFrontOriginAccessControl> {
    let config = access::OriginAccessControlConfig::new()
        .name(physical_name(scope, 64))
        .origin_access_control_origin_type("s3")
        .signing_behavior("always")
        .signing_protocol("sigv4");
    let access = cloudfront::OriginAccessControl::new().origin_access_control_config(config);
    scope.add("OriginAccess", access).into_value()
}

#[track_caller]
fn add_metrics<'a>(scope: Scope<'a>, distribution: cloudfront::DistributionRef<'a>) {
    let status = metrics::RealtimeMetricsSubscriptionStatus::ENABLED;
    let config = metrics::RealtimeMetricsSubscriptionConfig::new().realtime_metrics_subscription_status(status);
    let subscription = metrics::MonitoringSubscriptionProperty::new().realtime_metrics_subscription_config(config);
    let subscription =
        cloudfront::MonitoringSubscription::new().distribution_id(distribution).monitoring_subscription(subscription);
    scope.add("AdditionalMetrics", subscription);
}

/// A CloudFront distribution.
#[derive(Clone, Copy)]
pub struct Cdn<'a> {
    distribution: cloudfront::DistributionRef<'a>,
    pub(super) additional_metrics: bool,
}

impl<'a> Cdn<'a> {
    /// A distribution that does this with requests, where no other behavior is for their path.
    pub fn builder(default: Behavior<'a>) -> CdnBuilder<'a> {
        CdnBuilder {
            default,
            behaviors: Vec::new(),
            certificate: None,
            names: Vec::new(),
            tls: ViewerTls::default(),
            firewall: None,
            logs: None,
            price_class: PriceClass::default(),
            countries: Countries::default(),
            root: None,
            errors: Vec::new(),
            additional_metrics: false,
            name: None,
        }
    }

    /// Its own name, `d111111abcdef8.cloudfront.net`.
    pub fn domain_name(self) -> Value<String> {
        self.distribution.domain_name()
    }

    /// Its id.
    pub fn id(self) -> Value<ids::CloudFrontDistribution> {
        self.distribution.into_value()
    }

    /// Its ARN.
    pub fn arn(self) -> Value<String> {
        join!["arn:", partition(), ":cloudfront::", account_id(), ":distribution/", self.id()]
    }

    /// Requests answered from the cache, in percent; needs [`additional_metrics`](CdnBuilder::additional_metrics).
    /// Metrics of distributions are in us-east-1 alone.
    pub fn cache_hit_rate(self) -> Metric {
        self.metric("CacheHitRate").statistic(Statistic::Average)
    }

    /// Answers with 5XX, in percent.
    pub fn server_error_rate(self) -> Metric {
        self.metric("5xxErrorRate").statistic(Statistic::Average)
    }

    /// Any metric of the distribution, by its name.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html>
    pub fn metric(self, name: impl Into<String>) -> Metric {
        Metric::new("AWS/CloudFront", name).dimension("DistributionId", self.id()).dimension("Region", "Global")
    }

    /// The `AWS::CloudFront::Distribution`.
    pub const fn distribution(self) -> cloudfront::DistributionRef<'a> {
        self.distribution
    }
}
