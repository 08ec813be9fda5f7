//! Pairs of regions: default templates, options, rules, and a standby that stands alone.

mod resilience {
    mod detector;
    mod failover_record;
    mod pair;
    mod random;
    mod region_switch;
    mod replicas;
    mod replication_lag;
    mod rules;
    mod shop;
    mod stands_alone;

    use ce_constructs::cidr;
    use ce_constructs::network::{ExistingVpc, SubnetTier};
    use ce_constructs::resilience::DrPair;
    use ce_constructs::resilience::Site;
    use ce_synth::{Account, App, Assembly, Code, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    const WEST: Region = Region::US_WEST_2;

    /// A VPC with subnets of every tier.
    fn vpc(scope: Scope<'_>) -> ExistingVpc {
        let mut vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"));
        let tiers = [
            (SubnetTier::Public, [cidr!("10.0.1.0/24"), cidr!("10.0.2.0/24"), cidr!("10.0.3.0/24")]),
            (SubnetTier::Private, [cidr!("10.0.11.0/24"), cidr!("10.0.12.0/24"), cidr!("10.0.13.0/24")]),
            (SubnetTier::Isolated, [cidr!("10.0.21.0/24"), cidr!("10.0.22.0/24"), cidr!("10.0.23.0/24")]),
        ];
        for (number, (tier, blocks)) in tiers.into_iter().enumerate() {
            for (zone, block) in ['a', 'b', 'c'].into_iter().zip(blocks) {
                vpc = vpc.subnet(tier, zone, format!("subnet-0000{number}{zone}00"), block);
            }
        }
        vpc.build(scope)
    }

    /// A pair in us-east-1 and us-west-2.
    fn pair<'a, T>(app: &'a App, build: impl Fn(&Site<'a>) -> T) -> DrPair<'a, T> {
        DrPair::builder(PROD, WEST).names("shop-prod", "shop-dr").build(app, build)
    }

    fn built(app: App) -> Assembly {
        app.synth().unwrap_or_else(|findings| panic!("{findings}"))
    }

    fn template(assembly: &Assembly, stack: &str) -> Value {
        let template = assembly.template(stack).unwrap_or_else(|| panic!("no stack {stack}"));
        serde_json::from_str(template).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The properties of the resources of a type, by logical id.
    fn of_type(template: &Value, type_name: &str) -> Vec<Value> {
        let all = template["Resources"].as_object().into_iter().flat_map(|all| all.values());
        all.filter(|resource| resource["Type"] == type_name).map(|resource| resource["Properties"].clone()).collect()
    }

    /// The properties of the one resource of a type.
    fn only(template: &Value, type_name: &str) -> Value {
        match of_type(template, type_name).as_slice() {
            [one] => one.clone(),
            others => panic!("{} resources of type {type_name}", others.len()),
        }
    }

    /// The messages of a code, whether errors or warnings.
    fn found(app: App, code: &'static str) -> Vec<String> {
        let messages = |findings: &Findings| {
            findings.with_code(Code::new(code)).map(|finding| finding.message.clone()).collect::<Vec<_>>()
        };
        match app.synth() {
            Ok(assembly) => messages(assembly.findings()),
            Err(findings) => messages(&findings),
        }
    }
}
