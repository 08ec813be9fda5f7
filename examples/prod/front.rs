//! The front door: a load balancer on TLS, the routes to the services, and the names it answers to.

use ce::cfn::ids;
use ce::edge::{CheckInterval, OriginVerification, Routing};
use ce::prelude::*;

use super::foundation::Foundation;
use super::settings::Settings;
use super::storage::Storage;
use super::vault::Vault;

pub struct Front<'a> {
    pub balancer: ApplicationLoadBalancer<'a>,
    pub auth: TargetGroup<'a>,
    pub core: TargetGroup<'a>,
    pub agent: TargetGroup<'a>,
    /// The name the CDN asks: it leads to the load balancer of the region that is up.
    pub origin: String,
    /// The name that leads to this region's load balancer alone; where there are two regions.
    pub own_origin: Option<String>,
    pub zone_id: Value<ids::Route53HostedZone>,
    /// What the CDN adds to each request, so that nobody else is let in.
    pub verification: OriginVerification,
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
        let certificate = names
            .fold(Certificate::builder(settings.domain, &zone), |certificate, name| {
                certificate.subject_alternative_name(name)
            })
            .build(stack, "Certificate");

        let group = SecurityGroup::builder(&foundation.network, "Load balancer")
            .named(settings.name("alb"))
            .build(stack, "Group");
        let balancer = ApplicationLoadBalancer::builder(&foundation.network)
            .named(settings.name("alb"))
            .security_group(&group)
            .https(&certificate)
            .access_logs_under(&storage.load_balancer_logs, "alb")
            .build(stack, "LoadBalancer");
        let targets = |name: &str, path: &str| {
            TargetGroup::builder(&balancer, 8080)
                .named(format!("{name}-Service-TG"))
                .health_check(TargetHealth::path(path.to_owned()))
                .build(stack, &format!("{name}Targets"))
        };
        let auth = targets("Auth", "/auth/health");
        let core = targets("Core", "/core/health");
        let agent = targets("Agent", "/agents/health");
        let listener = balancer.listener();
        listener.route(Route::path("/auth/*").priority(10), &auth);
        listener.route(Route::path("/api/v1/core/*").priority(20), &core);
        listener.route(Route::path("/api/v1/agents/*").priority(30), &agent);
        listener.default_to(&core);

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
