//! Load balancers: default template, options, rules.

mod load_balancer {
    mod application;
    mod listener;
    mod rules;
    mod target_group;

    use ce_cfn::elasticloadbalancingv2::{Listener as ListenerResource, LoadBalancer};
    use ce_constructs::cidr;
    use ce_constructs::edge::{Certificate, HostedZone};
    use ce_constructs::network::load_balancer::{ApplicationLoadBalancer, TargetGroup};
    use ce_constructs::network::{ExistingVpc, SubnetTier};
    use ce_synth::{Account, App, Assembly, Code, Environment, Expr, Findings, Region, Scope, Tier};

    pub(super) const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    pub(super) const DEV: Environment =
        Environment::new("dev", Account::new("111111111111"), Region::US_EAST_1, Tier::Development);

    /// A VPC with this many zones.
    pub(super) fn network(scope: Scope<'_>, zones: usize) -> ExistingVpc {
        let blocks = [
            (cidr!("10.0.1.0/24"), cidr!("10.0.11.0/24")),
            (cidr!("10.0.2.0/24"), cidr!("10.0.12.0/24")),
            (cidr!("10.0.3.0/24"), cidr!("10.0.13.0/24")),
        ];
        let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"));
        let zones = ['a', 'b', 'c'].into_iter().zip(blocks).take(zones);
        let vpc = zones.fold(vpc, |vpc, (zone, (public, private))| {
            vpc.subnet(SubnetTier::Public, zone, format!("subnet-0000000{zone}"), public).subnet(
                SubnetTier::Private,
                zone,
                format!("subnet-1111111{zone}"),
                private,
            )
        });
        vpc.build(scope)
    }

    pub(super) fn certificate(scope: Scope<'_>) -> Certificate<'_> {
        let zone = HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com");
        Certificate::builder("api.example.com", &zone).build(scope, "Certificate")
    }

    /// A load balancer with TLS in three zones.
    pub(super) fn balancer(scope: Scope<'_>) -> ApplicationLoadBalancer<'_> {
        let vpc = network(scope, 3);
        ApplicationLoadBalancer::builder(&vpc).https(&certificate(scope)).build(scope, "Balancer")
    }

    pub(super) fn synth(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Entrance", environment));
        app.synth()
    }

    /// What is built without an error.
    pub(super) fn built(build: impl FnOnce(Scope<'_>)) -> Assembly {
        synth(PROD, build).unwrap_or_else(|findings| panic!("{findings}"))
    }

    /// The messages of a code, whether errors or warnings.
    pub(super) fn found(code: &'static str, build: impl FnOnce(Scope<'_>)) -> Vec<String> {
        let messages = |findings: &Findings| {
            findings.with_code(Code::new(code)).map(|finding| finding.message.clone()).collect::<Vec<_>>()
        };
        match synth(PROD, build) {
            Ok(assembly) => messages(assembly.findings()),
            Err(findings) => messages(&findings),
        }
    }

    /// The attributes of the load balancer.
    pub(super) fn attribute(assembly: &Assembly, key: &str) -> Option<Expr> {
        let balancer = assembly.resources::<LoadBalancer>().next()?;
        let attributes = balancer.at_path("LoadBalancerAttributes")?.as_list()?.to_vec();
        let found = attributes.iter().find(|one| one.at("Key").and_then(Expr::as_text) == Some(key))?;
        found.at("Value").cloned()
    }

    /// Listeners as port, protocol and type of default action.
    pub(super) fn listeners(assembly: &Assembly) -> Vec<(i64, String, String)> {
        let text = |value: Option<&Expr>| value.and_then(Expr::as_text).unwrap_or_default().to_owned();
        let listeners = assembly.resources::<ListenerResource>().map(|one| {
            let action = one.at_path("DefaultActions").and_then(Expr::as_list).and_then(|all| all.first().cloned());
            let kind = text(action.as_ref().and_then(|action| action.at("Type")));
            (one.at_path("Port").and_then(Expr::as_integer).unwrap_or_default(), text(one.at_path("Protocol")), kind)
        });
        listeners.collect()
    }

    pub(super) fn targets<'a>(balancer: &ApplicationLoadBalancer<'a>, scope: Scope<'a>, id: &str) -> TargetGroup<'a> {
        TargetGroup::builder(balancer, 8080).build(scope, id)
    }
}
