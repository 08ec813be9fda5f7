//! The load balancer itself.

use std::borrow::Cow;

use ce_cfn::elasticloadbalancingv2::{self as elbv2, load_balancer as shape};
use ce_cfn::{ec2, ids};
use ce_synth::{Duration, Scope, Value};

use super::access_logs::AccessLogs;
use super::rules::{resource_name, too_few_zones, unlogged};
use super::{Action, Exposure, Listener, ListenerBuilder, Redirect, TlsPolicy};
use crate::edge::Certificate;
use crate::network::{Connect, Connections, Network, Port, SecurityGroup, Subnet, SubnetTier};
use crate::observe::{Metric, Statistic};
use crate::storage::Bucket;

/// Builds an [`ApplicationLoadBalancer`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ApplicationLoadBalancerBuilder<'a> {
    vpc: Value<ids::Ec2Vpc>,
    subnets: Vec<(SubnetTier, Vec<Subnet>)>,
    group: SecurityGroupChoice<'a>,
    exposure: Exposure,
    certificates: Vec<Certificate<'a>>,
    policy: TlsPolicy,
    logs: Option<AccessLogs<'a>>,
    deletion_protection: Option<bool>,
    idle_timeout: Duration,
    name: Option<Cow<'static, str>>,
}

#[derive(Clone)]
enum SecurityGroupChoice<'a> {
    Own(crate::network::SecurityGroupBuilder),
    Given(SecurityGroup<'a>),
}

impl<'a> ApplicationLoadBalancerBuilder<'a> {
    /// Who reaches it. Default: [`Exposure::Internet`].
    pub fn exposure(self, exposure: Exposure) -> Self {
        Self { exposure, ..self }
    }

    /// Speaks HTTPS on port 443 with a certificate of its region, and redirects HTTP on port 80 there. More than one
    /// certificate: the first is the default, the others are chosen by the host the client names.
    /// Default: none, so it speaks plain HTTP on port 80, which is a finding.
    pub fn https(mut self, certificate: &Certificate<'a>) -> Self {
        self.certificates.push(certificate.clone());
        self
    }

    /// Which versions of TLS and which ciphers the HTTPS listener accepts. Default: [`TlsPolicy::PostQuantum2025`].
    pub fn tls_policy(self, policy: TlsPolicy) -> Self {
        Self { policy, ..self }
    }

    /// Writes a line for every request to a bucket of the same region, which has to be encrypted with SSE-S3, and lets
    /// the log delivery service write there. Default: no access logs.
    pub fn access_logs(self, bucket: &Bucket<'a>) -> Self {
        Self { logs: Some(AccessLogs::new(bucket, None)), ..self }
    }

    /// As [`access_logs`](Self::access_logs), below a prefix of the bucket. Default: no access logs.
    pub fn access_logs_under(self, bucket: &Bucket<'a>, prefix: impl Into<Cow<'static, str>>) -> Self {
        Self { logs: Some(AccessLogs::new(bucket, Some(prefix.into()))), ..self }
    }

    /// Uses a security group that exists already. Default: one of its own.
    pub fn security_group(self, group: &SecurityGroup<'a>) -> Self {
        Self { group: SecurityGroupChoice::Given(*group), ..self }
    }

    /// Whether AWS refuses to delete it. Default: true in production.
    pub fn deletion_protection(self, on: bool) -> Self {
        Self { deletion_protection: Some(on), ..self }
    }

    /// How long a connection may be silent, 1 to 4,000 seconds. Default: 60 seconds.
    pub fn idle_timeout(self, idle_timeout: Duration) -> Self {
        Self { idle_timeout, ..self }
    }

    /// Names the load balancer: at most 32 letters, digits and hyphens. Default: CloudFormation makes a name.
    pub fn named(self, name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Adds the load balancer with its security group and listeners.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> ApplicationLoadBalancer<'a> {
        let scope = scope.child(id);
        let subnets = self.chosen_subnets();
        too_few_zones::check(scope, &subnets, self.exposure.tier());
        if let Some(name) = &self.name {
            resource_name::check(scope, name);
        }
        let resource = self.resource(scope, &subnets);
        let security = match self.group {
            SecurityGroupChoice::Own(group) => group.build(scope, "SecurityGroup").group(),
            SecurityGroupChoice::Given(group) => group.group(),
        };
        let balancer = scope.add("Resource", resource.security_groups([security.group_id()]));
        match &self.logs {
            Some(logs) => logs.allow(scope, balancer),
            None => unlogged::check(scope),
        }
        let port = if self.certificates.is_empty() { 80 } else { 443 };
        let front = Front { balancer, security, exposure: self.exposure };
        let redirect = redirect(scope, &front, &self.certificates);
        let main = Listener::of(front.clone(), port).tls_policy(self.policy);
        let main = self.certificates.iter().fold(main, ListenerBuilder::https);
        let listener = main.build(scope, if port == 443 { "Https" } else { "Http" });
        ApplicationLoadBalancer { front, vpc: self.vpc, listener, redirect }
    }

    fn chosen_subnets(&self) -> Vec<Subnet> {
        let tier = self.exposure.tier();
        self.subnets.iter().find(|(known, _)| *known == tier).map(|(_, subnets)| subnets.clone()).unwrap_or_default()
    }

