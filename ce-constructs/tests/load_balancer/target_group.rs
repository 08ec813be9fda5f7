use ce_cfn::ecs;
use ce_cfn::elasticloadbalancingv2::TargetGroup as GroupResource;
use ce_constructs::network::Port;
use ce_constructs::network::load_balancer::{
    Algorithm, Route, TargetGroup, TargetHealth, TargetProtocol, TargetVersion,
};
use ce_synth::{Duration, Expr, Scope};
use serde_json::Value;

use super::{balancer, built, targets};

fn resource<'v>(template: &'v Value, kind: &str) -> &'v Value {
    let mut resources = template["Resources"].as_object().into_iter().flat_map(|all| all.values());
    resources.find(|resource| resource["Type"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

fn service(scope: Scope<'_>, group: TargetGroup<'_>) {
    let balancer = ecs::service::LoadBalancer::new()
        .container_name("app")
        .container_port(group.port())
        .target_group_arn(group.arn());
    let service = ecs::Service::new().task_definition("app:1").cluster("shop").load_balancers([balancer]);
    scope.add("Service", service);
}

#[test]
fn default_template() {
    let assembly = built(|scope| {
        let balancer = balancer(scope);
        targets(&balancer, scope, "Targets");
    });
    let template: Value = serde_json::from_str(assembly.template("Entrance").unwrap()).unwrap();
    insta::assert_json_snapshot!(resource(&template, "AWS::ElasticLoadBalancingV2::TargetGroup"));
}

#[test]
fn options_reach_the_template() {
    let assembly = built(|scope| {
        let health = TargetHealth::path("/live")
            .interval(Duration::seconds(10))
            .timeout(Duration::seconds(3))
            .healthy_after(3)
            .unhealthy_after(5)
            .codes("200-299")
            .port(9000);
        TargetGroup::builder(&balancer(scope), 8443)
            .protocol(TargetProtocol::Https)
            .version(TargetVersion::Http2)
            .health_check(health)
            .deregistration_delay(Duration::seconds(10))
            .stickiness(Duration::days(1))
            .slow_start(Duration::seconds(30))
            .algorithm(Algorithm::RoundRobin)
            .named("Auth-Service-TG")
            .build(scope, "Targets");
    });
    let group = assembly.resources::<GroupResource>().next().unwrap();
    let expected: [(&str, Expr); 11] = [
        ("Name", "Auth-Service-TG".into()),
        ("TargetType", "ip".into()),
        ("Port", 8443.into()),
        ("Protocol", "HTTPS".into()),
        ("ProtocolVersion", "HTTP2".into()),
        ("HealthCheckPath", "/live".into()),
        ("HealthCheckPort", "9000".into()),
        ("HealthCheckIntervalSeconds", 10.into()),
        ("HealthyThresholdCount", 3.into()),
        ("UnhealthyThresholdCount", 5.into()),
        ("Matcher.HttpCode", "200-299".into()),
    ];
    for (path, value) in expected {
        assert_eq!(group.at_path(path), Some(&value), "{path}");
    }
    let attributes = Expr::Object(group.properties().clone()).to_json();
    for attribute in
        ["stickiness.lb_cookie.duration_seconds\",\"Value\":\"86400", "slow_start.duration_seconds\",\"Value\":\"30"]
    {
        assert!(attributes.contains(attribute), "{attribute}");
    }
}

#[test]
fn a_service_waits_for_what_routes_to_its_group() {
    let assembly = built(|scope| {
        let balancer = balancer(scope);
        let group = targets(&balancer, scope, "Targets");
        service(scope, group);
        balancer.listener().route(Route::path("/*").priority(10), &group);
        balancer.listener().default_to(&group);
    });
    let template: Value = serde_json::from_str(assembly.template("Entrance").unwrap()).unwrap();
    let service = resource(&template, "AWS::ECS::Service");
    let waits = service["DependsOn"].as_array().unwrap();
    let types: Vec<&str> =
        waits.iter().map(|id| template["Resources"][id.as_str().unwrap()]["Type"].as_str().unwrap()).collect();
    assert_eq!(types.len(), 2, "{types:?}");
    assert!(types.contains(&"AWS::ElasticLoadBalancingV2::Listener"));
    assert!(types.contains(&"AWS::ElasticLoadBalancingV2::ListenerRule"));
}

#[test]
fn the_label_for_scaling_joins_both_names() {
    let assembly = built(|scope| {
        let group = targets(&balancer(scope), scope, "Targets");
        assert_eq!(group.load_balancer_connections().port(), Some(Port::tcp(8080)));
        scope.output("Label", group.resource_label());
    });
    let template: Value = serde_json::from_str(assembly.template("Entrance").unwrap()).unwrap();
    let parts = &template["Outputs"]["Label"]["Value"]["Fn::Join"][1];
    assert_eq!(parts[0]["Fn::GetAtt"][1], "LoadBalancerFullName");
    assert_eq!(parts[1], "/");
    assert_eq!(parts[2]["Fn::GetAtt"][1], "TargetGroupFullName");
}
