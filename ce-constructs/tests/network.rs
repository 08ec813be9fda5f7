//! Networks: default templates, options, rules.

mod network {
    mod connections;
    mod existing_vpc;
    mod multi_az_vpc;
    mod network_acl;
    mod plan;
    mod rules;
    mod security_group;

    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    const DEV: Environment =
        Environment::new("dev", Account::new("222222222222"), Region::EU_WEST_1, Tier::Development);

    /// What one stack that is built in an environment becomes.
    fn synth(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Network", environment));
        app.synth()
    }

    /// The resources of its template.
    fn built(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Value {
        let assembly = synth(environment, build).unwrap_or_else(|findings| panic!("{findings}"));
        resources(&assembly, "Network")
    }

    fn resources(assembly: &Assembly, stack: &str) -> Value {
        let template = assembly.template(stack).unwrap_or_else(|| panic!("no stack {stack}"));
        serde_json::from_str::<Value>(template).unwrap_or_else(|error| panic!("{error}"))["Resources"].take()
    }

    /// The properties of the resources of a type, by logical id.
    fn of_type<'v>(resources: &'v Value, type_name: &str) -> Vec<&'v Value> {
        let all = resources.as_object().into_iter().flat_map(|all| all.values());
        all.filter(|resource| resource["Type"] == type_name).map(|resource| &resource["Properties"]).collect()
    }

    /// A property of each resource of a type.
    fn each(resources: &Value, type_name: &str, property: &str) -> Vec<String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        of_type(resources, type_name).iter().map(|properties| text(&properties[property])).collect()
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
