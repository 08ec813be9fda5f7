//! Listeners: the ports of a load balancer.

use ce_cfn::elasticloadbalancingv2::{self as elbv2, listener as shape, listener_certificate};
use ce_cfn::ids;
use ce_synth::{Scope, Value};

use super::application::Front;
use super::rules::{certificate_region, plain_http, route_form, weights};
use super::waiting::ServicesWait;
use super::{Action, ApplicationLoadBalancer, Exposure, Route, TlsPolicy};
use crate::edge::Certificate;
use crate::network::{Cidr, Connections, Peer, Port};

/// Builds a [`Listener`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ListenerBuilder<'a> {
    front: Front<'a>,
    port: u16,
    certificates: Vec<Certificate<'a>>,
    policy: TlsPolicy,
    otherwise: Action<'a>,
    open: bool,
}

impl<'a> ListenerBuilder<'a> {
    /// Speaks HTTPS with a certificate. The first one is shown to clients that name no host; more are chosen by the
    /// host that the client names. Default: plain HTTP.
    pub fn https(mut self, certificate: &Certificate<'a>) -> Self {
        self.certificates.push(certificate.clone());
        self
    }

    /// Which versions of TLS and which ciphers it accepts. Default: [`TlsPolicy::PostQuantum2025`].
    pub fn tls_policy(self, policy: TlsPolicy) -> Self {
        Self { policy, ..self }
    }

    /// What happens to requests that no rule is for. Default: they get an empty 404.
    pub fn default_to(self, action: impl Into<Action<'a>>) -> Self {
        Self { otherwise: action.into(), ..self }
    }

    /// Keeps the port closed: the security group does not let in whoever the load balancer is exposed to, as for the
    /// test listener of a blue-green deployment. Default: open to them.
    pub fn closed(self) -> Self {
        Self { open: false, ..self }
    }

    /// Adds the listener.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Listener<'a> {
        let scope = scope.child(id);
        self.check(scope);
        self.open();
        let secure = !self.certificates.is_empty();
        let mut certificates = self.certificates.iter().map(Certificate::arn);
        let first = certificates.next().map(|arn| vec![shape::Certificate::new().certificate_arn(arn)]);
        let listener = elbv2::Listener::new()
            .load_balancer_arn(self.front.balancer)
            .port(self.port)
            .protocol(if secure { shape::Protocol::HTTPS } else { shape::Protocol::HTTP })
            .ssl_policy(secure.then(|| self.policy.name()))
            .certificates(first)
            .default_actions(self.otherwise.expr());
        let listener = scope.add("Resource", listener);
        let more: Vec<_> =
            certificates.map(|arn| listener_certificate::Certificate::new().certificate_arn(arn)).collect();
        if !more.is_empty() {
            let more = elbv2::ListenerCertificate::new().listener_arn(listener).certificates(more);
            scope.add("Certificates", more);
        }
        Listener { resource: listener, scope, port: self.port }
    }

    #[track_caller]
    fn check(&self, scope: Scope<'a>) {
        if self.certificates.is_empty() && !self.otherwise.secures {
            plain_http::report(scope, self.port);
        }
        weights::check(scope, &self.otherwise);
        for certificate in &self.certificates {
            certificate_region::check(scope, certificate);
        }
    }

    #[track_caller]
    fn open(&self) {
        let peer = match &self.front.exposure {
            Exposure::Internet => Peer::Block(Cidr::ANYWHERE),
            Exposure::CloudFrontOnly(list) => Peer::PrefixList(list.clone().cast()),
            Exposure::Internal => return,
        };
        if self.open {
            Connections::new(self.front.security).allow_from(peer, Port::tcp(self.port));
        }
    }
}

/// A listener of a load balancer.
#[derive(Clone, Copy)]
pub struct Listener<'a> {
    resource: elbv2::ListenerRef<'a>,
    scope: Scope<'a>,
    port: u16,
}

impl<'a> Listener<'a> {
    /// One more listener of a load balancer, beside those it has by itself.
    pub fn builder(balancer: &ApplicationLoadBalancer<'a>, port: u16) -> ListenerBuilder<'a> {
        Self::of(balancer.front.clone(), port)
    }

    pub(super) fn of(front: Front<'a>, port: u16) -> ListenerBuilder<'a> {
        ListenerBuilder {
            front,
            port,
            certificates: Vec::new(),
            policy: TlsPolicy::default(),
            otherwise: Action::respond(404),
            open: true,
        }
    }

    /// Adds a rule: requests of a route get an action, usually a target group.
    ///
    /// The rule is placed beside its first target group, else beside the listener; its id is the listener's with
    /// `Rule` and the priority.
    #[track_caller]
    pub fn route(self, route: Route, action: impl Into<Action<'a>>) -> elbv2::ListenerRuleRef<'a> {
        let action = action.into();
        let home = action.targets.first().map_or(self.scope, |targets| targets.scope());
        let id = format!("{}Rule{}", self.scope.id(), route.priority);
        route_form::check(self.scope, &route);
        weights::check(self.scope, &action);
        let rule = elbv2::ListenerRule::new()
            .listener_arn(self.resource)
            .priority(route.priority)
            .conditions(route.conditions.resources())
            .actions(action.expr());
        home.app().defer(ServicesWait);
        home.add(&id, rule)
    }

    /// Says what happens to requests that no rule is for.
    #[track_caller]
    pub fn default_to(self, action: impl Into<Action<'a>>) {
        let action = action.into();
        weights::check(self.scope, &action);
        self.resource.update(|listener| listener.default_actions(action.expr()));
    }

    /// The port.
    pub const fn port(self) -> u16 {
        self.port
    }

    /// Its ARN.
    pub fn arn(self) -> Value<ids::ElasticLoadBalancingV2ListenerArn> {
        self.resource.listener_arn()
    }

    /// The `AWS::ElasticLoadBalancingV2::Listener`.
    pub const fn listener(self) -> elbv2::ListenerRef<'a> {
        self.resource
    }
}
