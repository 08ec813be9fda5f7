//! How a new version replaces the old one.

use ce_constructs::compute::{FargateServiceBuilder, Rollout};
use ce_constructs::network::load_balancer::{Action, ApplicationLoadBalancer, Route, TargetGroup};
use ce_synth::{Duration, Percent, Scope};
use serde_json::{Value, json};

use super::{PROD, built, done, of_type, service, service_of, vpc};

fn deployment(rollout: Rollout) -> Value {
    let resources = built(PROD, |scope| done(service(scope).port(80).rollout(rollout).build(scope, "Api")));
    service_of(&resources)["DeploymentConfiguration"].clone()
}

/// A service behind two target groups.
fn paired(scope: Scope<'_>) -> FargateServiceBuilder<'_> {
    let balancer = ApplicationLoadBalancer::builder(&vpc(scope)).build(scope, "Balancer");
    let [blue, green] = ["Blue", "Green"].map(|id| TargetGroup::builder(&balancer, 8080).build(scope, id));
    let action = Action::weighted([(&blue, 100), (&green, 0)]);
    let rule = balancer.listener().route(Route::path("/*").priority(1), action);
    service(scope).behind_pair([&blue, &green], rule.rule_arn()).tested_at("arn:aws:elasticloadbalancing:test")
}

#[test]
fn strategies_are_written() {
    let bake = Duration::minutes(15);
    let blue_green = deployment(Rollout::BlueGreen { bake });
    assert_eq!((&blue_green["Strategy"], &blue_green["BakeTimeInMinutes"]), (&json!("BLUE_GREEN"), &json!(15)));
    assert_eq!(blue_green["MinimumHealthyPercent"], 100);
    let canary = deployment(Rollout::Canary { share: Percent::new(5), watched: Duration::minutes(10), bake });
    assert_eq!(canary["CanaryConfiguration"]["CanaryPercent"], 5);
    assert_eq!(canary["CanaryConfiguration"]["CanaryBakeTimeInMinutes"], 10);
    let linear = deployment(Rollout::Linear { step: Percent::new(20), watched: Duration::minutes(2), bake });
    assert_eq!(linear["LinearConfiguration"]["StepPercent"], 20);
    assert_eq!(linear["LinearConfiguration"]["StepBakeTimeInMinutes"], 2);
}

#[test]
fn a_failing_version_is_taken_back_unless_that_is_off() {
    let breaker = |on: Option<bool>| {
        let resources = built(PROD, |scope| {
            let builder = service(scope);
            done(on.map_or(builder.clone(), |on| builder.circuit_breaker(on)).build(scope, "Api"));
        });
        service_of(&resources)["DeploymentConfiguration"]["DeploymentCircuitBreaker"].clone()
    };
    assert_eq!(breaker(None), json!({ "Enable": true, "Rollback": true }));
    assert_eq!(breaker(Some(false)), json!({ "Enable": false, "Rollback": false }));
}

#[test]
fn zones_are_balanced_when_there_is_room() {
    let resources = |maximum| {
        built(PROD, |scope| {
            let rollout = Rollout::Rolling { minimum_healthy: Percent::new(50), maximum };
            service(scope).rollout(rollout).build(scope, "Api");
        })
    };
    assert_eq!(service_of(&resources(150))["AvailabilityZoneRebalancing"], "ENABLED");
    assert_eq!(service_of(&resources(100))["AvailabilityZoneRebalancing"], "DISABLED");
}

#[test]
fn requests_are_shifted_between_two_groups() {
    let resources = built(PROD, |scope| {
        let rollout = Rollout::BlueGreen { bake: Duration::minutes(5) };
        paired(scope).rollout(rollout).build(scope, "Api");
    });
    let balancer = &service_of(&resources)["LoadBalancers"][0]["AdvancedConfiguration"];
    assert!(balancer["AlternateTargetGroupArn"].to_string().contains("Green"));
    assert!(balancer["ProductionListenerRule"].to_string().contains("Rule1"));
    assert_eq!(balancer["TestListenerRule"], "arn:aws:elasticloadbalancing:test");
    let roles: String = of_type(&resources, "AWS::IAM::Role").iter().map(ToString::to_string).collect();
    assert!(roles.contains("AmazonECSInfrastructureRolePolicyForLoadBalancers"));
}
