//! Target groups: the tasks that a load balancer spreads requests over.

use std::borrow::Cow;

use ce_cfn::elasticloadbalancingv2::{self as elbv2, target_group as shape};
use ce_cfn::{ec2, ids};
use ce_synth::{Duration, Scope, Value, join};

use super::rules::{health_check_timing, resource_name, target_group_setting};
use super::waiting::ServicesWait;
use super::{ApplicationLoadBalancer, Forwarder, TargetHealth};
use crate::network::{Connections, Port};
use crate::observe::Metric;

/// How the load balancer speaks to targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetProtocol {
    /// Plain HTTP inside the VPC.
    #[default]
    Http,
    /// TLS; the target's certificate is not verified.
    Https,
}

/// The version of HTTP that targets are spoken to with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetVersion {
    /// HTTP/1.1
    #[default]
    Http1,
    /// HTTP/2
    Http2,
    /// gRPC
    Grpc,
}

impl TargetVersion {
    const fn name(self) -> &'static str {
        match self {
            Self::Http1 => "HTTP1",
            Self::Http2 => "HTTP2",
            Self::Grpc => "GRPC",
        }
    }
}

/// How the target of a request is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// In turn.
    #[default]
    RoundRobin,
    /// The target with the fewest requests in flight.
    LeastOutstandingRequests,
    /// At random; targets that answer unlike the others get fewer.
    WeightedRandom,
}

impl Algorithm {
    const fn name(self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::LeastOutstandingRequests => "least_outstanding_requests",
            Self::WeightedRandom => "weighted_random",
        }
    }
}

/// Builds a [`TargetGroup`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct TargetGroupBuilder<'a> {
    balancer: ApplicationLoadBalancer<'a>,
    pub(super) port: u16,
    protocol: TargetProtocol,
    version: TargetVersion,
    health: TargetHealth,
    pub(super) deregistration_delay: Duration,
    pub(super) stickiness: Option<Duration>,
    pub(super) algorithm: Algorithm,
    pub(super) slow_start: Option<Duration>,
    name: Option<Cow<'static, str>>,
}

impl<'a> TargetGroupBuilder<'a> {
    /// How targets are spoken to. Default: [`TargetProtocol::Http`].
    pub fn protocol(self, protocol: TargetProtocol) -> Self {
        Self { protocol, ..self }
    }

    /// The version of HTTP that targets are spoken to with. Default: HTTP/1.1.
    pub fn version(self, version: TargetVersion) -> Self {
        Self { version, ..self }
    }

    /// How healthy targets are told from others. Default: `GET /` every 30 seconds answers 200 within 5 seconds; two
    /// successes make a target healthy, three failures unhealthy.
    pub fn health_check(self, health: TargetHealth) -> Self {
        Self { health, ..self }
    }

    /// How long a target that leaves finishes its requests, at most an hour. Default: 60 seconds.
    pub fn deregistration_delay(self, deregistration_delay: Duration) -> Self {
        Self { deregistration_delay, ..self }
    }

    /// Keeps a client at its target for a time, 1 second to 7 days, with a cookie. Default: off.
    pub fn stickiness(self, duration: Duration) -> Self {
        Self { stickiness: Some(duration), ..self }
    }

    /// How the target of a request is chosen. Default: [`Algorithm::RoundRobin`].
    pub fn algorithm(self, algorithm: Algorithm) -> Self {
        Self { algorithm, ..self }
    }

    /// Gives a new target its share of requests bit by bit, over 30 to 900 seconds; with round robin only.
    /// Default: at once.
    pub fn slow_start(self, duration: Duration) -> Self {
        Self { slow_start: Some(duration), ..self }
    }

    /// Names the group: at most 32 letters, digits and hyphens. Default: CloudFormation makes a name.
    pub fn named(self, name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Adds the target group. It gets requests once a listener routes to it.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> TargetGroup<'a> {
        let scope = scope.child(id);
        health_check_timing::check(scope, &self.health);
        target_group_setting::check(scope, &self);
        if let Some(name) = &self.name {
            resource_name::check(scope, name);
        }
        let group = scope.add("Resource", self.resource());
        scope.app().defer(ServicesWait);
        TargetGroup {
            group,
            scope,
            balancer: self.balancer.front.balancer,
            security: self.balancer.front.security,
            port: self.port,
        }
    }

