//! The edge: default templates, options, rules.

mod edge {
    mod cdn;
    mod certificate;
    mod firewall;
    mod health_check;
    mod random;
    mod record;
    mod rules;
    mod zone;

    use ce_constructs::cidr;
    use ce_constructs::edge::{Certificate, HostedZone};
    use ce_constructs::network::load_balancer::ApplicationLoadBalancer;
    use ce_constructs::network::{ExistingVpc, SubnetTier};
    use ce_constructs::security::{Key, Password, Secret};
    use ce_synth::{Account, App, Assembly, CfnResource, Code, Environment, Expr, Findings, Region, Scope, Tier};
    use serde_json::Value;

    pub(super) const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

    pub(super) fn zone<'a>() -> HostedZone<'a> {
        HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com")
    }

    pub(super) fn balancer(scope: Scope<'_>) -> ApplicationLoadBalancer<'_> {
        let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"))
            .subnet(SubnetTier::Public, 'a', "subnet-0a1b2c3d", cidr!("10.0.1.0/24"))
            .subnet(SubnetTier::Public, 'b', "subnet-1a2b3c4d", cidr!("10.0.2.0/24"))
            .build(scope);
        let certificate = Certificate::builder("origin.example.com", &zone()).build(scope, "OriginCertificate");
        ApplicationLoadBalancer::builder(&vpc).https(&certificate).build(scope, "Balancer")
    }

    pub(super) fn secret(scope: Scope<'_>) -> Secret<'_> {
        let key = Key::builder().build(scope, "Key");
        Secret::builder(&key).generated(Password::default()).build(scope, "OriginSecret")
    }

    pub(super) fn synth(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Edge", environment));
        app.synth()
    }

    /// What is built without an error.
    pub(super) fn built(build: impl FnOnce(Scope<'_>)) -> Assembly {
        synth(PROD, build).unwrap_or_else(|findings| panic!("{findings}"))
    }

    pub(super) fn template(assembly: &Assembly) -> Value {
        serde_json::from_str(assembly.template("Edge").unwrap_or_default()).unwrap_or_default()
    }

    /// A value of the only resource of a type.
    pub(super) fn only<R: CfnResource>(assembly: &Assembly, path: &str) -> Option<Expr> {
        let all: Vec<_> = assembly.resources::<R>().collect();
        assert_eq!(all.len(), 1, "{}", R::TYPE);
        all[0].at_path(path).cloned()
    }

    /// The messages of a code, whether errors or warnings.
    pub(super) fn found_in(environment: Environment, code: &'static str, build: impl FnOnce(Scope<'_>)) -> Vec<String> {
        let messages = |findings: &Findings| {
            findings.with_code(Code::new(code)).map(|finding| finding.message.clone()).collect::<Vec<_>>()
        };
        match synth(environment, build) {
            Ok(assembly) => messages(assembly.findings()),
            Err(findings) => messages(&findings),
        }
    }

    pub(super) fn found(code: &'static str, build: impl FnOnce(Scope<'_>)) -> Vec<String> {
        found_in(PROD, code, build)
    }
}
