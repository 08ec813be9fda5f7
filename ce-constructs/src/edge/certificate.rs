//! TLS certificates of ACM, validated by DNS.

use ce_cfn::certificatemanager::{self as acm, certificate as shape};
use ce_cfn::ids;
use ce_synth::{IntoValue, Region, Scope, Value};

use super::HostedZone;
use super::rules::{domain_name, global_region};

/// Builds a [`Certificate`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CertificateBuilder {
    domain: Value<String>,
    zone: Value<ids::Route53HostedZone>,
    names: Vec<Value<String>>,
    key: KeyAlgorithm,
}

/// The key of a certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyAlgorithm {
    /// RSA of 2,048 bits.
    #[default]
    Rsa2048,
    /// ECDSA on P-256: smaller handshakes.
    EcdsaP256,
    /// ECDSA on P-384.
    EcdsaP384,
}

impl KeyAlgorithm {
    const fn name(self) -> &'static str {
        match self {
            Self::Rsa2048 => "RSA_2048",
            Self::EcdsaP256 => "EC_prime256v1",
            Self::EcdsaP384 => "EC_secp384r1",
        }
    }
}

impl CertificateBuilder {
    /// One more name that it is for, of the same zone, as `*.example.com`. Default: its domain alone.
    pub fn subject_alternative_name(mut self, name: impl IntoValue<String>) -> Self {
        self.names.push(name.into_value());
        self
    }

    /// More names that it is for, all of the same zone. Default: its domain alone.
    pub fn subject_alternative_names<N: IntoValue<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.names.extend(names.into_iter().map(IntoValue::into_value));
        self
    }

    /// The kind of its key. Default: [`KeyAlgorithm::Rsa2048`].
    pub fn key_algorithm(self, key: KeyAlgorithm) -> Self {
        Self { key, ..self }
    }

    /// Adds the certificate, for load balancers of the stack's region.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Certificate<'a> {
        let scope = scope.child(id);
        for name in self.names.iter().chain([&self.domain]) {
            domain_name::check(scope, name);
        }
        let validated = std::iter::once(&self.domain).chain(&self.names);
        let options: Vec<_> = validated
            .map(|name| shape::DomainValidationOption::new().domain_name(name).hosted_zone_id(self.zone.clone()))
            .collect();
        let certificate = acm::Certificate::new()
            .domain_name(&self.domain)
            .subject_alternative_names((!self.names.is_empty()).then_some(self.names))
            .validation_method("DNS")
            .domain_validation_options(options)
            .key_algorithm(self.key.name());
        let certificate = scope.add("Resource", certificate);
        Certificate { arn: certificate.ref_().into_value(), region: Some(scope.region()), made: Some(certificate) }
    }

    /// Adds the certificate, for CloudFront: the stack has to be in us-east-1.
    #[track_caller]
    pub fn build_global<'a>(self, scope: Scope<'a>, id: &str) -> GlobalCertificate<'a> {
        global_region::check(scope, "a certificate of CloudFront");
        GlobalCertificate(self.build(scope, id))
    }
}

/// A certificate of ACM.
///
/// ```
/// use ce_constructs::edge::{Certificate, HostedZone};
/// use ce_synth::Scope;
///
/// fn certificates(us_east_1: Scope<'_>, stack: Scope<'_>) {
///     let zone = HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com");
///     let site = Certificate::builder("example.com", &zone).subject_alternative_name("*.example.com");
///     site.build_global(us_east_1, "Site"); // for a CDN
///     Certificate::builder("api.example.com", &zone).build(stack, "Api"); // for a load balancer
/// }
/// ```
///
/// By default it is validated by a record in the zone, and its key is RSA with 2,048 bits.
#[derive(Clone)]
pub struct Certificate<'a> {
    arn: Value<ids::CertificateManagerCertificateArn>,
    region: Option<Region>,
    made: Option<acm::CertificateRef<'a>>,
}

impl<'a> Certificate<'a> {
    /// A certificate for a domain, such as `example.com` or `*.example.com`, proved with records in a hosted zone.
    ///
    /// CloudFormation waits until it is issued, so the zone has to be reachable by DNS.
    pub fn builder(domain: impl IntoValue<String>, zone: &HostedZone<'_>) -> CertificateBuilder {
        CertificateBuilder {
            domain: domain.into_value(),
            zone: zone.id(),
            names: Vec::new(),
            key: KeyAlgorithm::default(),
        }
    }

    /// A certificate that exists already, by its ARN.
    pub fn existing(arn: impl IntoValue<ids::CertificateManagerCertificateArn>) -> Self {
        let arn = arn.into_value();
        let region = arn.expr().as_text().and_then(|text| text.split(':').nth(3)?.parse().ok());
        Self { arn, region, made: None }
    }

    /// Its ARN.
    pub fn arn(&self) -> Value<ids::CertificateManagerCertificateArn> {
        self.arn.clone()
    }

    /// The region it is in; unknown for one that exists and whose ARN is not a literal.
    pub const fn region(&self) -> Option<Region> {
        self.region
    }

    /// The `AWS::CertificateManager::Certificate`, unless it existed already.
    pub const fn certificate(&self) -> Option<acm::CertificateRef<'a>> {
        self.made
    }
}

/// A certificate of us-east-1: the only ones CloudFront takes.
///
/// A type of its own, so that a certificate of a load balancer's region is no argument for a [`Cdn`](super::Cdn).
#[derive(Clone)]
pub struct GlobalCertificate<'a>(Certificate<'a>);

impl<'a> GlobalCertificate<'a> {
    /// A certificate of us-east-1 that exists already, by its ARN; another region's is a finding at `scope`.
    #[track_caller]
    pub fn existing(scope: Scope<'a>, arn: impl IntoValue<ids::CertificateManagerCertificateArn>) -> Self {
        let certificate = Certificate::existing(arn);
        if let Some(region) = certificate.region {
            global_region::check_region(scope, region, "a certificate of CloudFront");
        }
        Self(certificate)
    }

    /// As a certificate for load balancers, which of us-east-1 take it too.
    pub const fn regional(&self) -> &Certificate<'a> {
        &self.0
    }

    /// Its ARN.
    pub fn arn(&self) -> Value<ids::CertificateManagerCertificateArn> {
        self.0.arn()
    }
}
