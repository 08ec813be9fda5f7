//! Whatever is configured, synthesis finds it wrong or writes a template; it never panics, and says the same twice.

use ce_constructs::edge::cdn::{Behavior, CachePolicy, Cdn, Forwarding, Methods, Origin, Origins};
use ce_constructs::edge::firewall::{FirewallRule, ManagedRules, RuleAction, Statement};
use ce_constructs::edge::{Certificate, HealthCheck, HostedZone, Record, Routing, WebFirewall};
use ce_constructs::network::load_balancer::{Action, Route, TargetGroup, TargetHealth};
use ce_synth::{Account, App, Duration, Environment, Region, Scope, Tier};
use proptest::prelude::*;

use super::{balancer, zone};

#[derive(Clone, Debug)]
struct Setup {
    tier: Tier,
    region: Region,
    port: u16,
    seconds: [u32; 4],
    routes: Vec<(String, u16)>,
    paths: Vec<(String, u8)>,
    limit: u32,
    units: u32,
    name: String,
}

fn setups() -> impl Strategy<Value = Setup> {
    let tier = prop_oneof![Just(Tier::Development), Just(Tier::Staging), Just(Tier::Production)];
    let region = prop_oneof![Just(Region::US_EAST_1), Just(Region::EU_WEST_1)];
    let routes = proptest::collection::vec(("[/a-z*? ]{0,12}", 0_u16..40), 0..8);
    let paths = proptest::collection::vec(("[/a-z*]{0,9}", 0_u8..6), 0..5);
    let numbers = (any::<u16>(), any::<[u16; 4]>(), 0_u32..5_000, 0_u32..6_000);
    (tier, region, routes, paths, numbers, "[a-zA-Z0-9_ .-]{0,40}").prop_map(
        |(tier, region, routes, paths, (port, seconds, limit, units), name)| Setup {
            tier,
            region,
            port,
            seconds: seconds.map(u32::from),
            routes,
            paths,
            limit,
            units,
            name,
        },
    )
}

fn build(scope: Scope<'_>, setup: &Setup) {
    let [interval, timeout, delay, sticky] = setup.seconds.map(Duration::seconds);
    let balancer = balancer(scope);
    let own = HostedZone::builder(setup.name.clone()).comment("any").build(scope, "Zone");
    let certificate = Certificate::builder(setup.name.clone(), &own)
        .subject_alternative_names(setup.paths.iter().map(|(name, _)| name.clone()));
    certificate.clone().build(scope, "Certificate");
    certificate.build_global(scope, "GlobalCertificate");
    let health = TargetHealth::path(setup.name.clone()).interval(interval).timeout(timeout);
    let targets = TargetGroup::builder(&balancer, setup.port)
        .health_check(health)
        .deregistration_delay(delay)
        .stickiness(sticky)
        .named(setup.name.clone())
        .build(scope, "Targets");
    for (path, priority) in &setup.routes {
        let route = Route::path(path.clone()).host(setup.name.clone()).priority(*priority);
        let action =
            if priority % 2 == 0 { Action::forward(&targets) } else { Action::weighted([(&targets, setup.port)]) };
        balancer.listener().route(route, action);
    }
    let statement = Statement::header_is("x-test", setup.name.clone()).or(Statement::path_is("/")).not();
    let firewall = WebFirewall::builder()
        .blocks_addresses()
        .rule(FirewallRule::new(setup.name.clone(), statement, RuleAction::Count))
        .rule(FirewallRule::rate_limit("Limit", setup.limit).window(interval))
        .rule(FirewallRule::managed(ManagedRules::other("Vendor", "Rules", setup.units)));
    firewall.clone().build(scope, "Firewall").protect(&balancer);
    let global = firewall.build_global(scope, "GlobalFirewall");
    let check = HealthCheck::https(balancer.dns_name(), "/")
        .unhealthy_after(u8::try_from(setup.limit % 20).unwrap_or_default())
        .build(scope, "Check");
    let record = Record::builder(&zone(), setup.name.clone(), &balancer).routing(Routing::Primary).health_check(&check);
    let record = record.build(scope, "Record");
    let server = || Origin::server(record.name()).read_timeout(timeout);
    let cdn = setup.paths.iter().fold(Cdn::builder(Behavior::dynamic(server())), |cdn, (path, kind)| {
        let origins =
            if kind % 2 == 0 { Origins::from(server()) } else { Origins::failover(server(), Origin::server("b.c")) };
        let methods = [Methods::All, Methods::GetHead, Methods::GetHeadOptions][usize::from(kind % 3)];
        let behavior = Behavior::cached(origins, CachePolicy::optimized()).methods(methods);
        cdn.behavior(path.clone(), behavior.forwarding(Forwarding::AllViewer))
    });
    cdn.firewall(&global).build(scope, "Cdn");
}

fn outcome(setup: &Setup) -> String {
    let environment = Environment::new("any", Account::new("111111111111"), setup.region, setup.tier);
    let app = App::new();
    build(app.stack("Edge", environment), setup);
    match app.synth() {
        Ok(assembly) => assembly.template("Edge").unwrap_or_default().to_owned(),
        Err(findings) => findings.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_or_a_template(setup in setups()) {
        let first = outcome(&setup);
        prop_assert!(!first.is_empty());
        prop_assert_eq!(first, outcome(&setup));
    }
}
