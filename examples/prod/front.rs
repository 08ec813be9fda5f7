//! The front door: a load balancer on TLS, the routes to the services, and the names it answers to.

use ce::cfn::elasticloadbalancingv2::ListenerRuleRef;
use ce::cfn::ids;
use ce::edge::{CheckInterval, OriginVerification, Routing};
use ce::network::load_balancer::Action;
use ce::prelude::*;

use super::foundation::Foundation;
use super::settings::Settings;
use super::storage::Storage;
use super::vault::Vault;

pub struct Front<'a> {
    pub balancer: ApplicationLoadBalancer<'a>,
    pub auth: Door<'a>,
    pub core: Door<'a>,
    pub agent: Door<'a>,
    /// The name the CDN asks: it leads to the load balancer of the region that is up.
    pub origin: String,
    /// The name that leads to this region's load balancer alone; where there are two regions.
    pub own_origin: Option<String>,
    pub zone_id: Value<ids::Route53HostedZone>,
    /// What the CDN adds to each request, so that nobody else is let in.
    pub verification: OriginVerification,
}

/// The way to a service.
pub struct Door<'a> {
    pub targets: TargetGroup<'a>,
    /// Where a second version waits for its share of the requests.
    pub next: Option<TargetGroup<'a>>,
    /// What says how large that share is.
    pub rule: ListenerRuleRef<'a>,
}

impl<'a> Front<'a> {
    pub fn new(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        foundation: &Foundation<'a>,
        storage: &Storage<'a>,
        vault: &Vault<'a>,
    ) -> Self {
        let zone_id =
            Parameter::aws("AWS::Route53::HostedZone::Id").description("The hosted zone of the site's domain");
        let zone_id = stack.parameter("HostedZoneId", zone_id).value();
        let zone = HostedZone::existing(&zone_id, settings.domain);
        let origin = format!("origin.{}", settings.domain);
        let own_origin = settings.site.as_ref().map(|site| format!("origin-{}.{}", site.region(), settings.domain));
        let names = std::iter::once(&origin).chain(&own_origin);
        let certificate = Certificate::builder(settings.domain, &zone);
        let certificate = names.fold(certificate, |certificate, name| certificate.subject_alternative_name(name));
        let certificate = certificate.build(stack, "Certificate");

        let balancer = Self::balancer(stack, settings, foundation, &certificate, storage);
        let [auth, core, agent] = Ways { stack, settings, balancer: &balancer }.all();
        Self::records(stack, settings, &zone, [&origin, own_origin.as_ref().unwrap_or(&origin)], &balancer);

        // Nothing comes in but through the CDN, and the checkers of health, which cannot say a secret.
        let verification = OriginVerification::new("x-origin-verify", vault.verification.text());
        if settings.is_production() {
            WebFirewall::builder()
                .verify_origin(&verification)
                .verify_except("/core/health")
                .build(stack, "OriginFirewall")
                .protect(&balancer);
        }
        Self { balancer, auth, core, agent, origin, own_origin, zone_id, verification }
    }

    fn balancer(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        foundation: &Foundation<'a>,
        certificate: &Certificate<'a>,
        storage: &Storage<'a>,
    ) -> ApplicationLoadBalancer<'a> {
        let group = SecurityGroup::builder(&foundation.network, "Load balancer")
            .named(settings.name("alb"))
            .build(stack, "Group");
        ApplicationLoadBalancer::builder(&foundation.network)
            .named(settings.name("alb"))
            .security_group(&group)
            .https(certificate)
            .access_logs_under(&storage.logs, "alb")
            .build(stack, "LoadBalancer")
    }

    /// The name that fails over, and the one of this region alone if they differ.
    fn records(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        zone: &HostedZone<'a>,
        [origin, own]: [&String; 2],
        balancer: &ApplicationLoadBalancer<'a>,
    ) {
        if own != origin {
            Record::builder(zone, own, balancer).build(stack, "OwnOrigin");
        }
        let record = Record::builder(zone, origin, balancer);
        let record = if settings.is_standby() {
            record.routing(Routing::Secondary)
        } else {
            // Not the name that fails over: it would be found healthy again as soon as the standby answers.
            let check = HealthCheck::https(own, "/core/health")
                .interval(CheckInterval::Standard)
                .unhealthy_after(3)
                .named(settings.name("origin"))
                .build(stack, "OriginCheck");
            record.routing(Routing::Primary).health_check(&check)
        };
        record.build(stack, "Origin");
    }
}

/// What every way to a service is made with.
struct Ways<'s, 'a> {
    stack: Scope<'a>,
    settings: &'s Settings<'a>,
    balancer: &'s ApplicationLoadBalancer<'a>,
}

impl<'a> Ways<'_, 'a> {
    /// To the services that requests come to: auth, core, agent.
    fn all(&self) -> [Door<'a>; 3] {
        let auth = self.to("Auth", "/auth/health", Route::path("/auth/*").priority(10));
        let core = if self.settings.rollout.is_some() {
            // Whatever else is asked for goes to it as well, and moves with it.
            self.to("Core", "/core/health", Route::path("/api/v1/core/*").path("/*").priority(40))
        } else {
            self.to("Core", "/core/health", Route::path("/api/v1/core/*").priority(20))
        };
        let agent = self.to("Agent", "/agents/health", Route::path("/api/v1/agents/*").priority(30));
        self.balancer.listener().default_to(match self.settings.rollout {
            Some(_) => Action::respond(404),
            None => Action::forward(&core.targets),
        });
        [auth, core, agent]
    }

    fn to(&self, name: &str, health: &str, route: Route) -> Door<'a> {
        let group = |physical: String, id: String| {
            TargetGroup::builder(self.balancer, 8080)
                .named(physical)
                .health_check(TargetHealth::path(health.to_owned()))
                .build(self.stack, &id)
        };
        let targets = group(format!("{name}-Service-TG"), format!("{name}Targets"));
        let next = self
            .settings
            .has_second_version(name)
            .then(|| group(format!("{name}-Next-TG"), format!("{name}NextTargets")));
        if let Some(next) = &next {
            // For workflows, which find it by the stack's outputs.
            self.stack.output(&format!("{name}NextTargetsArn"), next.arn());
        }
        let action = match &next {
            Some(next) => Action::weighted([(&targets, 100), (next, 0)]),
            None => Action::forward(&targets),
        };
        Door { rule: self.balancer.listener().route(route, action), targets, next }
    }
}
