//! Where requests enter: certificates, hosted zones and records, firewalls, content delivery.
//!
//! ```
//! use ce_constructs::edge::{Certificate, HostedZone, Record};
//! use ce_constructs::network::load_balancer::ApplicationLoadBalancer;
//! use ce_constructs::network::Network;
//! use ce_synth::Scope;
//! fn entrance(scope: Scope<'_>, network: &impl Network) {
//!     let zone = HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com");
//!     let certificate = Certificate::builder("api.example.com", &zone).build(scope, "Certificate");
//!     let balancer = ApplicationLoadBalancer::builder(network).https(&certificate).build(scope, "Balancer");
//!     Record::builder(&zone, "api.example.com", &balancer).build(scope, "Name");
//! }
//! ```
//!
//! By default certificates are proved by DNS; firewalls block what AWS' managed rules find, and limit each address to
//! 2,000 requests in five minutes; distributions use HTTPS to viewers and origins.
//!
//! What CloudFront takes from us-east-1 alone has types of its own, [`GlobalCertificate`] and
//! [`GlobalWebFirewall`]: those of another region are no arguments for a [`Cdn`].
//!
//! It does not register domains, and does not do private hosted zones or DNSSEC.

pub mod cdn;
mod certificate;
pub mod firewall;
mod health_check;
mod origin_verification;
mod physical_name;
mod record;
pub mod rules;
mod zone;

pub use cdn::Cdn;
pub use certificate::{Certificate, CertificateBuilder, GlobalCertificate, KeyAlgorithm};
pub use firewall::{GlobalWebFirewall, WebFirewall};
pub use health_check::{CheckInterval, HealthCheck, HealthCheckBuilder};
pub use origin_verification::OriginVerification;
pub use record::{Record, RecordBuilder, RecordTarget, RecordType, Routing};
pub use rules::RULES;
pub use zone::{HostedZone, HostedZoneBuilder};