    fn resource(&self, scope: Scope<'a>, subnets: &[Subnet]) -> elbv2::LoadBalancer {
        let scheme = match self.exposure {
            Exposure::Internal => shape::Scheme::INTERNAL,
            Exposure::Internet | Exposure::CloudFrontOnly(_) => shape::Scheme::INTERNET_FACING,
        };
        elbv2::LoadBalancer::new()
            .name(self.name.clone())
            .type_(shape::Type::APPLICATION)
            .scheme(scheme)
            .ip_address_type(shape::IpAddressType::IPV4)
            .subnets(subnets.iter().map(Subnet::id).collect::<Vec<_>>())
            .load_balancer_attributes(self.attributes(scope))
    }

    fn attributes(&self, scope: Scope<'a>) -> Vec<shape::LoadBalancerAttribute> {
        let protected = self.deletion_protection.unwrap_or(scope.environment().tier.is_production());
        let attribute = |key: &'static str, value: String| shape::LoadBalancerAttribute::new().key(key).value(value);
        let mut attributes = vec![
            attribute("deletion_protection.enabled", protected.to_string()),
            attribute("idle_timeout.timeout_seconds", self.idle_timeout.as_seconds().to_string()),
            attribute("routing.http.drop_invalid_header_fields.enabled", "true".to_owned()),
        ];
        attributes.extend(self.logs.iter().flat_map(AccessLogs::attributes));
        attributes
    }
}

/// The listener that sends HTTP to HTTPS.
#[track_caller]
fn redirect<'a>(scope: Scope<'a>, front: &Front<'a>, certificates: &[Certificate<'a>]) -> Option<Listener<'a>> {
    // CloudFront speaks HTTPS to its origin, so nobody would be redirected.
    if certificates.is_empty() || matches!(front.exposure, Exposure::CloudFrontOnly(_)) {
        return None;
    }
    let action = Action::redirect(Redirect::to_https());
    Some(Listener::of(front.clone(), 80).default_to(action).build(scope, "Http"))
}

/// What listeners and target groups need of their load balancer.
#[derive(Clone)]
pub(super) struct Front<'a> {
    pub(super) balancer: elbv2::LoadBalancerRef<'a>,
    pub(super) security: ec2::SecurityGroupRef<'a>,
    pub(super) exposure: Exposure,
}

/// An Application Load Balancer: HTTP and HTTPS in, target groups out.
///
/// `Connect`: its security group; the default port is the main listener's.
#[derive(Clone)]
pub struct ApplicationLoadBalancer<'a> {
    pub(super) front: Front<'a>,
    pub(super) vpc: Value<ids::Ec2Vpc>,
    listener: Listener<'a>,
    redirect: Option<Listener<'a>>,
}

impl<'a> ApplicationLoadBalancer<'a> {
    /// A load balancer in a network of at least two zones.
    pub fn builder(network: &(impl Network + ?Sized)) -> ApplicationLoadBalancerBuilder<'a> {
        let tiers = [SubnetTier::Public, SubnetTier::Private];
        ApplicationLoadBalancerBuilder {
            vpc: network.vpc_id(),
            subnets: tiers.into_iter().map(|tier| (tier, network.subnets(tier))).collect(),
            group: SecurityGroupChoice::Own(SecurityGroup::builder(network, "Load balancer")),
            exposure: Exposure::default(),
            certificates: Vec::new(),
            policy: TlsPolicy::default(),
            logs: None,
            deletion_protection: None,
            idle_timeout: Duration::seconds(60),
            name: None,
        }
    }

    /// The listener that has the rules: HTTPS on 443 if there is a certificate, else HTTP on 80.
    pub fn listener(&self) -> Listener<'a> {
        self.listener
    }

    /// The listener on port 80 that redirects to HTTPS, if there is one.
    pub fn redirect(&self) -> Option<Listener<'a>> {
        self.redirect
    }

    /// Its ARN.
    pub fn arn(&self) -> Value<ids::ElasticLoadBalancingV2LoadBalancerArn> {
        self.front.balancer.load_balancer_arn()
    }

    /// Its DNS name.
    pub fn dns_name(&self) -> Value<String> {
        self.front.balancer.dns_name()
    }

    /// The Route 53 zone of its DNS name, for alias records.
    pub fn dns_zone(&self) -> Value<String> {
        self.front.balancer.canonical_hosted_zone_id()
    }

    /// The last part of its ARN, `app/name/id`: the `LoadBalancer` dimension of its metrics.
    pub fn full_name(&self) -> Value<String> {
        self.front.balancer.load_balancer_full_name()
    }

    /// How long targets take to answer, in seconds; the average.
    pub fn response_time(&self) -> Metric {
        self.metric("TargetResponseTime").statistic(Statistic::Average)
    }

    /// Any metric of the load balancer, by its name.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html>
    pub fn metric(&self, name: impl Into<String>) -> Metric {
        Metric::new("AWS/ApplicationELB", name).dimension("LoadBalancer", self.full_name())
    }

    /// The `AWS::ElasticLoadBalancingV2::LoadBalancer`.
    pub fn load_balancer(&self) -> elbv2::LoadBalancerRef<'a> {
        self.front.balancer
    }
}

impl Connect for ApplicationLoadBalancer<'_> {
    fn connections(&self) -> Connections<'_> {
        Connections::new(self.front.security).default_port(Port::tcp(self.listener.port()))
    }
}