    fn resource(&self) -> elbv2::TargetGroup {
        let protocol = match self.protocol {
            TargetProtocol::Http => "HTTP",
            TargetProtocol::Https => "HTTPS",
        };
        let codes = self.health.codes.clone();
        let matcher = match self.version {
            TargetVersion::Grpc => shape::Matcher::new().grpc_code(codes),
            _ => shape::Matcher::new().http_code(codes),
        };
        elbv2::TargetGroup::new()
            .name(self.name.clone())
            .target_type(shape::TargetType::IP)
            .vpc_id(&self.balancer.vpc)
            .port(self.port)
            .protocol(protocol)
            .protocol_version(self.version.name())
            .health_check_enabled(true)
            .health_check_path(self.health.path.clone())
            .health_check_protocol(protocol)
            .health_check_port(self.health.port.map(|port| port.to_string()))
            .health_check_interval_seconds(self.health.interval.as_seconds())
            .health_check_timeout_seconds(self.health.timeout.as_seconds())
            .healthy_threshold_count(self.health.healthy)
            .unhealthy_threshold_count(self.health.unhealthy)
            .matcher(matcher)
            .target_group_attributes(self.attributes())
    }

    fn attributes(&self) -> Vec<shape::TargetGroupAttribute> {
        let seconds = |duration: Duration| duration.as_seconds().to_string();
        let mut attributes = vec![
            ("deregistration_delay.timeout_seconds", seconds(self.deregistration_delay)),
            ("load_balancing.algorithm.type", self.algorithm.name().to_owned()),
            ("stickiness.enabled", self.stickiness.is_some().to_string()),
        ];
        if let Some(duration) = self.stickiness {
            attributes.push(("stickiness.type", "lb_cookie".to_owned()));
            attributes.push(("stickiness.lb_cookie.duration_seconds", seconds(duration)));
        }
        if let Some(duration) = self.slow_start {
            attributes.push(("slow_start.duration_seconds", seconds(duration)));
        }
        attributes.into_iter().map(|(key, value)| shape::TargetGroupAttribute::new().key(key).value(value)).collect()
    }
}

/// A target group of one load balancer: IP targets on one port.
///
/// A service that registers its tasks waits for the listeners and rules that route to the group: ECS refuses a group
/// that is not behind a load balancer yet. The wait is added at synthesis, to every `AWS::ECS::Service` that names the
/// group.
#[derive(Clone, Copy)]
pub struct TargetGroup<'a> {
    group: elbv2::TargetGroupRef<'a>,
    scope: Scope<'a>,
    balancer: elbv2::LoadBalancerRef<'a>,
    security: ec2::SecurityGroupRef<'a>,
    pub(super) port: u16,
}

impl<'a> TargetGroup<'a> {
    /// A target group of a load balancer, whose targets listen on `port`.
    pub fn builder(balancer: &ApplicationLoadBalancer<'a>, port: u16) -> TargetGroupBuilder<'a> {
        TargetGroupBuilder {
            balancer: balancer.clone(),
            port,
            protocol: TargetProtocol::default(),
            version: TargetVersion::default(),
            health: TargetHealth::default(),
            deregistration_delay: Duration::seconds(60),
            stickiness: None,
            algorithm: Algorithm::default(),
            slow_start: None,
            name: None,
        }
    }

    /// Its ARN.
    pub fn arn(self) -> Value<ids::ElasticLoadBalancingV2TargetGroupArn> {
        self.group.target_group_arn()
    }

    /// The port its targets listen on.
    pub const fn port(self) -> u16 {
        self.port
    }

    /// The security group of the load balancer: who its targets must let in, on [`port`](TargetGroup::port).
    pub fn load_balancer_connections(self) -> Connections<'a> {
        Connections::new(self.security).default_port(Port::tcp(self.port))
    }

    /// The last part of its ARN, `targetgroup/name/id`: the `TargetGroup` dimension of its metrics.
    pub fn full_name(self) -> Value<String> {
        self.group.target_group_full_name()
    }

    /// The last part of its load balancer's ARN, `app/name/id`: the `LoadBalancer` dimension of metrics.
    pub fn load_balancer_full_name(self) -> Value<String> {
        self.balancer.load_balancer_full_name()
    }

    /// `app/name/id/targetgroup/name/id`: the label that scaling on `ALBRequestCountPerTarget` takes.
    pub fn resource_label(self) -> Value<String> {
        join![self.load_balancer_full_name(), "/", self.full_name()]
    }

    /// Any metric of the group, by its name: `HealthyHostCount`, `HTTPCode_Target_5XX_Count`.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html>
    pub fn metric(self, name: impl Into<String>) -> Metric {
        let metric = Metric::new("AWS/ApplicationELB", name);
        metric.dimension("LoadBalancer", self.load_balancer_full_name()).dimension("TargetGroup", self.full_name())
    }

    /// The listeners and rules that route to it so far.
    pub fn listeners(self) -> Vec<Forwarder<'a>> {
        Forwarder::all(self.group.scope().app()).into_iter().filter(|one| one.forwards_to(self.group.node())).collect()
    }

    /// Its place in the tree: rules that forward to it are put here.
    pub(super) const fn scope(self) -> Scope<'a> {
        self.scope
    }

    /// The `AWS::ElasticLoadBalancingV2::TargetGroup`.
    pub const fn target_group(self) -> elbv2::TargetGroupRef<'a> {
        self.group
    }
}
