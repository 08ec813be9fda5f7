//! Databases and caches: default templates, options, rules.

mod data {
    mod aurora;
    mod aurora_global;
    mod events;
    mod properties;
    mod rds;
    mod redis;
    mod redis_global;
    mod rules;

    use ce_constructs::cidr;
    use ce_constructs::network::{ExistingVpc, SubnetTier};
    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    const DEV: Environment =
        Environment::new("dev", Account::new("222222222222"), Region::US_EAST_1, Tier::Development);

    /// A VPC with isolated subnets in zones of its region.
    fn vpc_of(scope: Scope<'_>, zones: &str) -> ExistingVpc {
        let mut vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"));
        let blocks = [cidr!("10.0.21.0/24"), cidr!("10.0.22.0/24"), cidr!("10.0.23.0/24")];
        for (zone, block) in zones.chars().zip(blocks) {
            vpc = vpc.subnet(SubnetTier::Isolated, zone, format!("subnet-0a1b2c3{zone}"), block);
        }
        vpc.build(scope)
    }

    fn vpc(scope: Scope<'_>) -> ExistingVpc {
        vpc_of(scope, "abc")
    }

    /// What one stack that is built in an environment becomes.
    fn synth(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Data", environment));
        app.synth()
    }

    /// The resources of its template, which must have no finding.
    fn built(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Value {
        let assembly = synth(environment, build).unwrap_or_else(|findings| panic!("{findings}"));
        assert!(assembly.findings().is_empty(), "{}", assembly.findings());
        resources(&assembly, "Data")
    }

    fn resources(assembly: &Assembly, stack: &str) -> Value {
        let template = assembly.template(stack).unwrap_or_else(|| panic!("no stack {stack}"));
        serde_json::from_str::<Value>(template).unwrap_or_else(|error| panic!("{error}"))["Resources"].take()
    }

    /// The resources of a type, by logical id.
    fn whole<'v>(resources: &'v Value, type_name: &str) -> Vec<&'v Value> {
        let all = resources.as_object().into_iter().flat_map(|all| all.values());
        all.filter(|resource| resource["Type"] == type_name).collect()
    }

    /// The properties of the one resource of a type.
    fn only<'v>(resources: &'v Value, type_name: &str) -> &'v Value {
        match whole(resources, type_name).as_slice() {
            [one] => &one["Properties"],
            others => panic!("{} resources of type {type_name}", others.len()),
        }
    }

    /// The codes of what was found.
    fn codes(result: &Result<Assembly, Findings>) -> Vec<String> {
        let findings = match result {
            Ok(assembly) => assembly.findings(),
            Err(findings) => findings,
        };
        findings.iter().map(|finding| finding.code.to_string()).collect()
    }
}
