use ce_cfn::elasticloadbalancingv2::{Listener as ListenerResource, ListenerCertificate, ListenerRule};
use ce_constructs::cidr;
use ce_constructs::edge::Certificate;
use ce_constructs::network::load_balancer::{Action, ApplicationLoadBalancer, Listener, Redirect, Route};
use ce_synth::{App, Expr};

use super::{PROD, balancer, built, certificate, listeners, network, targets};

const EXISTING: &str = "arn:aws:acm:us-east-1:111111111111:certificate/0c1d2e3f";

#[test]
fn more_certificates_are_attached_to_the_listener() {
    let assembly = built(|scope| {
        let vpc = network(scope, 2);
        ApplicationLoadBalancer::builder(&vpc)
            .https(&certificate(scope))
            .https(&Certificate::existing(EXISTING))
            .build(scope, "Balancer");
    });
    let more = assembly.resources::<ListenerCertificate>().next().unwrap();
    assert_eq!(
        more.at_path("Certificates").unwrap().as_list().unwrap()[0].at("CertificateArn"),
        Some(&EXISTING.into())
    );
    assert_eq!(assembly.findings().errors(), 0);
}

#[test]
fn routes_become_rules_and_the_rest_goes_to_the_default() {
    let assembly = built(|scope| {
        let balancer = balancer(scope);
        let (auth, core) = (targets(&balancer, scope, "Auth"), targets(&balancer, scope, "Core"));
        let listener = balancer.listener();
        listener.route(Route::path("/auth/*").priority(10), &auth);
        let conditions = Route::host("api.example.com").path("/v1/*").method("GET").header("x-beta", "on");
        listener.route(conditions.source(cidr!("10.0.0.0/8")).priority(20), &core);
        listener.default_to(&core);
        assert_eq!((auth.listeners().len(), core.listeners().len()), (1, 2));
    });
    let rules: Vec<_> = assembly.resources::<ListenerRule>().collect();
    assert_eq!(
        rules.iter().map(ce_synth::Found::path).collect::<Vec<_>>(),
        ["Entrance/Auth/HttpsRule10", "Entrance/Core/HttpsRule20"]
    );
    let fields = |rule: usize| {
        let conditions = rules[rule].at_path("Conditions").unwrap().as_list().unwrap().to_vec();
        conditions.iter().filter_map(|one| one.at("Field")?.as_text().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(fields(0), ["path-pattern"]);
    assert_eq!(fields(1), ["host-header", "path-pattern", "http-request-method", "http-header", "source-ip"]);
    assert_eq!(listeners(&assembly)[1].2, "forward");
}

#[test]
fn answers_redirects_and_weights() {
    let assembly = built(|scope| {
        let balancer = balancer(scope);
        let (blue, green) = (targets(&balancer, scope, "Blue"), targets(&balancer, scope, "Green"));
        let listener = balancer.listener();
        listener.route(Route::path("/").priority(1), Action::weighted([(&blue, 95), (&green, 5)]));
        let moved = Redirect::to_host("www.example.com").path("/new").query("from=old").permanent();
        listener.route(Route::path("/old").priority(2), Action::redirect(moved));
        listener.route(Route::path("/down").priority(3), Action::respond_with(503, "text/plain", "back soon"));
    });
    let action = |place: usize| {
        let rule = assembly.resources::<ListenerRule>().nth(place).unwrap();
        rule.at_path("Actions").unwrap().as_list().unwrap()[0].clone()
    };
    let groups = action(0).at("ForwardConfig.TargetGroups").unwrap().as_list().unwrap().to_vec();
    assert_eq!(
        groups.iter().map(|one| one.at("Weight").cloned()).collect::<Vec<_>>(),
        [Some(95.into()), Some(5.into())]
    );
    assert_eq!(
        action(1).at("RedirectConfig").unwrap().to_json(),
        r#"{"Host":"www.example.com","Path":"/new","Query":"from=old","StatusCode":"HTTP_301"}"#
    );
    assert_eq!(action(2).at("FixedResponseConfig.MessageBody"), Some(&"back soon".into()));
}

#[test]
fn a_closed_listener_leaves_the_group_alone() {
    let assembly = built(|scope| {
        let balancer = balancer(scope);
        Listener::builder(&balancer, 8443)
            .https(&certificate(scope.child("Test")))
            .closed()
            .build(scope, "TestListener");
    });
    assert_eq!(listeners(&assembly).len(), 3);
    let group = assembly.resources::<ce_cfn::ec2::SecurityGroup>().next().unwrap();
    assert_eq!(group.at_path("SecurityGroupIngress").and_then(Expr::as_list).map(<[_]>::len), Some(2));
}

#[test]
fn a_rule_of_another_stack_needs_the_listeners_stack_alone() {
    let app = App::new();
    let balancer = balancer(app.stack("Entrance", PROD));
    let shop = app.stack("Shop", PROD);
    let targets = targets(&balancer, shop, "Targets");
    balancer.listener().route(Route::path("/shop/*").priority(10), &targets);
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert_eq!(assembly.stack("Shop").unwrap().dependencies(), ["Entrance"]);
    assert!(assembly.stack("Entrance").unwrap().dependencies().is_empty());
    assert_eq!(assembly.resources::<ListenerResource>().count(), 2);
}
