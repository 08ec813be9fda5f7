//! DNS records.

use std::borrow::Cow;

use ce_cfn::ids;
use ce_cfn::route53::{self, record_set as shape};
use ce_synth::{Duration, IntoValue, Region, Scope, Value};

use super::rules::{domain_name, record_setting};
use super::{Cdn, HealthCheck, HostedZone};
use crate::network::load_balancer::ApplicationLoadBalancer;

/// The Route 53 zone of every CloudFront distribution.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html>
const CLOUD_FRONT_ZONE: &str = "Z2FDTNDATAQYW2";

/// What a record points to.
#[derive(Clone, Debug)]
pub enum RecordTarget {
    /// Something of AWS, free of charge and allowed at the top of a zone: a load balancer or a distribution.
    Alias {
        /// Its DNS name.
        dns_name: Value<String>,
        /// The Route 53 zone of that name.
        zone: Value<String>,
        /// Whether its health decides about the record; CloudFront does not know.
        evaluates_health: bool,
        /// Whether it has IPv6 addresses, for an `AAAA` record beside the `A` record.
        ipv6: bool,
    },
    /// Plain values.
    Values {
        /// The type of record.
        kind: RecordType,
        /// The values; of one `TXT` record, each in double quotes.
        values: Vec<Value<String>>,
    },
}

impl RecordTarget {
    /// Plain values.
    pub fn values<V: IntoValue<String>>(kind: RecordType, values: impl IntoIterator<Item = V>) -> Self {
        Self::Values { kind, values: values.into_iter().map(IntoValue::into_value).collect() }
    }
}

impl RecordTarget {
    const fn record_type(&self) -> &'static str {
        match self {
            Self::Alias { .. } => "A",
            Self::Values { kind, .. } => kind.name(),
        }
    }
}

impl From<&ApplicationLoadBalancer<'_>> for RecordTarget {
    fn from(balancer: &ApplicationLoadBalancer<'_>) -> Self {
        let (dns_name, zone) = (balancer.dns_name(), balancer.dns_zone());
        Self::Alias { dns_name, zone, evaluates_health: true, ipv6: false }
    }
}

impl From<&Cdn<'_>> for RecordTarget {
    fn from(cdn: &Cdn<'_>) -> Self {
        let (dns_name, zone) = (cdn.domain_name(), CLOUD_FRONT_ZONE.into_value());
        Self::Alias { dns_name, zone, evaluates_health: false, ipv6: true }
    }
}

/// Types of records with plain values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordType {
    /// IPv4 addresses
    A,
    /// IPv6 addresses
    Aaaa,
    /// Certificate authorities
    Caa,
    /// Another name
    Cname,
    /// Mail servers
    Mx,
    /// Name servers of a zone below
    Ns,
    /// Hosts and ports of a service
    Srv,
    /// Texts
    Txt,
}

impl RecordType {
    const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Caa => "CAA",
            Self::Cname => "CNAME",
            Self::Mx => "MX",
            Self::Ns => "NS",
            Self::Srv => "SRV",
            Self::Txt => "TXT",
        }
    }
}

/// How Route 53 chooses between records of one name and type.
#[derive(Clone, Debug, Default)]
pub enum Routing {
    /// There is one record.
    #[default]
    Simple,
    /// The answer while its health check passes.
    Primary,
    /// The answer while the primary's health check fails.
    Secondary,
    /// A share of the answers.
    Weighted {
        /// What tells it from the other records of the name.
        identifier: Cow<'static, str>,
        /// Its weight of 0 to 255: its share of the sum. 0 is never chosen, unless all are 0.
        weight: u8,
    },
    /// The answer for clients to whom this region is the nearest.
    Latency(Region),
}

impl Routing {
    /// A share of the answers: a weight of 0 to 255.
    pub fn weighted(identifier: impl Into<Cow<'static, str>>, weight: u8) -> Self {
        Self::Weighted { identifier: identifier.into(), weight }
    }

