use ce_cfn::ecs;
use ce_constructs::edge::Certificate;
use ce_constructs::network::load_balancer::{
    Action, Algorithm, ApplicationLoadBalancer, RULES, Route, TargetGroup, TargetHealth,
};
use ce_constructs::storage::Bucket;
use ce_synth::{App, Code, Duration, Region, Scope};

use super::{DEV, PROD, balancer, certificate, found, network, synth, targets};

#[test]
fn one_zone_is_too_few() {
    let messages = found("CE1050", |scope| {
        let vpc = network(scope, 1);
        ApplicationLoadBalancer::builder(&vpc).https(&certificate(scope)).build(scope, "Balancer");
    });
    assert_eq!(messages, ["`1` zones with a public subnet: a load balancer needs two"]);
}

#[test]
fn plain_http_is_found() {
    let messages = found("CE1051", |scope| {
        let vpc = network(scope, 2);
        ApplicationLoadBalancer::builder(&vpc).build(scope, "Balancer");
    });
    assert_eq!(messages, ["the listener on port `80` speaks plain HTTP"]);
}

#[test]
fn a_priority_is_used_once_per_listener() {
    let messages = found("CE1052", |scope| {
        let balancer = balancer(scope);
        let (one, two) = (targets(&balancer, scope, "One"), targets(&balancer, scope, "Two"));
        balancer.listener().route(Route::path("/one").priority(10), &one);
        balancer.listener().route(Route::path("/two").priority(10), &two);
    });
    assert_eq!(messages, ["priority `10` is that of `Entrance/One/HttpsRule10` already"]);
}

#[test]
fn a_health_check_waits_less_than_its_interval() {
    let messages = found("CE1053", |scope| {
        let health = TargetHealth::path("health").interval(Duration::seconds(5)).timeout(Duration::seconds(5));
        TargetGroup::builder(&balancer(scope), 80).health_check(health.healthy_after(1)).build(scope, "Targets");
    });
    assert_eq!(
        messages,
        [
            "a healthy threshold of `1` checks",
            "a timeout of `5` seconds is not less than the interval of `5`",
            "the path `health` of a health check",
        ]
    );
}

fn route(scope: Scope<'_>, route: Route) {
    balancer(scope).listener().route(route, Action::respond(200));
}

#[test]
fn conditions_have_a_form() {
    let one = |route_: fn() -> Route| found("CE1054", |scope| route(scope, route_()));
    assert_eq!(one(|| Route::path("auth/*").priority(1)), ["the path pattern `auth/*`"]);
    assert_eq!(one(|| Route::path("/a b").priority(1)), ["the path pattern `/a b`"]);
    assert_eq!(one(|| Route::host("localhost").priority(1)), ["the host pattern `localhost`"]);
    assert_eq!(one(|| Route::path("/").priority(0)), ["a priority of `0`"]);
    assert_eq!(one(|| Route::path("/".repeat(129)).priority(1)).len(), 1);
    let many = || (0..6).fold(Route::path("/"), |route, number| route.path(format!("/{number}"))).priority(1);
    assert_eq!(one(many), ["`7` values in the conditions of one rule"]);
    assert_eq!(one(|| Route::path("/*/*/*/*/*/*/*").priority(1)), ["`7` wildcards in the conditions of one rule"]);
    assert!(one(|| Route::path("/ok/*").host("*.example.com").priority(50_000)).is_empty());
}

#[test]
fn a_certificate_is_of_the_region() {
    let messages = found("CE1055", |scope| {
        let vpc = network(scope, 2);
        let elsewhere = Certificate::existing("arn:aws:acm:us-west-2:111111111111:certificate/0c1d2e3f");
        ApplicationLoadBalancer::builder(&vpc).https(&elsewhere).build(scope, "Balancer");
    });
    assert_eq!(messages, ["the certificate is in `us-west-2`, the load balancer in `us-east-1`"]);
}

#[test]
fn a_hundred_rules_are_the_quota() {
    let rules = |count: u16| {
        found("CE1056", |scope| {
            let listener = balancer(scope).listener();
            for number in 1..=count {
                listener.route(Route::path(format!("/{number}")).priority(number), Action::respond(200));
            }
        })
    };
    assert!(rules(100).is_empty());
    assert_eq!(rules(101), ["`101` rules: the quota is 100"]);
}

#[test]
fn names_have_a_form() {
    for name in ["internal-shop", "-shop", "shop_prod", "a-name-of-more-than-thirty-two-signs"] {
        let messages = found("CE1057", |scope| {
            TargetGroup::builder(&balancer(scope), 80).named(name).build(scope, "Targets");
        });
        assert_eq!(messages.len(), 1, "{name}");
    }
}

#[test]
fn settings_of_a_target_group_have_ranges() {
    let messages = found("CE1058", |scope| {
        TargetGroup::builder(&balancer(scope), 0)
            .deregistration_delay(Duration::hours(2))
            .stickiness(Duration::days(8))
            .slow_start(Duration::seconds(10))
            .algorithm(Algorithm::WeightedRandom)
            .build(scope, "Targets");
    });
    assert_eq!(messages.len(), 5, "{messages:?}");
}

#[test]
fn a_service_behind_an_unrouted_group_is_found() {
    let messages = found("CE1059", |scope| {
        let group = targets(&balancer(scope), scope, "Targets");
        let target = ecs::service::LoadBalancer::new().container_port(8080).target_group_arn(group.arn());
        scope.add("Service", ecs::Service::new().task_definition("app:1").load_balancers([target]));
    });
    assert_eq!(messages, ["no listener routes to `Entrance/Targets/Resource`"]);
}

#[test]
fn weights_and_groups_have_limits() {
    let messages = found("CE1060", |scope| {
        let balancer = balancer(scope);
        let group = targets(&balancer, scope, "Targets");
        balancer.listener().default_to(Action::weighted([(&group, 1_000)]));
        balancer.listener().default_to(Action::weighted([]));
    });
    assert_eq!(messages, ["a weight of `1000`", "a forward to `0` target groups"]);
}

#[test]
fn a_log_bucket_is_of_the_region() {
    let app = App::new();
    let elsewhere = app.stack("Elsewhere", PROD.in_region(Region::US_WEST_2));
    let bucket = Bucket::builder().build(elsewhere, "Logs");
    let scope = app.stack("Entrance", PROD);
    let vpc = network(scope, 2);
    ApplicationLoadBalancer::builder(&vpc).https(&certificate(scope)).access_logs(&bucket).build(scope, "Balancer");
    let findings = app.synth().unwrap_err();
    assert_eq!(findings.with_code(Code::new("CE1061")).count(), 1, "{findings}");
}

#[test]
fn production_asks_for_access_logs() {
    assert_eq!(found("CE1062", |scope| drop(balancer(scope))), ["a load balancer without access logs"]);
    let development = synth(DEV, |scope| drop(balancer(scope))).unwrap();
    assert!(development.findings().is_empty(), "{}", development.findings());
}

#[test]
fn codes_are_sorted_and_unique() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
}
