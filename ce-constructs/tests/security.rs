//! Roles, keys and secrets: default templates, options, rules, and random configurations.

mod security {
    mod function;
    mod key;
    mod parameter;
    mod random;
    mod role;
    mod rules;
    mod secret;

    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

    /// What one stack becomes.
    fn synth(build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Stack", PROD));
        app.synth()
    }

    /// The resources of its template.
    fn built(build: impl FnOnce(Scope<'_>)) -> Value {
        let assembly = synth(build).unwrap_or_else(|findings| panic!("{findings}"));
        resources(&assembly, "Stack")
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

    /// The codes of what was found.
    fn codes(result: &Result<Assembly, Findings>) -> Vec<String> {
        let findings = match result {
            Ok(assembly) => assembly.findings(),
            Err(findings) => findings,
        };
        findings.iter().map(|finding| finding.code.to_string()).collect()
    }
}