    fn apply(self, record: route53::RecordSet) -> route53::RecordSet {
        match self {
            Self::Simple => record,
            Self::Primary => record.set_identifier("primary").failover(shape::Failover::PRIMARY),
            Self::Secondary => record.set_identifier("secondary").failover(shape::Failover::SECONDARY),
            Self::Weighted { identifier, weight } => record.set_identifier(identifier).weight(weight),
            Self::Latency(region) => record.set_identifier(region.as_str()).region(region.as_str()),
        }
    }
}

/// Builds a [`Record`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct RecordBuilder {
    zone: Value<ids::Route53HostedZone>,
    name: Value<String>,
    target: RecordTarget,
    routing: Routing,
    check: Option<Value<ids::Route53HealthCheck>>,
    ttl: Duration,
}

impl RecordBuilder {
    /// How it is chosen among records of the same name. Default: [`Routing::Simple`].
    pub fn routing(self, routing: Routing) -> Self {
        Self { routing, ..self }
    }

    /// Makes it the answer only while a check passes. Default: always, or as long as an alias' target is healthy.
    pub fn health_check(self, check: &HealthCheck<'_>) -> Self {
        Self { check: Some(check.id()), ..self }
    }

    /// The same for a check that something else made, by its id: a plan of Region switch keeps such ones. Default: always,
    /// or as long as an alias' target is healthy.
    pub fn health_check_id(self, check: impl IntoValue<ids::Route53HealthCheck>) -> Self {
        Self { check: Some(check.into_value()), ..self }
    }

    /// How long resolvers remember plain values; an alias has its target's. Default: 300 seconds.
    pub fn ttl(self, ttl: Duration) -> Self {
        Self { ttl, ..self }
    }

    /// Adds the record; for a distribution, an `AAAA` record too.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Record<'a> {
        let scope = scope.child(id);
        domain_name::check(scope, &self.name);
        record_setting::check(scope, &self.routing, self.check.is_some(), &self.target);
        let record = scope.add("Resource", self.resource(self.target.record_type()));
        if matches!(self.target, RecordTarget::Alias { ipv6: true, .. }) {
            scope.add("Ipv6", self.resource("AAAA"));
        }
        Record { record }
    }

    fn resource(&self, kind: &'static str) -> route53::RecordSet {
        let record = route53::RecordSet::new()
            .hosted_zone_id(&self.zone)
            .name(&self.name)
            .type_(kind)
            .health_check_id(self.check.clone());
        let record = self.routing.clone().apply(record);
        match &self.target {
            RecordTarget::Values { values, .. } => {
                record.ttl(self.ttl.as_seconds().to_string()).resource_records(values.clone())
            }
            RecordTarget::Alias { dns_name, zone, evaluates_health, .. } => record.alias_target(
                shape::AliasTarget::new()
                    .dns_name(dns_name)
                    .hosted_zone_id(zone)
                    .evaluate_target_health(*evaluates_health),
            ),
        }
    }
}

/// A DNS record.
///
/// ```
/// use ce_constructs::edge::{HostedZone, Record, Routing};
/// use ce_constructs::network::load_balancer::ApplicationLoadBalancer;
/// use ce_synth::Scope;
/// fn origin<'a>(scope: Scope<'a>, zone: &HostedZone<'a>, balancer: &ApplicationLoadBalancer<'a>) {
///     Record::builder(zone, "origin.example.com", balancer).routing(Routing::Primary).build(scope, "Origin");
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Record<'a> {
    record: route53::RecordSetRef<'a>,
}

impl<'a> Record<'a> {
    /// A record of a zone: its full name, and what it points to.
    pub fn builder(
        zone: &HostedZone<'_>,
        name: impl IntoValue<String>,
        target: impl Into<RecordTarget>,
    ) -> RecordBuilder {
        RecordBuilder {
            zone: zone.id(),
            name: name.into_value(),
            target: target.into(),
            routing: Routing::default(),
            check: None,
            ttl: Duration::minutes(5),
        }
    }

    /// Its full name: what uses it is deployed after it.
    pub fn name(self) -> Value<String> {
        self.record.into_value()
    }

    /// The `AWS::Route53::RecordSet`.
    pub const fn record(self) -> route53::RecordSetRef<'a> {
        self.record
    }
}
